/*
 * A CSV file of a plan, converted to its JSON document.
 *
 * The first row names the fields of the row's form, in any order; an empty cell is an absent field.
 * Cells are read as clerks and spreadsheets write them (cell_value.h), by the type of their field;
 * what is not read stays as it is, so that the schema refuses it. So both ways of writing a plan
 * pass the same schema and the same checks.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_CSV_JSON_H
#define DIEMCAU_COORDINATOR_PLAN_CSV_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/plan/date_order.h"
#include "coordinator/plan/diagnostics.h"
#include "proto/codec/codec.h"

struct csv_json {
	char *json;
	size_t length;
	size_t *rows; /* rows[i] is the row of the file that element i of the document came from */
	size_t n_rows;
	size_t capacity;
	/* bit i: no column for required field i; reported once, not for each row */
	uint64_t absent;
	char *damaged; /* the text of rows that were left out; never NULL after csv_json_read */
	size_t damaged_length;
	bool lost; /* nothing of the rows can be told */
};

/* What is read: the text is changed (csv_init). */
struct csv_json_source {
	const struct msg_type *type; /* an object with one array of rows */
	const char *file;
	char *text;
	size_t length;
	struct date_order order; /* with the days that are likely */
};

/* Rows that are no CSV are reported and left out. 0 or -ENOMEM. */
int csv_json_read(struct csv_json *sheet, const struct csv_json_source *source,
	struct plan_diagnostics *faults);

/* Whether the required field of this name has no column at all. */
bool csv_json_lacks_column(
	const struct csv_json *sheet, const struct msg_type *type, const char *field);

void csv_json_finish(struct csv_json *sheet);

#endif
