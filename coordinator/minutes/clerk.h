/*
 * The clerk: listens to the records of a meeting, in order, and compiles its minutes.
 *
 * A view of the journal and nothing else: the same records give the same minutes, while the meeting
 * runs as after it. The clerk folds the meeting by the core's own rules and adds what the state
 * forgets: each stretch on the floor, alarms that were cleared, how long each site was there.
 * Reads no clock; what still runs is counted up to the last record.
 */
#ifndef DIEMCAU_MINUTES_CLERK_H
#define DIEMCAU_MINUTES_CLERK_H

#include "coordinator/meeting/meeting.h"
#include "minutes_msg.h"
#include "proto/arena.h"

struct clerk;

/* NULL when there is no memory. */
struct clerk *clerk_create(void);

/* NULL is allowed. */
void clerk_destroy(struct clerk *clerk);

/* Takes down the next record; records follow from 1 without a gap. */
void clerk_note(struct clerk *clerk, const struct mtg_record *record);

/*
 * The minutes as of the last record, as a reader in this role may see them: what comes of events
 * that are not for him (meeting/rights.h) is left out, and the minutes say so. Long arrays live in
 * `arena`. 0; -ENODATA before meeting.created; -ENOMEM (also if memory failed while noting).
 */
int clerk_compile(const struct clerk *clerk, enum role role, struct msg_arena *arena,
	struct minutes *ret_minutes);

#endif
