/* Limits of one source: see uplink_limit.h. */
#include "coordinator/relay/uplink_limit.h"

const struct rly_uplink_limits rly_default_uplink_limits = {
	.picture = {{RLY_VIDEO_BYTES, RLY_VIDEO_BURST}, {RLY_VIDEO_PACKETS, RLY_VIDEO_PACKETS}},
	.small = {{RLY_PREVIEW_BYTES, RLY_PREVIEW_BYTES},
		{RLY_PREVIEW_PACKETS, RLY_PREVIEW_PACKETS}},
	.voice = {{RLY_AUDIO_BYTES, RLY_AUDIO_BYTES}, {RLY_AUDIO_PACKETS, RLY_AUDIO_PACKETS}},
};

const struct rly_uplink_limit *rly_uplink_limit_of(
	const struct rly_uplink_limits *limits, enum media_source source)
{
	switch (source) {
	case MEDIA_VOICE:
		return &limits->voice;
	case MEDIA_PREVIEW:
	case MEDIA_CONTENT_PREVIEW:
		return &limits->small;
	case MEDIA_CAMERA:
	case MEDIA_CONTENT:
	case MEDIA_FEEDBACK:
	case MEDIA_SOURCES:
		break;
	}
	return &limits->picture;
}

/* Evaluates the second that has ended, and the idle seconds after it. */
static void end_second(
	struct rly_uplink_usage *use, const struct rly_uplink_limit *limit, int64_t second)
{
	bool far = use->offered_bytes > RLY_BREAKER_TRIP_FACTOR * limit->bytes.per_second ||
		   use->offered_packets > RLY_BREAKER_TRIP_FACTOR * limit->packets.per_second;
	int64_t idle = second - use->second - 1;
	use->over_seconds = far ? use->over_seconds + 1 : 0;
	use->below_seconds = far ? idle : use->below_seconds + 1 + idle;
	use->cut = use->over_seconds >= RLY_BREAKER_TRIP_SECONDS ||
		   (use->cut && use->below_seconds < RLY_BREAKER_RESET_SECONDS);
	use->over_seconds = idle > 0 ? 0 : use->over_seconds;
	use->second = second;
	use->offered_bytes = 0;
	use->offered_packets = 0;
}

bool rly_uplink_usage_take(struct rly_uplink_usage *use, const struct rly_uplink_limit *limit,
	size_t size, int64_t numbers, int64_t now_us)
{
	int64_t second = now_us / 1000000;
	if (second != use->second) {
		end_second(use, limit, second);
	}
	use->offered_bytes += (int64_t)size;
	use->offered_packets += numbers;
	return !use->cut &&
	       rly_token_bucket_take(&use->packets, &limit->packets, numbers, now_us) &&
	       rly_token_bucket_take(&use->bytes, &limit->bytes, (int64_t)size, now_us);
}
