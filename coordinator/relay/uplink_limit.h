/*
 * How much one source of a site may send. Pure; times in microseconds.
 *
 * Packets above the limit are dropped; the source continues below it. A source that offers more
 * than RLY_BREAKER_TRIP_FACTOR times its limit for RLY_BREAKER_TRIP_SECONDS in a row is cut off
 * entirely, until it has stayed below that for RLY_BREAKER_RESET_SECONDS (the circuit breaker of
 * RFC 8083, applied by the forwarding relay).
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_UPLINK_LIMIT_H
#define DIEMCAU_COORDINATOR_RELAY_UPLINK_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/rate_limiter.h"
#include "proto/media/ssrc.h"

enum rly_uplink_limit_values {
	RLY_BREAKER_TRIP_SECONDS = 5,
	RLY_BREAKER_RESET_SECONDS = 10,
	RLY_BREAKER_TRIP_FACTOR = 2,
	/*
	 * Twice the maximum of an endpoint (1080p25: 3 Mbit/s), with repair; the burst is what
	 * arrives at once after a delay of two seconds.
	 */
	RLY_VIDEO_BYTES = 750000,
	RLY_VIDEO_BURST = 1000000,
	RLY_VIDEO_PACKETS = 1500,
	RLY_PREVIEW_BYTES = 125000, /* eight times 120 kbit/s: room for motion in a small picture */
	RLY_PREVIEW_PACKETS = 300,
	RLY_AUDIO_BYTES = 32000, /* 256 kbit/s; endpoints send 40 */
	RLY_AUDIO_PACKETS = 200
};

struct rly_uplink_limit {
	struct rly_rate bytes;
	struct rly_rate packets; /* sequence numbers, received or not: every receiver counts them */
};

struct rly_uplink_limits {
	struct rly_uplink_limit picture; /* camera, content */
	struct rly_uplink_limit small;
	struct rly_uplink_limit voice;
};

extern const struct rly_uplink_limits rly_default_uplink_limits;

const struct rly_uplink_limit *rly_uplink_limit_of(
	const struct rly_uplink_limits *limits, enum media_source source);

/* The usage of one source. Begin with all bytes zero. */
struct rly_uplink_usage {
	struct rly_token_bucket bytes;
	struct rly_token_bucket packets;
	int64_t second;
	int64_t offered_bytes; /* in the present second */
	int64_t offered_packets;
	int64_t over_seconds; /* in a row, up to the previous second */
	int64_t below_seconds;
	bool cut;
};

/* True, and counted, if the packet is below the limit. numbers: sequence numbers it advances by. */
bool rly_uplink_usage_take(struct rly_uplink_usage *use, const struct rly_uplink_limit *limit,
	size_t size, int64_t numbers, int64_t now_us);

#endif
