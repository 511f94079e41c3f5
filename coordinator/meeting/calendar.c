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

bool mtg_parse_date(const char *text, int64_t *ret_day)
{
	int year, month, day;
	int64_t days;

	if (!parse_digits(text, 4, &year) || text[4] != '-' || !parse_digits(text + 5, 2, &month) ||
		text[7] != '-' || !parse_digits(text + 8, 2, &day) || text[10] != 0) {
		return false;
	}
	if (year < 1970 || month < 1 || month > 12 || day < 1 || day > days_in(year, month)) {
		return false;
	}
	days = (int64_t)(year - 1970) * 365 + leaps_before(year) - leaps_before(1970);
	for (int m = 1; m < month; m++) {
		days += days_in(year, m);
	}
	*ret_day = days + day - 1;
	return true;
}
