/*
 * Time, in three types that cannot be mixed.
 *
 * An instant is a point on the journal's own timeline: milliseconds since the journal was created.
 * It never steps backwards and goes on over restarts and reboots. A stamp is what a clock on the
 * wall shows; only people read it. A span is the difference of two instants. Arithmetic is done
 * here, so that a stamp is never subtracted from an instant by accident.
 */
#ifndef DIEMCAU_UNITS_H
#define DIEMCAU_UNITS_H

#include <stdbool.h>
#include <stdint.h>

struct instant {
	int64_t ms;
};

struct span {
	int64_t ms;
};

/* Unix time in milliseconds (wall clock, UTC). */
struct stamp {
	int64_t ms;
};

/* Both clocks as they were read at one moment; handed into the core, which reads neither. */
struct now {
	struct instant at;
	struct stamp wall;
};

static inline struct span span_between(struct instant from, struct instant to)
{
	return (struct span){to.ms - from.ms};
}

static inline struct instant instant_after(struct instant from, struct span by)
{
	return (struct instant){from.ms + by.ms};
}

static inline struct span span_sum(struct span a, struct span b)
{
	return (struct span){a.ms + b.ms};
}

static inline bool instant_reached(struct instant due, struct instant at)
{
	return at.ms >= due.ms;
}

#endif
