/*
 * Rows of a part of a plan as texts by column: what a table says, what the plan has, and what comes
 * of both. NULL: nothing is said of it; "": it is said to be empty.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_ROWS_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_ROWS_H

#include "coordinator/import/import_column.h"
#include "coordinator/plan/plan.h"

enum import_fate {
	IMPORT_FATE_UNSET,
	IMPORT_ADDED,
	IMPORT_CHANGED,
	IMPORT_UNCHANGED,
	IMPORT_KEPT, /* only the plan has it, and it stays */
	IMPORT_DROPPED, /* only the plan has it, and it goes */
};

struct import_row {
	const char *values[IMPORT_COLUMNS];
	const char *const
		*others; /* by the field's place in its type, where no column is; or NULL */
	size_t table; /* where it was read, from 0, and */
	size_t row; /* its row there, from 1; 0: from the plan */
	enum import_fate fate;
	const struct import_row *before; /* as the plan has it; or NULL */
};

struct import_rows {
	struct import_row *list; /* of malloc */
	size_t n, capacity;
};

/* A new row at the end, of all zeroes; NULL: no memory. Earlier pointers into the list end. */
struct import_row *import_rows_add(struct import_rows *rows);
void import_rows_finish(struct import_rows *rows);

/* The value, "" where nothing is said. */
const char *import_value(const struct import_row *row, enum import_column column);

/* A copy of the text that lasts as long as the arena; NULL: no memory. */
const char *import_keep(struct msg_arena *arena, const char *text);

/* The part as the plan has it. 0 or -ENOMEM. */
int import_rows_of_plan(const struct plan *plan, enum import_part part, struct msg_arena *arena,
	struct import_rows *ret_rows);

/* The file of the part: CSV as Excel opens it, of malloc; NULL: no memory. */
char *import_rows_csv(const struct import_rows *rows, enum import_part part, size_t *ret_length);

#endif
