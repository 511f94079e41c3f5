/*
 * The quality of a site's downlink by its own counts: poor enough for the small picture, or good
 * again. Pure.
 *
 * A site reports for each slot the packets received, requested again (NACK), and given up. Poor,
 * when repair no longer hides the loss or soon will not, is reported at once. Good is reported only
 * after LINK_QUALITY_CALM_SECONDS, so that a picture does not switch with every burst of loss
 * (docs/decisions/009-small-picture.md).
 */
#ifndef DIEMCAU_COORDINATOR_TELEMETRY_LINK_QUALITY_H
#define DIEMCAU_COORDINATOR_TELEMETRY_LINK_QUALITY_H

#include <stdbool.h>
#include <stdint.h>

#include "units.h"

enum {
	LINK_QUALITY_POOR_SECONDS = 4, /* window for poor */
	LINK_QUALITY_CALM_SECONDS = 10, /* window for good */
	LINK_QUALITY_POOR_PERMILLE = 100, /* NACKed, of all packets */
	LINK_QUALITY_GIVEN_UP_PERMILLE = 20, /* given up: pictures freeze */
	LINK_QUALITY_GOOD_PERMILLE = 40, /* NACKed, and nothing given up */
	LINK_QUALITY_PACKETS_MIN = 60, /* with fewer there is no verdict */
};

/* Counts of one second, or since the report before. */
struct link_quality_count {
	uint32_t packets; /* received, with retransmissions */
	uint32_t lost; /* requested again */
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

/* Whether it is poor; `before` is the last verdict. */
bool link_quality_is_poor(struct link_quality *link_quality, bool before, struct instant now);

#endif
