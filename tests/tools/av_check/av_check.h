/*
 * Reads the file of an endpoint's program: whose picture was visible and whose voice was audible,
 * when. Shared by tests; knows test stamps and test tones, but neither relay nor protocol.
 */
#ifndef DIEMCAU_TESTS_TOOLS_AV_CHECK_AV_CHECK_H
#define DIEMCAU_TESTS_TOOLS_AV_CHECK_AV_CHECK_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/common/picture_stamp.h"

enum {
	AV_CHECK_WINDOW_MS = 100, /* of sound: separates tones 40 Hz apart */
	AV_CHECK_SITES = 64, /* tones repeat after so many */
	AV_CHECK_STEP_MS = 5, /* of the search for dips: one full period of the lowest tone */
	AV_CHECK_LEVEL_PERCENT = 2, /* of full scale; a test voice has about 20 */
};

enum av_check_place {
	AV_CHECK_WHOLE,
	AV_CHECK_SMALL, /* second pane of pip */
	AV_CHECK_LEFT, /* side by side */
	AV_CHECK_RIGHT,
	AV_CHECK_RAISED, /* content of pip that has made room for the lower third */
	AV_CHECK_PLACES,
};

struct av_check_frame {
	int64_t ms; /* from the start of the file */
	bool found[AV_CHECK_PLACES];
	struct ep_stamp stamps[AV_CHECK_PLACES];
};

struct av_check_window {
	int64_t ms;
	bool heard[AV_CHECK_SITES + 1]; /* by site number, 1 .. */
	bool silent; /* no sound at all */
};

struct av_check_reader {
	void (*on_frame)(void *user, const struct av_check_frame *frame);
	void (*on_window)(void *user, const struct av_check_window *window);
	/*
	 * A test voice's dip (endpoint/media/common/voice_tone.h) started, to AV_CHECK_STEP_MS. May
	 * be NULL.
	 */
	void (*on_dip)(void *user, int64_t ms);
	void *user;
};

/* 0, or -EIO if the file cannot be read. Callbacks of each kind come from one thread at a time. */
int av_check_read(const char *path, const struct av_check_reader *reader);

/* "whole", "small" ... */
const char *av_check_place_name(enum av_check_place place);

#endif
