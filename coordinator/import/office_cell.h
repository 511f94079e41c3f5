/*
 * Cells as offices fill them, brought to the form of the plan's CSV: spans of time
 * (7h30 – 8h00, từ 7 giờ đến 8 giờ, 07:30-), times and lengths by the format of the cell, days.
 * cell_value.h reads what stands in them.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_OFFICE_CELL_H
#define DIEMCAU_COORDINATOR_IMPORT_OFFICE_CELL_H

#include "coordinator/plan/cell_value.h"
#include "coordinator/sheets/sheets.h"

enum {
	OFFICE_TEXT_SIZE = 4096, /* of a cell on one line: a topic has 1000 characters */
	OFFICE_MINUTES_SIZE = 12,
};

/* A cell's text on one line, without blanks around it and what cannot be seen; cut to fit. */
void office_text(const struct sheet_cell *cell, char ret_text[static OFFICE_TEXT_SIZE]);

/* When something is: any of the two may be "". */
struct office_span {
	char start[CELL_CLOCK_SIZE];
	char end[CELL_CLOCK_SIZE];
};

/* False: no time of day, or something beside it. */
bool office_span_read(const struct sheet_cell *cell, struct office_span *ret_span);

/* From one time of day to another, over midnight where the second is earlier. */
int office_minutes_between(const char *start, const char *end);

/* A length in minutes. */
bool office_minutes_read(const struct sheet_cell *cell, int64_t *ret_minutes);

/* A day; where it can be read in two ways the day comes before the month, as in every office. */
bool office_day_read(const struct sheet_cell *cell, char ret_day[static CELL_DATE_SIZE]);

#endif
