/* How often a join file may come in, without a clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/peers/arrivals.h"

static const struct instant begun = {1000};
static struct arrivals arrivals;

static int clear(void **state)
{
	(void)state;
	memset(&arrivals, 0, sizeof(arrivals));
	return 0;
}

static int come(const char *instance, int times, struct instant now)
{
	int let_in = 0;
	for (int i = 0; i < times; i++) {
		let_in += arrivals_take(&arrivals, instance, now);
	}
	return let_in;
}

static void a_loop_of_strangers_is_slowed_down(void **state)
{
	(void)state;
	assert_int_equal(come("a", 1000, begun), ARRIVALS_OTHERS_BURST);
	struct instant later = {begun.ms + ARRIVALS_OTHERS_SPAN_MS};
	assert_int_equal(come("b", 1000, later), 1);
	later.ms += ARRIVALS_OTHERS_SPAN_MS * ARRIVALS_OTHERS_BURST;
	assert_int_equal(come("c", 1000, later), ARRIVALS_OTHERS_BURST);
}

static void who_held_the_seat_comes_back_beside_them(void **state)
{
	(void)state;
	assert_true(arrivals_take(&arrivals, "site", begun));
	arrivals_seated(&arrivals, "site");
	come("thief", 1000, begun);
	for (int i = 0; i < 100; i++) {
		struct instant now = {begun.ms + i * ARRIVALS_OWN_SPAN_MS};
		assert_true(arrivals_take(&arrivals, "site", now));
	}
}

static void who_held_it_is_slowed_down_in_a_loop_as_well(void **state)
{
	(void)state;
	arrivals_seated(&arrivals, "site");
	assert_int_equal(come("site", 1000, begun), ARRIVALS_OWN_BURST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_loop_of_strangers_is_slowed_down, clear),
		cmocka_unit_test_setup(who_held_the_seat_comes_back_beside_them, clear),
		cmocka_unit_test_setup(who_held_it_is_slowed_down_in_a_loop_as_well, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
