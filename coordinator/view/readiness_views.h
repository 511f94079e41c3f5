/*
 * Private: what is prepared, as views: the readiness ledger as a whole, the checklist with its
 * ticks, the tasks. Arrays are in the arena; 0 or -ENOMEM.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_READINESS_VIEWS_H
#define DIEMCAU_COORDINATOR_VIEW_READINESS_VIEWS_H

#include "coordinator/view/derived.h"

/* What a site that is on the roster still needs, and since when its technician is at the post. */
void readiness_view_site(const struct view_derived *derived, int site, struct wire_site_view *ret);
/* Zeroes *ret first. */
void readiness_view_ledger(const struct view_derived *derived, struct wire_ledger_view *ret);
/* Room for CHECKS_MAX; returns how many. */
size_t readiness_view_checks(const struct view_derived *derived, struct wire_check_view *ret);
/* Of the sites whose ticks changed after this seq. */
int readiness_view_ticks(const struct view_derived *derived, int64_t after, struct msg_arena *arena,
	const struct wire_site_ticks_view **ret, size_t *ret_n);
int readiness_view_tasks(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_task_view **ret, size_t *ret_n);
/* How many tasks are late: their views change with the day alone. */
size_t readiness_late_tasks(const struct view_derived *derived);

#endif
