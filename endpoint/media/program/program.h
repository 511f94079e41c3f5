/*
 * The output of the hall: the scene, its captions and slate, and the voices, in a window with
 * loudspeakers, in a file (a recorder of the same), or nowhere.
 *
 * The slate lies under every picture: a picture that stops for EP_PROGRAM_STALE_MS is removed and
 * the slate shows. A window or loudspeaker that fails, or appears late, is reopened. A recording
 * never goes over an earlier file; one that fails, as on a full disk, goes on in the next file as
 * soon as there is room.
 * With EP_OUT_NONE nothing is composed; slots are decoded elsewhere all the same.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_PROGRAM_PROGRAM_H
#define DIEMCAU_ENDPOINT_MEDIA_PROGRAM_PROGRAM_H

#include <gst/gst.h>
#include <stdbool.h>
#include <stddef.h>

#include "domain_msg.h"
#include "endpoint/cards/card.h"
#include "endpoint/media/common/picture_format.h"
#include "endpoint/media/program/transition.h"

enum {
	EP_PROGRAM_LATENCY_MS = 300, /* the slots' jitter buffers, decoding, and a margin */
	EP_PROGRAM_STALE_MS = 3000,
	EP_PROGRAM_PANES = EP_TRANSITION_SLOTS,
	EP_PROGRAM_VOICES = 4,
};

enum ep_out {
	EP_OUT_UNSET,
	EP_OUT_NONE,
	EP_OUT_WINDOW,
	EP_OUT_FILE,
};

struct ep_pane {
	unsigned slot; /* 0..3 */
	const char *label; /* NULL or "" for none; shown if all panes have equal size */
};

struct ep_program;

/* "window", "none" or "file:PATH.mkv"; *ret_path is borrowed from the text. */
bool ep_out_parse(const char *text, enum ep_out *ret_out, const char **ret_path);

/*
 * 0, or -ENOSYS if an element is missing (*ret_error is then a sentence, for g_free). path must
 * outlive the program.
 */
int ep_program_create(enum ep_out out, const char *path, const struct ep_format *format,
	struct ep_program **ret_program, char **ret_error);
/* Finalises a file, which may take a second. Takes NULL. */
void ep_program_destroy(struct ep_program *program);

/* A decoded sample of slot 0..7 (4 and up are voices); any thread. */
void ep_program_push(struct ep_program *program, unsigned slot, GstSample *sample);
/*
 * The slot was left: its last picture must not return, but may stay until the scene changes. Main
 * thread, like all functions below.
 */
void ep_program_slot_left(struct ep_program *program, unsigned slot);

void ep_program_scene(struct ep_program *program, enum layout layout, const struct ep_pane *panes,
	size_t n_panes);
/*
 * The lower third of the next scene, or of the one that is shown; NULL for none. Takes the card's
 * fields. Over cameras it stays; slides make room for it for some seconds, and then it goes.
 */
void ep_program_caption(struct ep_program *program, struct card *card);
/* Takes the card's fields. */
void ep_program_slate(struct ep_program *program, struct card *card);

/*
 * The time left, in large letters on the slate of a pause, counted down by itself until it is zero;
 * nothing where a picture is shown.
 */
void ep_program_countdown(struct ep_program *program, int64_t left_ms);
void ep_program_no_countdown(struct ep_program *program);

/* Sounds the bell in the hall. False: there is no loudspeaker, or it sounds already. */
bool ep_program_bell(struct ep_program *program);

/* Every 100 ms or so: shows pictures that have started, hides those that have stopped. */
void ep_program_check(struct ep_program *program);

/* NULL while the window runs well; otherwise why it stopped, borrowed. */
const char *ep_program_fault(const struct ep_program *program);

/* Of EP_OUT_FILE. Borrowed until the next ep_program_check. */
struct ep_recording {
	const char *path; /* of the present file; NULL without one */
	const char *fault; /* why it has stopped; NULL while it is written */
	bool nearly_full; /* there is little room left on its disk */
};

void ep_program_recording(const struct ep_program *program, struct ep_recording *ret_recording);

#endif
