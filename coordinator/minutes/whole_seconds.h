/*
 * Private: minutes are in whole seconds.
 *
 * Every moment is cut to a second of the meeting's own timeline, and every length is the difference
 * of cut moments: what is printed comes out when it is added. The timeline is moved by less than a
 * second, so that its seconds begin with those of the wall clock at the first record: times of day
 * and lengths fit together as well, until that clock is set. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_WHOLE_SECONDS_H
#define DIEMCAU_COORDINATOR_MINUTES_WHOLE_SECONDS_H

#include "minutes_msg.h"
#include "units.h"

struct whole_seconds {
	int64_t phase; /* of the wall clock's second at instant 0, 0 to 999 */
};

/* As of the moment of the first record. */
struct whole_seconds whole_seconds_of(struct instant at, struct stamp wall);

struct instant whole_instant(const struct whole_seconds *seconds, struct instant at);
struct minutes_moment whole_moment(
	const struct whole_seconds *seconds, struct instant at, struct stamp wall);

/* Of a planned length: the nearest second. */
struct span whole_span(struct span span);

#endif
