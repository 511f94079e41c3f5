/* Cutting moments to the second. */
#include "coordinator/minutes/whole_seconds.h"

enum { SECOND_MS = 1000 };

/* The next lower multiple, for negative numbers too. */
static int64_t cut(int64_t ms)
{
	int64_t rest = ms % SECOND_MS;
	return ms - (rest < 0 ? rest + SECOND_MS : rest);
}

struct whole_seconds whole_seconds_of(struct instant at, struct stamp wall)
{
	int64_t ahead = wall.ms - at.ms;
	return (struct whole_seconds){.phase = ahead - cut(ahead)};
}

struct instant whole_instant(const struct whole_seconds *seconds, struct instant at)
{
	return (struct instant){cut(at.ms + seconds->phase)};
}

/* How far the wall clock is ahead is taken to the nearest second: it drifts by milliseconds. */
struct minutes_moment whole_moment(
	const struct whole_seconds *seconds, struct instant at, struct stamp wall)
{
	struct instant whole = whole_instant(seconds, at);
	int64_t ahead = cut(wall.ms - at.ms - seconds->phase + SECOND_MS / 2);
	int64_t ms = whole.ms + ahead;
	return (struct minutes_moment){whole, {ms > 0 ? ms : 0}};
}

struct span whole_span(struct span span)
{
	return (struct span){cut(span.ms + SECOND_MS / 2)};
}
