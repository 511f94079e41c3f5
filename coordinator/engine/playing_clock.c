#include "coordinator/engine/playing_clock.h"

struct instant playing_clock_at(const struct playing_clock *clock, struct instant now)
{
	struct span gone = {span_between(clock->put, now).ms * clock->rate};
	struct instant at = instant_after(clock->from, gone);
	return instant_reached(clock->end, at) ? clock->end : at;
}

void playing_clock_pace(struct playing_clock *clock, uint32_t rate, struct instant now)
{
	clock->from = playing_clock_at(clock, now);
	clock->put = now;
	clock->rate = rate;
}

void playing_clock_put(
	struct playing_clock *clock, struct instant at, struct instant end, struct instant now)
{
	clock->from = at;
	clock->end = end;
	clock->put = now;
}

struct span playing_clock_until(
	const struct playing_clock *clock, struct instant due, struct instant now)
{
	int64_t left = span_between(playing_clock_at(clock, now), due).ms;
	if (left <= 0) {
		return (struct span){0};
	}
	if (clock->rate == 0 || !instant_reached(due, clock->end)) {
		return (struct span){-1};
	}
	return (struct span){(left + clock->rate - 1) / clock->rate};
}
