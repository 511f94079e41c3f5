/*
 * The media of one site, controlled by the session: captures, uplink, transport, slots and program
 * behind a dozen functions. All are called on the main thread, which runs the default GLib main
 * loop; repeating a call changes nothing.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_ENDPOINT_MEDIA_H
#define DIEMCAU_ENDPOINT_MEDIA_ENDPOINT_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"
#include "endpoint/media/capture/film_player.h"
#include "endpoint/media/program/program.h"
#include "proto/media/line_meter.h"
#include "proto/media/slot_number.h"
#include "wire_msg.h"

enum {
	EP_MEDIA_SIGNS = 8,
};

/* Texts as on the command line; they must outlive the media. */
struct ep_media_config {
	const char *camera;
	const char *content;
	const char *voice;
	const char *films; /* folder of a player; NULL: none */
	const char *program;
	const char *size;
	uint16_t number; /* of this site */
	const char *label; /* drawn on test pictures */
};

/* Is this a text that the config's member of this name takes (picture: camera, content)? Pure. */
bool ep_media_takes_picture(const char *text);
bool ep_media_takes_voice(const char *text);
bool ep_media_takes_program(const char *text);
bool ep_media_takes_size(const char *text);

struct ep_media_events {
	/* A JPEG of our own camera, every two seconds. Main thread. */
	void (*on_thumbnail)(void *user, const uint8_t *data, size_t size);
};

/* The state of the media, and measurements. */
struct ep_media_state {
	int level_dbfs;
	bool playing; /* the first pane's picture is moving, or none is wanted */
	bool path_proven;
	bool group_key_spent;
	bool has_camera; /* it delivers pictures now */
	bool has_content; /* likewise */
	bool has_voice;
	struct wire_slot_stats slots[MEDIA_SLOTS]; /* of the period */
	size_t n_slots;
	enum sign signs[EP_MEDIA_SIGNS];
	size_t n_signs;
	bool camera_refused; /* it lives and has refused the password */
	bool recording_stopped;
	bool disk_nearly_full; /* of the recording */
	uint64_t packets_sent; /* since the start */
	uint64_t bytes_sent; /* likewise, with SRTP's overhead, without that of UDP and IP */
	bool arrival_known; /* camera_highest and the following are valid: */
	uint32_t camera_highest; /* extended sequence number */
	int32_t camera_lost;
	/* Totals since the start. Up: small pictures, as the relay reports them back, and all
	 * bytes. */
	struct line_reading up;
	struct line_reading down; /* all slots; jitter of the program's picture */
	uint64_t packets_received;
	uint64_t nacks_sent;
	uint64_t nacks_answered;
	struct ep_film_state film;
};

struct ep_media;

/*
 * Starts captures and uplink; sends nothing yet. 0; -EINVAL for an unreadable text, -ENOSYS for a
 * missing element, the errno of the socket; *ret_error is then a sentence, for free().
 */
int ep_media_create(const struct ep_media_config *config, const struct ep_media_events *events,
	void *user, struct ep_media **ret_media, char **ret_error);
/* Takes NULL. Finishes a program file. */
void ep_media_destroy(struct ep_media *media);

/*
 * Uses this relay. The uplink key is created here, a new one for each instance of a relay, and
 * returned as text. 0; -EINVAL for a malformed group key; -EIO or -ENOMEM.
 */
int ep_media_set_relay(struct ep_media *media, const struct wire_relay_access *relay,
	char ret_key[MEDIA_KEY_SIZE]);

/* Stops sending to the relay and receiving from it. Its keys are wiped. */
void ep_media_clear_relay(struct ep_media *media);

void ep_media_camera(struct ep_media *media, enum uplink_level level);
void ep_media_content(struct ep_media *media, enum uplink_level level);
/*
 * open: the voice may be heard now. ducked: it is attenuated, so that it does not howl. locked:
 * talking becomes a sign (SIGN_TALKING_WHILE_LOCKED).
 */
void ep_media_voice(struct ep_media *media, bool open, bool ducked, bool locked);
/* Of a player; others ignore it. */
void ep_media_film(struct ep_media *media, const struct ep_film_wanted *wanted);
void ep_media_join(struct ep_media *media, enum slot slot);
void ep_media_leave(struct ep_media *media, enum slot slot);
void ep_media_scene(struct ep_media *media, const struct wire_site_scene *scene);
/* NULL removes the caption. */
void ep_media_caption(struct ep_media *media, const struct wire_lower_third *caption);
/* The slate of this site: the meeting's title lines, its own name, the date; or who
 * speaks by telephone, an act, a pause.
 */
void ep_media_slate(struct ep_media *media, const struct wire_site_desired *desired);

/* Below the slate: so much is left. It counts down by itself. */
void ep_media_countdown(struct ep_media *media, int64_t left_ms);
void ep_media_no_countdown(struct ep_media *media);
/* Sounds the bell; false where nobody in the hall can hear it, or it sounds already. */
bool ep_media_bell(struct ep_media *media);

/* The state; begin: the slots' counts restart from here. */
void ep_media_state(struct ep_media *media, bool begin, struct ep_media_state *ret_state);

/* The recording of the program, if it is one; borrowed until the main loop runs on. */
void ep_media_recording(const struct ep_media *media, struct ep_recording *ret_recording);

/* The first fault of a pipeline, NULL while all run; borrowed. */
const char *ep_media_fault(const struct ep_media *media);

#endif
