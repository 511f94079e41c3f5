/*
 * The readiness ledger as a whole: which steps a site needs before it is ready, by when each is to
 * be signed, and how far all of them are. The marks themselves are in roster.h.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_READINESS_H
#define DIEMCAU_COORDINATOR_MEETING_READINESS_H

#include "coordinator/meeting/roster.h"

/* Needed and not signed: documents only where some are owed, the checklist only where there is one.
 */
bool mtg_is_missing(
	const struct meeting *meeting, const struct site *site, enum readiness_step step);
/* When a step of this site is to be signed; false: whenever. */
bool mtg_step_due(const struct meeting *meeting, const struct site *site, enum readiness_step step,
	struct stamp *ret_due);
/* When it is to be signed at all sites; false: there is no such time. */
bool mtg_step_due_of_all(
	const struct meeting *meeting, enum readiness_step step, struct stamp *ret_due);
/* The end of a day (calendar.h) at the place of the meeting. */
struct stamp mtg_end_of_day(const struct meeting *meeting, int64_t day);

/* Of the remote sites that are on the roster and not barred. */
struct ledger {
	size_t expected;
	size_t ready; /* nothing is missing */
	size_t posted; /* their technicians are at their posts */
	size_t needed[READINESS_STEP_END];
	size_t done[READINESS_STEP_END]; /* of those that need it */
};

void mtg_ledger(const struct meeting *meeting, struct ledger *ret);

#endif
