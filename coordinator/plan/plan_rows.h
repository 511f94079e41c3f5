/* A plan as the list of commands that would set its meeting up, looked up by what they are about.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_PLAN_ROWS_H
#define DIEMCAU_COORDINATOR_PLAN_PLAN_ROWS_H

#include "coordinator/plan/plan.h"

struct plan_rows {
	struct command *list; /* owned */
	size_t n;
};

/* Of NULL: none. 0 or -ENOMEM. */
int plan_rows_read(const struct plan *plan, const uint32_t *numbers, struct plan_rows *ret_rows);
void plan_rows_finish(struct plan_rows *rows);

/* The id of what a command of a plan adds; "" for a turn and for the meeting. */
const char *plan_row_id(const struct command *row);
/* The row of this kind and id; NULL: there is none. */
const struct command *plan_rows_find(
	const struct plan_rows *rows, enum command_name name, const char *id);

#endif
