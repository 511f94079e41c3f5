/* Dates and days: each is the other's inverse, and what is no day is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "coordinator/meeting/calendar.h"

enum { DAYS_1970_TO_9999 = 2932897 };

static void days_and_dates_are_inverse(void **state)
{
	(void)state;
	char text[16];
	for (int64_t day = 0; day < DAYS_1970_TO_9999; day++) {
		struct calendar_date date = mtg_date_of_day(day);
		int64_t back = -1;
		snprintf(text, sizeof(text), "%04d-%02d-%02d", date.year % 10000, date.month % 100,
			date.day % 100);
		if (!mtg_parse_date(text, &back) || back != day) {
			fail_msg("day %lld is %s, which is day %lld", (long long)day, text,
				(long long)back);
		}
	}
}

static void known_days_have_their_number(void **state)
{
	(void)state;
	int64_t day;
	assert_true(mtg_parse_date("1970-01-01", &day) && day == 0);
	assert_true(mtg_parse_date("2000-02-29", &day) && day == 11016);
	assert_true(mtg_parse_date("2026-11-30", &day) && day == 20787);
	assert_true(mtg_parse_date("9999-12-31", &day) && day == DAYS_1970_TO_9999 - 1);
}

static void what_is_no_day_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "2026", "2026-1-01", "2026-13-01", "2026-00-10",
		"2026-02-29", "1900-02-29", "2026-04-31", "2026-01-00", "2026/01/01", "2026-01-011",
		"x026-01-01"};
	struct calendar_date date;
	int64_t day;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(mtg_read_date(wrong[i], &date));
		assert_false(mtg_parse_date(wrong[i], &day));
	}
	assert_true(mtg_read_date("1969-12-31", &date) && date.year == 1969);
	assert_false(mtg_parse_date("1969-12-31", &day)); /* no day of the count */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_and_dates_are_inverse),
		cmocka_unit_test(known_days_have_their_number),
		cmocka_unit_test(what_is_no_day_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
