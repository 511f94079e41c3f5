/* The clock of a meeting that is played: its rate, where it is put, and where it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/engine/playing_clock.h"

static struct instant ms(int64_t at)
{
	return (struct instant){at};
}

static int64_t shown(const struct playing_clock *clock, int64_t now)
{
	return playing_clock_at(clock, ms(now)).ms;
}

static int64_t until(const struct playing_clock *clock, int64_t due, int64_t now)
{
	return playing_clock_until(clock, ms(due), ms(now)).ms;
}

/* It stands at 5 000 000, which everybody else calls 1 000. */
static struct playing_clock standing(void)
{
	struct playing_clock clock = {0};
	playing_clock_put(&clock, ms(5000000), ms(9000000), ms(1000));
	return clock;
}

static void it_stands_until_it_is_let_go(void **state)
{
	(void)state;
	struct playing_clock clock = standing();
	assert_int_equal(shown(&clock, 1000), 5000000);
	assert_int_equal(shown(&clock, 700000), 5000000);
	assert_int_equal(until(&clock, 5000001, 700000), -1);
}

static void it_goes_at_its_rate_from_where_it_stood(void **state)
{
	(void)state;
	struct playing_clock clock = standing();
	playing_clock_pace(&clock, 60, ms(2000));
	assert_int_equal(shown(&clock, 2000), 5000000);
	assert_int_equal(shown(&clock, 3000), 5060000);
	playing_clock_pace(&clock, 1, ms(3000));
	assert_int_equal(shown(&clock, 3500), 5060500);
	playing_clock_pace(&clock, 0, ms(3500));
	assert_int_equal(shown(&clock, 90000), 5060500);
}

static void put_elsewhere_it_keeps_its_rate(void **state)
{
	(void)state;
	struct playing_clock clock = standing();
	playing_clock_pace(&clock, 10, ms(2000));
	playing_clock_put(&clock, ms(4000000), ms(9000000), ms(2500));
	assert_int_equal(shown(&clock, 2500), 4000000);
	assert_int_equal(shown(&clock, 2600), 4001000);
}

static void it_shows_nothing_behind_its_end(void **state)
{
	(void)state;
	struct playing_clock clock = standing();
	playing_clock_pace(&clock, 1000, ms(1000));
	assert_int_equal(shown(&clock, 4999), 8999000);
	assert_int_equal(shown(&clock, 5000), 9000000);
	assert_int_equal(shown(&clock, 5001), 9000000);
	assert_int_equal(until(&clock, 9000000, 1000), 4000);
	assert_int_equal(until(&clock, 9000001, 1000), -1);
}

/* A wait that ended a millisecond early would find nothing due, and be begun again and again. */
static void after_the_wait_it_is_due(void **state)
{
	(void)state;
	struct playing_clock clock = standing();
	for (uint32_t rate = 1; rate <= 1000; rate++) {
		playing_clock_pace(&clock, rate, ms(1000));
		playing_clock_put(&clock, ms(5000000), ms(9000000), ms(1000));
		for (int64_t due = 5000000; due < 5000050; due++) {
			int64_t wait = until(&clock, due, 1000);
			assert_true(shown(&clock, 1000 + wait) >= due);
			assert_true(wait == 0 || shown(&clock, 1000 + wait - 1) < due);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_stands_until_it_is_let_go),
		cmocka_unit_test(it_goes_at_its_rate_from_where_it_stood),
		cmocka_unit_test(put_elsewhere_it_keeps_its_rate),
		cmocka_unit_test(it_shows_nothing_behind_its_end),
		cmocka_unit_test(after_the_wait_it_is_due),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
