/*
 * Plays one film of a folder as camera and voice of a player (docs/media.md, Films).
 *
 * What is wanted is a level: a file, the number of its start, playing or not. The file is opened as
 * soon as it is named and stands at its first picture until it is to play. Whatever becomes of the
 * file, downstream sees samples that stop: picture and sound leave one pipeline by callbacks, on
 * the shared timeline, in step with each other. A file that is missing, or was replaced after it
 * could not be played, is looked for again. Positions in milliseconds. Needs the default GLib main
 * loop.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_CAPTURE_FILM_PLAYER_H
#define DIEMCAU_ENDPOINT_MEDIA_CAPTURE_FILM_PLAYER_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stdint.h>

#include "domain_msg.h"
#include "endpoint/media/common/picture_format.h"

enum {
	EP_FILM_OPEN_MS = 10000, /* a file that shows nothing for so long cannot be played */
	EP_FILM_LOOK_MS = 1000, /* between two looks for a file */
};

struct ep_film_events {
	/* Samples, their PTS on the shared timeline; streaming thread or main thread, borrowed. */
	void (*on_picture)(void *user, GstSample *sample);
	void (*on_sound)(void *user, GstSample *sample);
};

struct ep_film_wanted {
	char file[FILM_NAME_SIZE]; /* "": none */
	uint64_t run;
	bool playing;
	int64_t position_ms; /* where to begin, if this run has not begun yet */
};

struct ep_film_state {
	bool known; /* a film is wanted, and it is known how it stands */
	enum film_state state;
	int64_t position_ms;
	int64_t length_ms; /* 0: not known */
};

struct ep_film_player;

/* The folder and the events must outlive it. */
struct ep_film_player *ep_film_player_create(const char *folder, const struct ep_picture *picture,
	const struct ep_film_events *events, void *user);
/* Takes NULL. No callback follows. */
void ep_film_player_destroy(struct ep_film_player *player);

/* Main thread, like the following. */
void ep_film_player_want(struct ep_film_player *player, const struct ep_film_wanted *wanted);
/* Every 100 ms. */
void ep_film_player_check(struct ep_film_player *player);
/* Its picture is that of a film now, standing or running. */
bool ep_film_player_shows(const struct ep_film_player *player);
void ep_film_player_state(const struct ep_film_player *player, struct ep_film_state *ret_state);

#endif
