/*
 * What the relay measures of a site: rates over a few seconds, and the verdict. Pure.
 */
#ifndef DIEMCAU_RELAY_STATS_H
#define DIEMCAU_RELAY_STATS_H

#include <stdint.h>

#include "bounds.h"
#include "domain_msg.h"

enum rly_stats_limits {
	RLY_METER_SECONDS = 5,
	RLY_SILENT_US = SILENT_SPAN_MS * 1000,
	RLY_DEGRADED_PERMILLE = 30, /* repair still hides this, and a technician should know */
	RLY_GOOD_PERMILLE = 10 /* below it a degraded site is good again */
};

/* Counts of one stretch of time. */
struct rly_sample {
	uint64_t bytes; /* received of it */
	uint64_t expected; /* packets it sent, as its numbers tell */
	uint64_t lost; /* of those, asked for again */
	uint64_t sent; /* packets sent to it */
	uint64_t asked; /* of those, asked for again by it */
};

struct rly_meter {
	int64_t second[RLY_METER_SECONDS];
	struct rly_sample sample[RLY_METER_SECONDS];
};

/* Begin with all bytes zero. */
void rly_meter_add(struct rly_meter *meter, const struct rly_sample *sample, int64_t now_us);

/* The sum of the seconds kept, the present one included. */
struct rly_sample rly_meter_sum(const struct rly_meter *meter, int64_t now_us);

/* The worse of both directions, of 1000; 0 where too little was sent to say. */
uint32_t rly_loss_permille(const struct rly_sample *sum);

/*
 * none: no media yet. silent: none for RLY_SILENT_US. degraded: losses from RLY_DEGRADED_PERMILLE
 * on until they fall below RLY_GOOD_PERMILLE. before is the verdict last given; media_us when
 * media came last, negative for never.
 */
enum media_state rly_judge(
	enum media_state before, int64_t media_us, uint32_t loss_permille, int64_t now_us);

#endif
