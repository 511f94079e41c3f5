/*
 * How much one source of a site may send to everybody. Pure; times in microseconds.
 *
 * What is over the ceiling is dropped; the source goes on below it. One that offers more than
 * twice its ceiling for RLY_FAR_SECONDS on end is cut off whole, until it has kept below that for
 * RLY_CALM_SECONDS (the circuit breaker of RFC 8083, here at the one who passes it on).
 */
#ifndef DIEMCAU_RELAY_CEILING_H
#define DIEMCAU_RELAY_CEILING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/throttle.h"
#include "proto/media/ssrc.h"

enum rly_ceiling_limits {
	RLY_FAR_SECONDS = 5,
	RLY_CALM_SECONDS = 10,
	RLY_FAR_TIMES = 2,
	/* Twice what an endpoint sends at most (1080p25: 3 Mbit/s), with repair; the burst is what
	 * comes late in one go after two seconds. */
	RLY_PICTURE_BYTES = 750000,
	RLY_PICTURE_BURST = 1000000,
	RLY_PICTURE_PACKETS = 1500,
	RLY_SMALL_BYTES = 125000, /* eight times 120 kbit/s: a small picture may move */
	RLY_SMALL_PACKETS = 300,
	RLY_VOICE_BYTES = 32000, /* 256 kbit/s, where 40 are sent */
	RLY_VOICE_PACKETS = 200
};

struct rly_ceiling {
	struct rly_rate bytes;
	struct rly_rate
		packets; /* sequence numbers, come or not: they are all receivers' numbers */
};

struct rly_ceilings {
	struct rly_ceiling picture; /* camera, content */
	struct rly_ceiling small;
	struct rly_ceiling voice;
};

extern const struct rly_ceilings rly_default_ceilings;

const struct rly_ceiling *rly_ceiling_of(
	const struct rly_ceilings *ceilings, enum media_source source);

/* What one source has used. Begin with all bytes zero. */
struct rly_use {
	struct rly_budget bytes;
	struct rly_budget packets;
	int64_t second;
	int64_t offered_bytes; /* in the present second */
	int64_t offered_packets;
	int64_t far_seconds; /* on end, until the second before */
	int64_t calm_seconds;
	bool cut;
};

/* True, and used, where the packet is below the ceiling. numbers: sequence numbers it takes up. */
bool rly_use_take(struct rly_use *use, const struct rly_ceiling *ceiling, size_t size,
	int64_t numbers, int64_t now_us);

#endif
