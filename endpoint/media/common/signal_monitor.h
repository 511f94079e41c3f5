/*
 * Detects a black or frozen picture and a silent voice, a few times a second, on small copies of
 * what the site sends. Pure; times are milliseconds of any monotonic clock.
 *
 * A camera always has noise, so bit-identical frames for several seconds come from a stuck driver
 * or a stopped source, not from a quiet room. Only observed time counts: after a gap (a busy
 * machine, a reopened source) each span restarts.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_SIGNAL_MONITOR_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_SIGNAL_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "endpoint/media/common/picture_stamp.h"

enum {
	EP_MONITOR_BLACK_MS = 2000,
	EP_MONITOR_FROZEN_MS = 4000,
	EP_MONITOR_SILENT_MS = 5000,
	EP_MONITOR_SILENT_DBFS = -60, /* an open microphone in a quiet hall is above this */
	EP_MONITOR_TALKING_DBFS = -35,
	EP_MONITOR_BLACK_LUMA = 24, /* mean luma; black is 16 in video range */
	EP_MONITOR_BLACK_SPREAD = 12,
	EP_MONITOR_GAP_MS = 1000, /* a longer time without a frame or a level proves nothing */
};

/* Begin with all bytes zero. */
struct ep_picture_monitor {
	uint64_t digest; /* of the last frame */
	int64_t seen_ms; /* time of the last frame */
	int64_t changed_ms;
	int64_t bright_ms;
	bool started;
};

void ep_picture_monitor_frame(
	struct ep_picture_monitor *monitor, const struct ep_luma *luma, int64_t now_ms);
/* As of the last frame: a picture that has stopped is missing, neither black nor frozen. */
bool ep_picture_monitor_is_black(const struct ep_picture_monitor *monitor);
bool ep_picture_monitor_is_frozen(const struct ep_picture_monitor *monitor);

/* Begin with all bytes zero. Levels are RMS in dB of full scale, at most 0. */
struct ep_voice_monitor {
	int level_dbfs; /* the latest */
	int64_t measured_ms;
	int64_t loud_ms;
	bool started;
};

void ep_voice_monitor_level(struct ep_voice_monitor *monitor, int level_dbfs, int64_t now_ms);
bool ep_voice_monitor_is_silent(const struct ep_voice_monitor *monitor);
bool ep_voice_monitor_is_talking(const struct ep_voice_monitor *monitor);

#endif
