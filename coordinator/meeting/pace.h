/*
 * How often something may happen: `burst` times at once, and in the long run once in `span`. The
 * state is one instant (the generic cell rate algorithm). Pure.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_PACE_H
#define DIEMCAU_COORDINATOR_MEETING_PACE_H

#include <stdbool.h>
#include <stdint.h>

#include "units.h"

/* All zeroes: nothing has happened yet. */
struct pace {
	struct instant free; /* from then on the whole burst is available */
};

struct pace_limit {
	int64_t span_ms;
	int64_t burst; /* at least 1 */
};

/* How much of the burst is used now, rounded up. */
static inline int64_t pace_used(
	const struct pace *pace, struct pace_limit limit, struct instant now)
{
	int64_t ahead = span_between(now, pace->free).ms;

	return ahead > 0 ? (ahead + limit.span_ms - 1) / limit.span_ms : 0;
}

static inline bool pace_allows(const struct pace *pace, struct pace_limit limit, struct instant now)
{
	return pace_used(pace, limit, now) < limit.burst;
}

/* Count one use, allowed or not. */
static inline void pace_note(struct pace *pace, struct pace_limit limit, struct instant now)
{
	struct instant from = pace->free.ms > now.ms ? pace->free : now;

	pace->free = instant_after(from, (struct span){limit.span_ms});
}

/* Count one use if it is allowed. */
static inline bool pace_take(struct pace *pace, struct pace_limit limit, struct instant now)
{
	if (!pace_allows(pace, limit, now)) {
		return false;
	}
	pace_note(pace, limit, now);
	return true;
}

#endif
