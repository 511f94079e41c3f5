/*
 * The planned times of a programme on one line: milliseconds from midnight of the meeting's date,
 * on through the days that follow. Pure.
 *
 * A clock time belongs to the day that its row names, else to the day on which the item above ends.
 * Where it would lie before that end it is meant for after midnight, if then no more than
 * AFTER_MIDNIGHT_MS pass in between; a longer pause is more likely a slip, and wants its day.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_AGENDA_TIMES_H
#define DIEMCAU_COORDINATOR_PLAN_AGENDA_TIMES_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/meeting/calendar.h"
#include "plan_msg.h"

enum {
	AFTER_MIDNIGHT_MS = 6 * 3600 * 1000,
	AGENDA_DAYS_LIKELY = 10, /* of one that is not a year's */
};

/* Where the line stands: the planned end of the items so far. */
struct agenda_line {
	int64_t date; /* the meeting's, as calendar.h counts days */
	uint64_t end;
};

struct agenda_time {
	uint64_t start; /* where the row has one */
	uint64_t fixed_end; /* likewise */
	bool day_out; /* its day is not among those of the meeting; it was taken as none */
	bool early; /* it starts before the item above is planned to end */
	bool ends_before; /* its fixed end is not after its start */
};

/* When the programme is planned to end. */
uint64_t agenda_end(const struct plan_meeting *meeting, const struct plan_agenda *agenda);
/* The meeting's hard end, on the line; 0: it has none. */
uint64_t agenda_hard_end(const struct plan_meeting *meeting, const struct plan_agenda *agenda);

/* From the meeting's date; one that is no day is taken as 1970-01-01. */
void agenda_line_init(struct agenda_line *line, const char *date);

/* The times of the next row. */
void agenda_line_next(
	struct agenda_line *line, const struct plan_item *item, struct agenda_time *ret);

#endif
