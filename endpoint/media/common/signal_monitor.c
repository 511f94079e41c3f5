/* Detects black, frozen and silent from small pictures and levels. */
#include "endpoint/media/common/signal_monitor.h"

#include "fnv1a.h"

struct luma_summary {
	uint64_t digest;
	unsigned mean;
	unsigned spread;
};

/* A digest of the plane, and its mean and range: one pass over a thumbnail. */
static struct luma_summary summarise(const struct ep_luma *luma)
{
	uint64_t digest = FNV1A64_BASIS;
	uint64_t sum = 0;
	unsigned low = 255;
	unsigned high = 0;
	for (unsigned y = 0; y < luma->height; y++) {
		const uint8_t *row = luma->pixels + y * luma->stride;
		digest = fnv1a64(digest, row, luma->width);
		for (unsigned x = 0; x < luma->width; x++) {
			sum += row[x];
			low = row[x] < low ? row[x] : low;
			high = row[x] > high ? row[x] : high;
		}
	}
	uint64_t pixels = (uint64_t)luma->width * luma->height;
	return (struct luma_summary){
		digest, pixels ? (unsigned)(sum / pixels) : 0, high > low ? high - low : 0};
}

void ep_picture_monitor_frame(
	struct ep_picture_monitor *monitor, const struct ep_luma *luma, int64_t now_ms)
{
	struct luma_summary summary = summarise(luma);
	bool is_bright =
		summary.mean > EP_MONITOR_BLACK_LUMA || summary.spread > EP_MONITOR_BLACK_SPREAD;
	bool restart = !monitor->started || now_ms - monitor->seen_ms > EP_MONITOR_GAP_MS;
	if (restart || summary.digest != monitor->digest) {
		monitor->changed_ms = now_ms;
	}
	if (restart || is_bright) {
		monitor->bright_ms = now_ms;
	}
	monitor->digest = summary.digest;
	monitor->seen_ms = now_ms;
	monitor->started = true;
}

bool ep_picture_monitor_is_black(const struct ep_picture_monitor *monitor)
{
	return monitor->started && monitor->seen_ms - monitor->bright_ms >= EP_MONITOR_BLACK_MS;
}

bool ep_picture_monitor_is_frozen(const struct ep_picture_monitor *monitor)
{
	return monitor->started && monitor->seen_ms - monitor->changed_ms >= EP_MONITOR_FROZEN_MS &&
	       !ep_picture_monitor_is_black(monitor);
}

void ep_voice_monitor_level(struct ep_voice_monitor *monitor, int level_dbfs, int64_t now_ms)
{
	bool restart = !monitor->started || now_ms - monitor->measured_ms > EP_MONITOR_GAP_MS;
	if (restart || level_dbfs > EP_MONITOR_SILENT_DBFS) {
		monitor->loud_ms = now_ms;
	}
	monitor->level_dbfs = level_dbfs;
	monitor->measured_ms = now_ms;
	monitor->started = true;
}

bool ep_voice_monitor_is_silent(const struct ep_voice_monitor *monitor)
{
	return monitor->started && monitor->measured_ms - monitor->loud_ms >= EP_MONITOR_SILENT_MS;
}

bool ep_voice_monitor_is_talking(const struct ep_voice_monitor *monitor)
{
	return monitor->started && monitor->level_dbfs > EP_MONITOR_TALKING_DBFS;
}
