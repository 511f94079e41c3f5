/*
 * The timeline of a meeting and the wall clock; this program reads clocks only here.
 *
 * Instants continue from the journal: on the same boot of the machine by CLOCK_BOOTTIME (which runs
 * through suspend), after another boot from the last entry by the wall clock, which is recorded.
 * Instants never step back, whatever the clocks do.
 */
#ifndef DIEMCAU_COORDINATOR_ENGINE_CLOCK_H
#define DIEMCAU_COORDINATOR_ENGINE_CLOCK_H

#include "coordinator/journal/journal.h"
#include "domain_msg.h"
#include "units.h"

struct clock_reading {
	char boot_id[JOURNAL_BOOT_ID_SIZE];
	int64_t boottime_ms;
	struct stamp wall;
};

struct clock {
	struct journal_anchor anchor;
	struct instant latest; /* the latest one returned */
};

/* How a timeline was continued, for the command clock.resume. */
struct clock_resumption {
	enum clock_source source;
	struct span gap; /* since the last entry */
};

int clock_read(struct clock_reading *ret);

/* Begin a timeline at zero. */
void clock_begin(struct clock *clock, const struct clock_reading *reading);

/*
 * Continue a timeline: `anchor` as stored in the journal, `last` the time of its last entry. The
 * new anchor is clock->anchor. Pure.
 */
struct clock_resumption clock_resume(struct clock *clock, const struct clock_reading *reading,
	const struct journal_anchor *anchor, struct now last);

/* Both clocks at a reading. Pure, except that it never steps back. */
struct now clock_at(struct clock *clock, const struct clock_reading *reading);
struct now clock_now(struct clock *clock);

#endif
