/*
 * The clock of a meeting that is played: it goes at a rate from where it was put, stands while it
 * is held, and stops at its end. Pure: `now` is what every other clock shows, handed in.
 */
#ifndef DIEMCAU_COORDINATOR_ENGINE_PLAYING_CLOCK_H
#define DIEMCAU_COORDINATOR_ENGINE_PLAYING_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "units.h"

struct playing_clock {
	struct instant put; /* by every other clock: when it was put there */
	struct instant from; /* by this one: where */
	struct instant end; /* it shows nothing later */
	uint32_t rate; /* milliseconds in one of every other clock; 0: it stands */
};

/* What it shows. */
struct instant playing_clock_at(const struct playing_clock *clock, struct instant now);

/* From here it goes at another rate: nothing is skipped and nothing shown twice. */
void playing_clock_pace(struct playing_clock *clock, uint32_t rate, struct instant now);

/* Puts it elsewhere, with an end of its own. Its rate stays. */
void playing_clock_put(
	struct playing_clock *clock, struct instant at, struct instant end, struct instant now);

/* How long, by every other clock, until it shows `due`; negative: it never will as it goes now. */
struct span playing_clock_until(
	const struct playing_clock *clock, struct instant due, struct instant now);

#endif
