/* The relay's measurements of a site: rates over a few seconds, and the media state. Pure. */
#ifndef DIEMCAU_COORDINATOR_RELAY_STATS_H
#define DIEMCAU_COORDINATOR_RELAY_STATS_H

#include <stdbool.h>
#include <stdint.h>

#include "bounds.h"
#include "domain_msg.h"

enum rly_stats_limits {
	RLY_METER_SECONDS = 5,
	RLY_SILENT_US = SILENT_SPAN_MS * 1000,
	RLY_DEGRADED_PERMILLE = 30, /* repair still conceals this, and a technician should know */
	RLY_GOOD_PERMILLE = 10, /* below it a degraded site becomes good again */
	RLY_ODD_PACKETS = 20 /* in RLY_METER_SECONDS: setting a clock produces fewer */
};

/* Counts of one interval. */
struct rly_sample {
	uint64_t bytes; /* received from it */
	uint64_t expected; /* packets it sent, by its sequence numbers */
	uint64_t lost; /* of those, requested by NACK */
	uint64_t sent; /* packets sent to it */
	uint64_t nacked; /* of those, requested by its NACKs */
	uint64_t over; /* its packets dropped: above the limit, or of an unknown payload type */
	uint64_t odd; /* its packets with impossible timestamps */
};

struct rly_meter {
	int64_t second[RLY_METER_SECONDS];
	struct rly_sample sample[RLY_METER_SECONDS];
};

/* Begin with all bytes zero. */
void rly_meter_add(struct rly_meter *meter, const struct rly_sample *sample, int64_t now_us);

/* The sum of the stored seconds, the present one included. */
struct rly_sample rly_meter_sum(const struct rly_meter *meter, int64_t now_us);

/* True if it sends more than its limit. */
bool rly_is_over_limit(const struct rly_sample *sum);

/* True if its timestamps cannot be trusted. */
bool rly_has_odd_clock(const struct rly_sample *sum);

/* The worse of both directions, in thousandths; 0 if too few packets were sent to tell. */
uint32_t rly_loss_permille(const struct rly_sample *sum);

/*
 * none: no media yet. silent: none for RLY_SILENT_US. degraded: losses from RLY_DEGRADED_PERMILLE
 * on until they fall below RLY_GOOD_PERMILLE, or packets above the limit. before is the previous
 * state; media_us the time of the latest media, negative for never.
 */
enum media_state rly_media_state_of(
	enum media_state before, int64_t media_us, const struct rly_sample *sum, int64_t now_us);

#endif
