/*
 * A site's clock against the relay's: one offset for all sources of the site. Pure.
 *
 * Offset = the least (arrival - NTP) of the last RLY_TIMELINE_SECONDS over sound and picture, so
 * that it follows a source clock that runs fast or slow. What is applied slews towards it, and is
 * stepped only where nobody hears or sees the site (rly_timeline_step), or where the site's own
 * clock has jumped. All times in microseconds; arrival is the relay's monotonic clock.
 */
#ifndef DIEMCAU_RELAY_TIMELINE_H
#define DIEMCAU_RELAY_TIMELINE_H

#include <stdbool.h>
#include <stdint.h>

enum rly_timeline_limits {
	RLY_TIMELINE_SECONDS = 30,
	RLY_TIMELINE_SLEW_PPM = 1000, /* ten times what a bad quartz drifts */
	RLY_TIMELINE_LATE_US = 5000000, /* beyond it the site's clock was set back */
	RLY_TIMELINE_EARLY_US = 200000 /* beyond it, forth: nothing is taken after it has come */
};

struct rly_timeline {
	bool known; /* at least one sample */
	int64_t second[RLY_TIMELINE_SECONDS]; /* which second the least value is of */
	int64_t least[RLY_TIMELINE_SECONDS];
	int64_t applied;
	int64_t slewed_at;
};

/* Begin with all bytes zero. True where the site's clock was set. */
bool rly_timeline_sample(struct rly_timeline *timeline, int64_t ntp_us, int64_t arrival_us);

/* The offset to add to the site's NTP time now; call only where known. */
int64_t rly_timeline_offset(struct rly_timeline *timeline, int64_t now_us);

/* Goes straight to the measured offset: the site comes on air. */
void rly_timeline_step(struct rly_timeline *timeline, int64_t now_us);

#endif
