/*
 * What the relay measures of a site: rates over a few seconds, and the verdict. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_STATS_H
#define DIEMCAU_COORDINATOR_RELAY_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "bounds.h"
#include "domain_msg.h"

enum rly_stats_limits {
	RLY_METER_SECONDS = 5,
	RLY_SILENT_US = SILENT_SPAN_MS * 1000,
	RLY_DEGRADED_PERMILLE = 30, /* repair still hides this, and a technician should know */
	RLY_GOOD_PERMILLE = 10, /* below it a degraded site is good again */
	RLY_ODD_PACKETS = 20 /* in RLY_METER_SECONDS: a clock that is set makes fewer */
};

/* Counts of one stretch of time. */
struct rly_sample {
	uint64_t bytes; /* received of it */
	uint64_t expected; /* packets it sent, as its numbers tell */
	uint64_t lost; /* of those, asked for again */
	uint64_t sent; /* packets sent to it */
	uint64_t asked; /* of those, asked for again by it */
	uint64_t over; /* packets of it dropped: above the ceiling, or of no kind that is passed on
			*/
	uint64_t odd; /* packets of it whose times no clock can have */
};

struct rly_meter {
	int64_t second[RLY_METER_SECONDS];
	struct rly_sample sample[RLY_METER_SECONDS];
};

/* Begin with all bytes zero. */
void rly_meter_add(struct rly_meter *meter, const struct rly_sample *sample, int64_t now_us);

/* The sum of the seconds kept, the present one included. */
struct rly_sample rly_meter_sum(const struct rly_meter *meter, int64_t now_us);

/* It sends more than it may. */
bool rly_exceeds(const struct rly_sample *sum);

/* Its times are not believed. */
bool rly_clock_odd(const struct rly_sample *sum);

/* The worse of both directions, of 1000; 0 where too little was sent to say. */
uint32_t rly_loss_permille(const struct rly_sample *sum);

/*
 * none: no media yet. silent: none for RLY_SILENT_US. degraded: losses from RLY_DEGRADED_PERMILLE
 * on until they fall below RLY_GOOD_PERMILLE, or more sent than may be. before is the verdict last
 * given; media_us when media came last, negative for never.
 */
enum media_state rly_media_state_of(
	enum media_state before, int64_t media_us, const struct rly_sample *sum, int64_t now_us);

#endif
