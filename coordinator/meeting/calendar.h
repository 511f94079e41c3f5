/*
 * Days of the Gregorian calendar, without libc's clock: the one place that knows leap years. Days
 * are counted from 1970-01-01, which is day 0. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_CALENDAR_H
#define DIEMCAU_COORDINATOR_MEETING_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

enum {
	DAY_MS = 24 * 3600 * 1000,
	MEETING_DAYS_MAX = 400, /* a year with its sittings */
};

/* The last millisecond of them, as time_of_day of proto/schema/types.json counts. */
#define TIME_OF_DAY_MAX ((uint64_t)MEETING_DAYS_MAX * DAY_MS - 1)

struct calendar_date {
	int year;
	int month; /* 1 to 12 */
	int day; /* of the month, from 1 */
};

/* "YYYY-MM-DD"; false where the form is another, or there is no such day (years 0 to 9999). */
bool mtg_read_date(const char *text, struct calendar_date *ret_date);

/* "YYYY-MM-DD" as a day; false if there is no such day (1970 to 9999). */
bool mtg_parse_date(const char *text, int64_t *ret_day);

/* The date of a day; day >= 0. */
struct calendar_date mtg_date_of_day(int64_t day);

#endif
