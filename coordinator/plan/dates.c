/* Days and times of day. */
#include "coordinator/plan/dates.h"

static int digits(const char *text, int n)
{
	int value = 0;
	for (int i = 0; i < n; i++) {
		value = value * 10 + (text[i] - '0');
	}
	return value;
}

bool date_exists(const char *date)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int year = digits(date, 4);
	int month = digits(date + 5, 2);
	int day = digits(date + 8, 2);
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month >= 1 && month <= 12 && day >= 1 &&
	       day <= days[month - 1] + (leap && month == 2);
}

uint32_t clock_ms(const char *clock)
{
	return (uint32_t)(digits(clock, 2) * 60 + digits(clock + 3, 2)) * 60000;
}
