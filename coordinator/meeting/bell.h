/*
 * Pauses, and the bell that calls people back from them. A pause is the reception before the
 * opening, or a break, as long as it is the active item. In the core's own time the bell rings
 * BELL_AHEAD before a pause is expected to end, and at the end of a break; never while somebody is
 * on air, and each once: again only if the end has moved by BELL_APART or more. By hand it rings at
 * any time that nobody is on air.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_BELL_H
#define DIEMCAU_COORDINATOR_MEETING_BELL_H

#include "coordinator/meeting/meeting.h"

/* When it rang for one of the ends of a pause. */
struct rung {
	bool done;
	struct instant at;
};

struct bell {
	bool held; /* it rings by hand alone */
	struct instant free; /* since then it is not held: what was missed is not made up for */
	uint64_t number; /* of the last ringing; 0 before the first */
	enum bell_reason reason; /* of the last ringing; unset before the first */
	struct instant at; /* of the last ringing */
	int item; /* the pause that it rang for last, or MTG_NONE: the next two are of it */
	struct rung ahead; /* BELL_AHEAD before its end */
	struct rung over; /* at its end */
	int owed; /* a break that is over and may have to be rung for, or MTG_NONE */
};

const struct bell *mtg_bell(const struct meeting *meeting);

/* The pause that is under way, or MTG_NONE. */
int mtg_pause(const struct meeting *meeting);
/* When this pause is expected to end; false where neither the plan nor what follows says. */
bool mtg_pause_end(const struct meeting *meeting, int item, struct instant *ret_end);

struct next_bell {
	enum bell_reason reason;
	struct instant at;
	int item;
};

/* What rings next by itself, somebody on air or not; false: nothing that is known of. */
bool mtg_next_bell(const struct meeting *meeting, struct next_bell *ret_next);

#endif
