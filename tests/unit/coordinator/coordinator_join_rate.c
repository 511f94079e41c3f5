/* How often a join file may come in, without a clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/peers/join_rate.h"

static const struct instant begun = {1000};
static struct join_rate join_rate;

static int clear(void **state)
{
	(void)state;
	memset(&join_rate, 0, sizeof(join_rate));
	return 0;
}

static int come(const char *instance, int times, struct instant now)
{
	int let_in = 0;
	for (int i = 0; i < times; i++) {
		let_in += join_rate_take(&join_rate, instance, now);
	}
	return let_in;
}

static void a_loop_of_strangers_is_slowed_down(void **state)
{
	(void)state;
	assert_int_equal(come("a", 1000, begun), JOIN_RATE_OTHERS_BURST);
	struct instant later = {begun.ms + JOIN_RATE_OTHERS_SPAN_MS};
	assert_int_equal(come("b", 1000, later), 1);
	later.ms += JOIN_RATE_OTHERS_SPAN_MS * JOIN_RATE_OTHERS_BURST;
	assert_int_equal(come("c", 1000, later), JOIN_RATE_OTHERS_BURST);
}

static void who_held_the_seat_comes_back_beside_them(void **state)
{
	(void)state;
	assert_true(join_rate_take(&join_rate, "site", begun));
	join_rate_admitted(&join_rate, "site");
	come("thief", 1000, begun);
	for (int i = 0; i < 100; i++) {
		struct instant now = {begun.ms + i * JOIN_RATE_OWN_SPAN_MS};
		assert_true(join_rate_take(&join_rate, "site", now));
	}
}

static void who_held_it_is_slowed_down_in_a_loop_as_well(void **state)
{
	(void)state;
	join_rate_admitted(&join_rate, "site");
	assert_int_equal(come("site", 1000, begun), JOIN_RATE_OWN_BURST);
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
