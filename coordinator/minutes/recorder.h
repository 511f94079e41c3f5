/*
 * The recorder: takes the records of a meeting, in order, and compiles its minutes.
 *
 * Minutes depend on the journal alone: the same records give the same minutes, during the meeting
 * and after it. The recorder folds the meeting by the core's own rules and adds what the state does
 * not hold: each stretch on the floor, cleared alarms, how long each site was connected. Reads no
 * clock; running times count up to the last record.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_RECORDER_H
#define DIEMCAU_COORDINATOR_MINUTES_RECORDER_H

#include "coordinator/meeting/meeting.h"
#include "minutes_msg.h"
#include "proto/codec/arena.h"

struct minutes_recorder;

/* NULL when there is no memory. */
struct minutes_recorder *minutes_recorder_create(void);

/* NULL is allowed. */
void minutes_recorder_destroy(struct minutes_recorder *recorder);

/* Adds the next record; records follow from 1 without a gap. */
void minutes_recorder_add(struct minutes_recorder *recorder, const struct mtg_record *record);

/* The hash of the last record in the journal, as text; empty where it has none. */
void minutes_recorder_set_head(struct minutes_recorder *recorder, const char *hash);

/*
 * The minutes as of the last record, as a reader in this role may see them: what follows from
 * events that the role does not see (meeting/rights.h) is left out, and the minutes say so. Long
 * arrays live in `arena`. 0; -ENODATA before meeting.created; -ENOMEM (also if memory failed while
 * recording).
 */
int minutes_recorder_compile(const struct minutes_recorder *recorder, enum role role,
	struct msg_arena *arena, struct minutes *ret_minutes);

#endif
