/*
 * Cells as clerks write them and spreadsheets save them, brought to the form of the schema: times
 * (7:30, 08:30:00, 7h30, 07g30, 7 giờ 30, 07:30:00 AM, 1:30 CH, 07:30:00 sáng; 0,3125 of a day),
 * lengths (90 min, 90 phút, 1h30), numbers (90,0), days (10/06/2022, 10.6.22, ngày 10 tháng 6 năm
 * 2022). What could mean two things is not read. Texts are UTF-8 in normal form C. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_CELL_VALUE_H
#define DIEMCAU_COORDINATOR_PLAN_CELL_VALUE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	CELL_CLOCK_SIZE = 6, /* HH:MM and NUL */
	CELL_DATE_SIZE = 11, /* YYYY-MM-DD and NUL */
	CELL_NUMBER_DIGITS = 15, /* of a whole number: no more than a double holds exactly */
};

/* A time of day as HH:MM; false: it is none, or has seconds. */
bool cell_read_clock(const char *text, char ret_clock[static CELL_CLOCK_SIZE]);

/* Minutes from a part of a day, "0.3125", which are whole ones. */
bool cell_read_day_part(const char *text, int *ret_minutes);

/* A whole number, as a spreadsheet may show it (90,0). */
bool cell_read_number(const char *text, int64_t *ret_number);

/* A length in minutes: a whole number, with or without a unit, or hours and minutes. */
bool cell_read_minutes(const char *text, int64_t *ret_minutes);

/* Yes or no. */
bool cell_read_yes(const char *text, bool *ret_yes);

/* A day; `first` and `second` are day and month in an order that only other dates can tell. */
struct cell_date {
	bool certain; /* the year or a word comes first: first is the month, second the day */
	int year;
	int first;
	int second;
};

/* False: no date at all. Whether there is such a day is not asked. */
bool cell_read_date(const char *text, struct cell_date *ret_date);

void cell_write_date(int year, int month, int day, char ret_text[static CELL_DATE_SIZE]);

#endif
