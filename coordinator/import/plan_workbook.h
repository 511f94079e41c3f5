/*
 * A plan's tables as a workbook for an office: what import reads back, with titles that people
 * read. So a plan goes to those who know, and comes back.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_PLAN_WORKBOOK_H
#define DIEMCAU_COORDINATOR_IMPORT_PLAN_WORKBOOK_H

#include <stddef.h>

#include "coordinator/plan/plan.h"

/* The file's bytes into *ret_bytes, which the caller frees. 0 or a negative errno. */
int plan_workbook_make(
	const struct plan *plan, enum language language, char **ret_bytes, size_t *ret_size);

#endif
