/*
 * The operator's next command. Pure: the meeting as its views show it and the time are the input, a
 * command or "wait" the output; level-driven, so it continues from any state of the meeting.
 *
 * It assembles, waits until all expected sites are present with good media, calls the roll, opens,
 * and follows the programme: item by item, turn by turn (cue, wait for the acknowledgement, take,
 * let the speaker use the allowance, release), ceremonies act by act, its votes (hold_vote.h),
 * breaks, closing. If a site
 * does not acknowledge, the operator telephones it and acknowledges in its place, as its rights
 * allow.
 */
#ifndef DIEMCAU_COORDINATOR_AUTOPILOT_AUTOPILOT_H
#define DIEMCAU_COORDINATOR_AUTOPILOT_AUTOPILOT_H

#include <stddef.h>

#include "coordinator/autopilot/meeting_mirror.h"
#include "domain_msg.h"
#include "units.h"

enum {
	AUTOPILOT_GATHER_MS = 90000, /* time for sites to come; then the autopilot gives up */
	AUTOPILOT_CALL_MS = 2500, /* an unacknowledged `next`: the operator telephones */
	AUTOPILOT_CUE_AHEAD_MS = 20000, /* the next is cued when this much of a speech is left */
	AUTOPILOT_TAKE_GUARD_MS = 1100, /* an earlier take after the last would be refused */
	AUTOPILOT_VOTE_MS = 10000, /* then a vote is closed without those that have not cast */
	AUTOPILOT_STUCK_MS = 30000, /* a cued site without media is marked absent */
	AUTOPILOT_ITEM_DEFAULT_MS = 60000, /* of an item without a length; scaled like the others */
	AUTOPILOT_RELEASE_EARLY_MS = 100, /* a punctual speaker does not overrun */
	AUTOPILOT_ACT_MIN_MS = 100, /* so that every site has shown an act before the next */
	AUTOPILOT_SPEECH_MIN_MS = 1200, /* a speech lasts at least this long, however high the
					 * speed */
};

enum autopilot_verdict {
	AUTOPILOT_WAIT,
	AUTOPILOT_SEND,
	AUTOPILOT_DONE,
	AUTOPILOT_FAILED,
};

struct autopilot {
	size_t sites_wanted; /* 0: all of the plan */
	struct instant begun;
	bool has_begun;
	/*
	 * The item whose turns are counted, and the allowances used in it: a list that continues
	 * after a break is cut by plan, not by how late the meeting is.
	 */
	char item[ITEM_ID_SIZE];
	struct span used;
	char counted[TURN_ID_SIZE];
	/* When the present cued turn was first seen as such. */
	char cued[TURN_ID_SIZE];
	struct instant cued_at;
	/* When the act of a ceremony that is shown was first seen as such. */
	char act[ACT_ID_SIZE];
	struct instant act_at;
	char failure[128];
};

/* now: the server's instant. With AUTOPILOT_SEND, *ret_command is the command to send. */
enum autopilot_verdict autopilot_next(struct autopilot *autopilot,
	const struct meeting_mirror *mirror, struct instant now, struct command *ret_command);

#endif
