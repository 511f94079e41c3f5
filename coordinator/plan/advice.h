/*
 * What a sound plan may have and probably should not: a turn longer than its item, a main venue
 * without a camera, papers due after the meeting. Notes beside the faults; nothing is refused.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_ADVICE_H
#define DIEMCAU_COORDINATOR_PLAN_ADVICE_H

#include "coordinator/plan/consistency.h"

/* Of a plan without faults. */
void plan_advise(
	const struct plan *plan, const struct plan_parts *parts, struct plan_diagnostics *notes);

#endif
