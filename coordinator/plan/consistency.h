/* Checks across fields: whether the parts of a plan fit together. */
#ifndef DIEMCAU_COORDINATOR_PLAN_CONSISTENCY_H
#define DIEMCAU_COORDINATOR_PLAN_CONSISTENCY_H

#include "coordinator/plan/plan.h"

/* Where the parts came from, to name rows. */
struct plan_part {
	char file[PLAN_FILE_SIZE];
	const size_t *rows; /* row of each element; NULL: the element's place from 1 */
	bool whole; /* no row is missing or faulty: a name not found in it does not exist */
};

struct plan_parts {
	struct plan_part meeting;
	struct plan_part sites;
	struct plan_part agenda;
	struct plan_part speaking;
	struct plan_part documents;
};

/*
 * Adds every fault found. Fields left empty by an earlier fault are skipped, and references into a
 * part that is not whole are not judged.
 */
void plan_check(
	const struct plan *plan, const struct plan_parts *parts, struct plan_diagnostics *faults);

#endif
