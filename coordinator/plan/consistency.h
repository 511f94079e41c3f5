/* Checks across fields: whether the parts of a plan fit together. */
#ifndef DIEMCAU_COORDINATOR_PLAN_CONSISTENCY_H
#define DIEMCAU_COORDINATOR_PLAN_CONSISTENCY_H

#include "coordinator/plan/part.h"
#include "coordinator/plan/plan.h"

struct plan_parts {
	struct plan_part meeting;
	struct plan_part sites;
	struct plan_part agenda;
	struct plan_part speaking;
	struct plan_part awards;
	struct plan_part signing;
	struct plan_part documents;
	struct plan_part votes;
	struct plan_part checklist;
	struct plan_part tasks;
};

/*
 * Adds every fault found. Fields left empty by an earlier fault are skipped, and so are references
 * that may mean a damaged row (plan_part_may_hold).
 */
void plan_check(
	const struct plan *plan, const struct plan_parts *parts, struct plan_diagnostics *faults);

#endif
