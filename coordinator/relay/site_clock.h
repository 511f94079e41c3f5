/*
 * A site's clock against the relay's: one offset for all sources of the site. Pure.
 *
 * Offset = the least (arrival - NTP) of the last RLY_SITE_CLOCK_SECONDS over sound and picture, so
 * that it follows a source clock that runs fast or slow. The applied offset slews towards it. It is
 * stepped only while the site is on no slot (rly_site_clock_step), or when the site's own clock has
 * jumped. All times in microseconds; arrival is the relay's monotonic clock.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_SITE_CLOCK_H
#define DIEMCAU_COORDINATOR_RELAY_SITE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

enum rly_site_clock_limits {
	RLY_SITE_CLOCK_SECONDS = 30,
	RLY_SITE_CLOCK_SLEW_PPM = 1000, /* ten times the drift of a bad crystal */
	RLY_SITE_CLOCK_LATE_US = 5000000, /* beyond it the site's clock was set back */
	RLY_SITE_CLOCK_EARLY_US = 200000 /* beyond it the clock was set forward: a packet cannot be
					  * captured after its arrival */
};

struct rly_site_clock {
	bool known; /* at least one sample */
	int64_t second[RLY_SITE_CLOCK_SECONDS]; /* the second of each minimum */
	int64_t least[RLY_SITE_CLOCK_SECONDS];
	int64_t applied;
	int64_t slewed_at;
};

/* Begin with all bytes zero. True if the site's clock was set. */
bool rly_site_clock_sample(struct rly_site_clock *site_clock, int64_t ntp_us, int64_t arrival_us);

/* The offset to add to the site's NTP time now; call only where known. */
int64_t rly_site_clock_offset(struct rly_site_clock *site_clock, int64_t now_us);

/* Steps to the measured offset: the site is about to be on a slot. */
void rly_site_clock_step(struct rly_site_clock *site_clock, int64_t now_us);

#endif
