/*
 * How the autopilot holds a vote: opens it in its item, waits for every site on the roster, and
 * closes it when all have cast, or after AUTOPILOT_VOTE_MS with those that have. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_AUTOPILOT_HOLD_VOTE_H
#define DIEMCAU_COORDINATOR_AUTOPILOT_HOLD_VOTE_H

#include "coordinator/autopilot/autopilot.h"

/* Opens or closes what is to be voted on in this item. AUTOPILOT_DONE: nothing is left of it. */
enum autopilot_verdict hold_vote_of(const struct meeting_mirror *mirror, const char *item,
	struct instant now, struct command *command);

/* The same of any vote that is open, whoever opened it. */
enum autopilot_verdict hold_open_vote(
	const struct meeting_mirror *mirror, struct instant now, struct command *command);

#endif
