/* Gregorian dates, counted in days. */
#include "coordinator/meeting/calendar.h"

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Leap years before this one, counted from year 0. */
static int64_t leaps_before(int year)
{
	int last = year - 1;

	return last / 4 - last / 100 + last / 400;
}

static bool parse_digits(const char *text, int n, int *ret)
{
	int value = 0;

	for (int i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9') {
			return false;
		}
		value = value * 10 + (text[i] - '0');
	}
	*ret = value;
	return true;
}

bool mtg_read_date(const char *text, struct calendar_date *ret_date)
{
	struct calendar_date date;

	if (!parse_digits(text, 4, &date.year) || text[4] != '-' ||
		!parse_digits(text + 5, 2, &date.month) || text[7] != '-' ||
		!parse_digits(text + 8, 2, &date.day) || text[10] != 0) {
		return false;
	}
	if (date.month < 1 || date.month > 12 || date.day < 1 ||
		date.day > days_in(date.year, date.month)) {
		return false;
	}
	*ret_date = date;
	return true;
}

bool mtg_parse_date(const char *text, int64_t *ret_day)
{
	struct calendar_date date;

	if (!mtg_read_date(text, &date) || date.year < 1970) {
		return false;
	}
	int64_t days =
		(int64_t)(date.year - 1970) * 365 + leaps_before(date.year) - leaps_before(1970);
	for (int month = 1; month < date.month; month++) {
		days += days_in(date.year, month);
	}
	*ret_day = days + date.day - 1;
	return true;
}

/* By eras of 400 years from 1 March 0000, so that a leap day is the last of its year. */
struct calendar_date mtg_date_of_day(int64_t day)
{
	int64_t days = day + 719468;
	int64_t era = days / 146097;
	int64_t of_era = days % 146097;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
	int64_t shifted = (5 * of_year + 2) / 153;
	int month = (int)(shifted < 10 ? shifted + 3 : shifted - 9);

	return (struct calendar_date){.year = (int)(year + era * 400) + (month <= 2),
		.month = month,
		.day = (int)(of_year - (153 * shifted + 2) / 5 + 1)};
}
