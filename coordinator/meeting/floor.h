/* The floor: whose turn is on air, whose is next, and what the latest take can be undone to. */
#ifndef DIEMCAU_COORDINATOR_MEETING_FLOOR_H
#define DIEMCAU_COORDINATOR_MEETING_FLOOR_H

#include "coordinator/meeting/meeting.h"

/* What floor.undo restores. */
struct undo {
	bool open; /* there is a take that may be undone until taken + UNDO_SPAN */
	int turn; /* the turn taken */
	enum turn_state state; /* its state before */
	bool acknowledged;
	struct instant cued;
	struct span spoken;
	bool warned;
	bool overran;
	enum interrupt_cause cause;
	bool was_taken;
	bool was_ended;
	struct instant ended;
	struct stamp ended_wall;
	int replaced; /* the turn it took the floor from, or MTG_NONE */
	struct instant replaced_since;
	struct span replaced_spoken;
	bool replaced_was_ended;
	struct instant replaced_ended;
	struct stamp replaced_ended_wall;
	int content; /* site whose content was shown, or MTG_NONE */
};

struct floor {
	uint64_t takes; /* number of the latest take, undone or not */
	int on_air; /* turn, or MTG_NONE */
	int cued; /* turn, or MTG_NONE */
	struct instant taken; /* the latest take; 0 before the first */
	struct stamp taken_wall;
	struct undo undo;

	bool all_locked; /* every microphone that is not on the floor */
	struct instant all_locked_since;
	bool venue_open; /* the venue's microphone beside a remote speaker */
};

const struct floor *mtg_floor(const struct meeting *meeting);

#endif
