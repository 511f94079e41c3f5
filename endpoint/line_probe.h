/*
 * What a site measures in a line test: for LINE_MEASURE_SPAN it watches what its media do, and in
 * the middle of it has a sound played, for people there to hear and for its own microphone to
 * notice. Pure; times are milliseconds of any monotonic local clock.
 */
#ifndef DIEMCAU_ENDPOINT_LINE_PROBE_H
#define DIEMCAU_ENDPOINT_LINE_PROBE_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/endpoint_media.h"
#include "wire_msg.h"

enum {
	LINE_PROBE_SOUND_MS = 5000, /* after the begin: the microphone was heard without it */
	LINE_PROBE_ECHO_MS =
		2000, /* after the sound began: loudspeaker, hall and capture are late */
};

/* Begin with all bytes zero. */
struct line_probe {
	bool running;
	bool sounded; /* the sound is asked for, in this test */
	bool echo_heard; /* it was played: echo_dbfs is of it */
	uint64_t test; /* the one that runs, or was the last; 0: none yet */
	int64_t begun_ms;
	int64_t sound_ms;
	struct ep_media_state first;
	int quiet_dbfs; /* the loudest before the sound */
	int echo_dbfs; /* the loudest while it was heard */
};

enum line_probe_step {
	LINE_PROBE_NOTHING,
	LINE_PROBE_SOUND, /* play the sound, then call line_probe_sounded */
	LINE_PROBE_DONE, /* line_probe_figures has them */
};

/* What is to be done now about the test that is desired; called a few times a second. */
enum line_probe_step line_probe_watch(struct line_probe *probe,
	const struct wire_site_desired *desired, const struct ep_media_state *state,
	int64_t now_ms);

/* The sound begins now; it is not played everywhere. */
void line_probe_sounded(struct line_probe *probe, bool played, int64_t now_ms);

/* Of the media, after LINE_PROBE_DONE; round trip and clock are the caller's. */
void line_probe_figures(const struct line_probe *probe, const struct ep_media_state *state,
	int64_t now_ms, struct line_figures *ret);

#endif
