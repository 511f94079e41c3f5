/* How much one source may send: see ceiling.h. */
#include "coordinator/relay/ceiling.h"

const struct rly_ceilings rly_default_ceilings = {
	.picture = {{RLY_PICTURE_BYTES, RLY_PICTURE_BURST},
		{RLY_PICTURE_PACKETS, RLY_PICTURE_PACKETS}},
	.small = {{RLY_SMALL_BYTES, RLY_SMALL_BYTES}, {RLY_SMALL_PACKETS, RLY_SMALL_PACKETS}},
	.voice = {{RLY_VOICE_BYTES, RLY_VOICE_BYTES}, {RLY_VOICE_PACKETS, RLY_VOICE_PACKETS}},
};

const struct rly_ceiling *rly_ceiling_of(
	const struct rly_ceilings *ceilings, enum media_source source)
{
	switch (source) {
	case MEDIA_VOICE:
		return &ceilings->voice;
	case MEDIA_PREVIEW:
	case MEDIA_CONTENT_PREVIEW:
		return &ceilings->small;
	case MEDIA_CAMERA:
	case MEDIA_CONTENT:
	case MEDIA_FEEDBACK:
	case MEDIA_SOURCES:
		break;
	}
	return &ceilings->picture;
}

/* Judges the second that has ended, and those after it in which nothing came. */
static void end_second(struct rly_use *use, const struct rly_ceiling *ceiling, int64_t second)
{
	bool far = use->offered_bytes > RLY_FAR_TIMES * ceiling->bytes.per_second ||
		   use->offered_packets > RLY_FAR_TIMES * ceiling->packets.per_second;
	int64_t quiet = second - use->second - 1;
	use->far_seconds = far ? use->far_seconds + 1 : 0;
	use->calm_seconds = far ? quiet : use->calm_seconds + 1 + quiet;
	use->cut = use->far_seconds >= RLY_FAR_SECONDS ||
		   (use->cut && use->calm_seconds < RLY_CALM_SECONDS);
	use->far_seconds = quiet > 0 ? 0 : use->far_seconds;
	use->second = second;
	use->offered_bytes = 0;
	use->offered_packets = 0;
}

bool rly_use_take(struct rly_use *use, const struct rly_ceiling *ceiling, size_t size,
	int64_t numbers, int64_t now_us)
{
	int64_t second = now_us / 1000000;
	if (second != use->second) {
		end_second(use, ceiling, second);
	}
	use->offered_bytes += (int64_t)size;
	use->offered_packets += numbers;
	return !use->cut && rly_budget_spend(&use->packets, &ceiling->packets, numbers, now_us) &&
	       rly_budget_spend(&use->bytes, &ceiling->bytes, (int64_t)size, now_us);
}
