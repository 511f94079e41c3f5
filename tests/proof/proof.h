/*
 * Reading the file of an endpoint's program: whose picture was seen and whose voice was heard,
 * when. Shared by tests; knows test stamps and test tones, and nothing of relay or protocol.
 */
#ifndef DIEMCAU_TESTS_PROOF_H
#define DIEMCAU_TESTS_PROOF_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/stamp.h"

enum {
	PROOF_WINDOW_MS = 100, /* of sound: tells tones 40 Hz apart */
	PROOF_SITES = 64, /* tones repeat after so many */
	PROOF_STEP_MS = 5, /* of the search for dips: a whole swing of the lowest tone */
	PROOF_LEVEL_PERCENT = 2, /* of full scale; a test voice has about 20 */
};

enum proof_place {
	PROOF_WHOLE,
	PROOF_SMALL, /* second pane of pip */
	PROOF_LEFT, /* side by side */
	PROOF_RIGHT,
	PROOF_PLACES,
};

struct proof_frame {
	int64_t ms; /* from the beginning of the file */
	bool found[PROOF_PLACES];
	struct ep_stamp stamps[PROOF_PLACES];
};

struct proof_window {
	int64_t ms;
	bool heard[PROOF_SITES + 1]; /* by site number, 1 .. */
	bool silent; /* no sound at all */
};

struct proof_reader {
	void (*on_frame)(void *user, const struct proof_frame *frame);
	void (*on_window)(void *user, const struct proof_window *window);
	/* A test voice's dip (endpoint/media/tone.h) began, to PROOF_STEP_MS. May be NULL. */
	void (*on_dip)(void *user, int64_t ms);
	void *user;
};

/* 0, or -EIO where the file cannot be read. Calls come from one thread at a time for each kind. */
int proof_read(const char *path, const struct proof_reader *reader);

/* "whole", "small" ... */
const char *proof_place_name(enum proof_place place);

#endif
