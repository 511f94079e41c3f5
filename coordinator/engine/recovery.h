/* Recovery from a journal: its timeline, its two folds, and the reply cache. */
#ifndef DIEMCAU_COORDINATOR_ENGINE_RECOVERY_H
#define DIEMCAU_COORDINATOR_ENGINE_RECOVERY_H

#include <stdbool.h>

#include "coordinator/engine/clock.h"
#include "coordinator/engine/reply_cache.h"
#include "coordinator/journal/journal.h"
#include "coordinator/meeting/meeting.h"

struct recovery {
	bool resumed; /* false: the journal is new, and its timeline begins */
	struct clock_resumption how; /* when resumed */
};

/*
 * Begin the timeline of a new journal, or continue that of an old one; the new anchor is on disk on
 * return. Refusals and faults are those of journal.h.
 */
int recover_clock(struct journal *journal, struct clock *clock, struct recovery *ret_resumption);

/*
 * Fold every event into both empty meetings, and fill the reply cache. 0; JOURNAL_DAMAGED also when
 * the meeting would break an invariant; a fault of journal.h.
 */
int recover_meetings(const char *path, struct meeting *pending, struct meeting *committed,
	struct reply_cache *cache);

#endif
