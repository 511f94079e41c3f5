/*
 * The media of one site, as the session machine directs it: captures, uplink, transport, slots and
 * program behind a dozen verbs. All of it is called on the main thread, which runs the default
 * GLib main loop; everything said twice changes nothing.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_ENDPOINT_MEDIA_H
#define DIEMCAU_ENDPOINT_MEDIA_ENDPOINT_MEDIA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "domain_msg.h"
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
	const char *program;
	const char *size;
	uint16_t number; /* of this site */
	const char *label; /* written on test pictures */
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

/* What the media have reached, and measure. */
struct ep_media_state {
	int level_dbfs;
	bool playing; /* the first pane's picture is moving, or none is wanted */
	bool path_proven;
	bool group_key_spent;
	bool has_camera; /* a picture comes from it at present */
	bool has_content; /* likewise */
	bool has_voice;
	struct wire_slot_stats slots[MEDIA_SLOTS]; /* of the period */
	size_t n_slots;
	enum sign signs[EP_MEDIA_SIGNS];
	size_t n_signs;
	uint64_t packets_sent; /* since the start */
	uint64_t bytes_sent; /* likewise, with SRTP's overhead, without that of UDP and IP */
	bool arrival_known; /* the relay has said what it receives of the camera: */
	uint32_t camera_highest; /* extended sequence number */
	int32_t camera_lost;
	uint64_t packets_received;
	uint64_t nacks_sent;
	uint64_t nacks_answered;
};

struct ep_media;

/*
 * Starts captures and uplink; sends nothing yet. 0; -EINVAL for a text it cannot read, -ENOSYS
 * for a missing element, the errno of the socket; *ret_error is then a sentence, for free().
 */
int ep_media_create(const struct ep_media_config *config, const struct ep_media_events *events,
	void *user, struct ep_media **ret_media, char **ret_error);
/* Takes NULL. Finishes a program file. */
void ep_media_destroy(struct ep_media *media);

/*
 * Use this relay. The uplink key is made here, anew for each instance of a relay, and told as
 * text. 0; -EINVAL for a group key that is none; -EIO or -ENOMEM.
 */
int ep_media_set_relay(struct ep_media *media, const struct wire_relay_access *relay,
	char ret_key[MEDIA_KEY_SIZE]);

/* Send it nothing more and take nothing from it. Its keys are wiped. */
void ep_media_clear_relay(struct ep_media *media);

void ep_media_camera(struct ep_media *media, enum uplink_level level);
void ep_media_content(struct ep_media *media, enum uplink_level level);
/* open: the voice may be heard now. talk_allowed false makes talking a sign. */
void ep_media_voice(struct ep_media *media, bool open, bool ducked, bool locked);
void ep_media_join(struct ep_media *media, enum slot slot);
void ep_media_leave(struct ep_media *media, enum slot slot);
void ep_media_scene(struct ep_media *media, const struct wire_site_scene *scene);
/* NULL takes the caption away. */
void ep_media_caption(struct ep_media *media, const struct wire_lower_third *caption);
/* The slate of this site: the meeting's title lines, its own name, the date. */
void ep_media_slate(struct ep_media *media, const struct wire_site_desired *desired);

/* The state; begin: the figures of the slots are counted anew from here. */
void ep_media_state(struct ep_media *media, bool begin, struct ep_media_state *ret_state);

/* The first fault of a pipeline, NULL while all run; borrowed. */
const char *ep_media_fault(const struct ep_media *media);

#endif
