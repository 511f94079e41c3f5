/*
 * What an operator does next. Pure: the meeting as its views show it and the time go in, a command
 * or "wait" comes out; level-driven, so it goes on from wherever the meeting stands.
 *
 * It assembles, waits until all expected sites are there with good media, calls the roll, opens,
 * and walks the programme: item by item, turn by turn (cue, wait for the acknowledgement, take, let
 * speak for the allowance, release), breaks, closing. Where a site does not acknowledge, the
 * operator rings it up and acknowledges in its place, as the rights allow.
 */
#ifndef DIEMCAU_AUTOPILOT_PILOT_H
#define DIEMCAU_AUTOPILOT_PILOT_H

#include <stddef.h>

#include "domain_msg.h"
#include "tests/autopilot/views.h"
#include "units.h"

enum {
	PILOT_GATHER_MS = 90000, /* sites have this long to come; then it gives up */
	PILOT_CALL_MS = 2500, /* an unacknowledged `next`: the operator rings */
	PILOT_CUE_AHEAD_MS = 20000, /* the next is cued when so much of a speech is left */
	PILOT_TAKE_GUARD_MS = 1100, /* a take sooner after the last would be refused */
	PILOT_STUCK_MS = 30000, /* a cued site without media is marked absent */
	PILOT_ITEM_DEFAULT_MS = 60000, /* of an item without a length; scaled as others */
	PILOT_RELEASE_EARLY_MS = 100, /* a speaker who keeps to his time does not overrun */
	PILOT_SPEECH_MIN_MS = 1200, /* a speech is at least this long, however high the speed */
};

enum pilot_verdict {
	PILOT_WAIT,
	PILOT_SEND,
	PILOT_DONE,
	PILOT_FAILED,
};

struct pilot {
	size_t sites_wanted; /* 0: all of the plan */
	struct instant begun;
	bool has_begun;
	/* The item whose turns are counted, and the allowances used in it: a list that goes on
	 * after a break is cut by plan, not by how late the meeting is. */
	char item[ITEM_ID_SIZE];
	struct span used;
	char counted[TURN_ID_SIZE];
	/* When the turn now cued was first seen so. */
	char cued[TURN_ID_SIZE];
	struct instant cued_at;
	char failure[128];
};

/* now: the server's instant. On PILOT_SEND *ret_command is what to ask. */
enum pilot_verdict pilot_next(struct pilot *pilot, const struct views *views, struct instant now,
	struct command *ret_command);

#endif
