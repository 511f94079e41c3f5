/*
 * Planned against actual, and expected times: the one place where they are computed.
 *
 * Gaps absorb delay: an item starts at the later of the previous finish and its planned start. A
 * fixed end holds unless the item starts after it. An item lasts what the plan says, or longer
 * where its turns need more; without a planned length, as long as its turns; without either, no
 * time. A speaking list that several items share is divided among them by their planned lengths;
 * the last one takes the rest.
 *
 * Planned clock times follow the wall clock only when the meeting runs at speed 1 on its own date
 * and within FORECAST_WINDOW of its first planned time; else the first planned time is the moment
 * of opening. Without any planned time they follow the wall clock where the meeting runs at speed 1
 * and is no rehearsal, and are unknown otherwise: fixed ends and a hard end do not count then.
 * Positive offset = behind.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_FORECAST_H
#define DIEMCAU_COORDINATOR_MEETING_FORECAST_H

#include "coordinator/meeting/meeting.h"

enum { FORECAST_WINDOW_MS = 3 * 3600 * 1000 };

struct item_forecast {
	bool known; /* false for a skipped item */
	struct instant planned_start;
	struct instant planned_finish;
	struct instant start; /* actual where it has started */
	struct instant finish; /* actual where it has finished */
};

struct turn_forecast {
	bool known; /* upcoming (waiting, cued, interrupted) on a list still open, and approved */
	struct instant expected;
	struct instant finish; /* of the turn on air too, which is not `known`; else 0 */
};

/* About 70 KB: not for the stack. */
struct forecast {
	struct item_forecast items[ITEMS_MAX]; /* by index of item */
	struct turn_forecast turns[TURNS_MAX]; /* by index of turn */
	struct span offset; /* of the meeting now; positive = behind */
	bool has_end;
	struct instant end;
	struct instant planned_end;
	bool has_hard_end;
	struct instant hard_end;
	struct span over; /* to be cut, so as to end by the hard end; never negative */
};

/*
 * What somebody may do to end in time; a member that is 0 (or MTG_NONE) does nothing.
 */
struct forecast_cut {
	uint32_t keep; /* as programme.shorten */
	size_t drop; /* so many of the last turns that may be dropped (mtg_droppable) */
	int item; /* a pending item ... */
	struct span by; /* ... that is so much shorter, or ends so much earlier; not scaled */
};

/* The forecast if that were done now. */
void mtg_forecast_after(const struct meeting *meeting, struct now now,
	const struct forecast_cut *cut, struct forecast *ret);

void mtg_forecast(const struct meeting *meeting, struct now now, struct forecast *ret);

#endif
