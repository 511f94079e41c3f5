/* Black, frozen and silent, from small pictures and levels. */
#include "endpoint/media/watch.h"

struct look {
	uint64_t digest;
	unsigned mean;
	unsigned spread;
};

/* FNV-1a over the plane, and its mean and range: one pass over a thumbnail. */
static struct look look_at(const struct ep_luma *luma)
{
	uint64_t digest = 14695981039346656037u;
	uint64_t sum = 0;
	unsigned low = 255;
	unsigned high = 0;
	for (unsigned y = 0; y < luma->height; y++) {
		const uint8_t *row = luma->pixels + y * luma->stride;
		for (unsigned x = 0; x < luma->width; x++) {
			digest = (digest ^ row[x]) * 1099511628211u;
			sum += row[x];
			low = row[x] < low ? row[x] : low;
			high = row[x] > high ? row[x] : high;
		}
	}
	uint64_t pixels = (uint64_t)luma->width * luma->height;
	return (struct look){
		digest, pixels ? (unsigned)(sum / pixels) : 0, high > low ? high - low : 0};
}

void ep_picture_watch_frame(
	struct ep_picture_watch *watch, const struct ep_luma *luma, int64_t now_ms)
{
	struct look look = look_at(luma);
	bool lit = look.mean > EP_WATCH_BLACK_LUMA || look.spread > EP_WATCH_BLACK_SPREAD;
	bool anew = !watch->started || now_ms - watch->seen_ms > EP_WATCH_GAP_MS;
	if (anew || look.digest != watch->digest) {
		watch->changed_ms = now_ms;
	}
	if (anew || lit) {
		watch->lit_ms = now_ms;
	}
	watch->digest = look.digest;
	watch->seen_ms = now_ms;
	watch->started = true;
}

bool ep_picture_watch_black(const struct ep_picture_watch *watch)
{
	return watch->started && watch->seen_ms - watch->lit_ms >= EP_WATCH_BLACK_MS;
}

bool ep_picture_watch_frozen(const struct ep_picture_watch *watch)
{
	return watch->started && watch->seen_ms - watch->changed_ms >= EP_WATCH_FROZEN_MS &&
	       !ep_picture_watch_black(watch);
}

void ep_voice_watch_level(struct ep_voice_watch *watch, int level_dbfs, int64_t now_ms)
{
	bool anew = !watch->started || now_ms - watch->measured_ms > EP_WATCH_GAP_MS;
	if (anew || level_dbfs > EP_WATCH_SILENT_DBFS) {
		watch->heard_ms = now_ms;
	}
	watch->level_dbfs = level_dbfs;
	watch->measured_ms = now_ms;
	watch->started = true;
}

bool ep_voice_watch_silent(const struct ep_voice_watch *watch)
{
	return watch->started && watch->measured_ms - watch->heard_ms >= EP_WATCH_SILENT_MS;
}

bool ep_voice_watch_talking(const struct ep_voice_watch *watch)
{
	return watch->started && watch->level_dbfs > EP_WATCH_TALKING_DBFS;
}
