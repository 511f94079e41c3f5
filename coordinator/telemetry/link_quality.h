/*
 * How well a site receives, by its own count: poor enough for the small picture, or good again.
 * Pure.
 *
 * A site says of each slot how many packets came, were asked for again, and were given up. Poor is
 * what repair cannot hide any more, or soon will not; it is said at once. Good again is only what
 * stayed good for LINK_QUALITY_CALM_SECONDS, so that a picture does not go to and fro with every
 * gust (docs/decisions/009-small-picture.md).
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_LINK_QUALITY_H
#define DIEMCAU_COORDINATOR_TELEMETRY_LINK_QUALITY_H

#include <stdbool.h>
#include <stdint.h>

#include "units.h"

enum {
	LINK_QUALITY_POOR_SECONDS = 4, /* looked at for poor */
	LINK_QUALITY_CALM_SECONDS = 10, /* looked at for good again */
	LINK_QUALITY_POOR_PERMILLE = 100, /* asked for again, of all packets */
	LINK_QUALITY_GIVEN_UP_PERMILLE = 20, /* given up: pictures stand still */
	LINK_QUALITY_GOOD_PERMILLE = 40, /* asked for again, and nothing given up */
	LINK_QUALITY_PACKETS_MIN = 60, /* below it nothing is said */
};

/* Counts of one second, or since the report before. */
struct link_quality_count {
	uint32_t packets; /* come, repairs too */
	uint32_t lost; /* asked for again */
	uint32_t unrecovered; /* given up */
};

struct link_quality {
	int64_t second[LINK_QUALITY_CALM_SECONDS];
	struct link_quality_count count[LINK_QUALITY_CALM_SECONDS];
	int64_t poor_second; /* when it was last judged poor */
};

/* Begin with all bytes zero. */
void link_quality_add(struct link_quality *link_quality, const struct link_quality_count *count,
	struct instant now);

/* Is it poor? `before` is what was said last. */
bool link_quality_is_poor(struct link_quality *link_quality, bool before, struct instant now);

#endif
