/* Seats: one live instance per join file, and what happens when another comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/ws/seat.h"

static const char a[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static const char b[] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
static const char c[] = "cccccccccccccccccccccccccccccccc";

static uint64_t displaced;

static void the_same_instance_replaces_its_old_connection(void **state)
{
	(void)state;
	struct seat seat = {0};
	assert_int_equal(seat_arrive(&seat, a, 1, &displaced), SEAT_TAKEN);
	assert_int_equal(displaced, 0);
	assert_int_equal(seat_arrive(&seat, a, 2, &displaced), SEAT_RETURNED);
	assert_int_equal(displaced, 1);
	assert_int_equal(seat_leave(&seat, 1), SEAT_STAYS);
	assert_int_equal(seat_leave(&seat, 2), SEAT_EMPTIED);
}

static void another_instance_waits_and_inherits(void **state)
{
	(void)state;
	struct seat seat = {0};
	seat_arrive(&seat, a, 1, &displaced);
	assert_int_equal(seat_arrive(&seat, b, 2, &displaced), SEAT_WAITS);
	assert_int_equal(displaced, 0);
	assert_int_equal(seat_arrive(&seat, b, 3, &displaced), SEAT_WAITS);
	assert_int_equal(displaced, 2);
	assert_int_equal(seat_arrive(&seat, c, 4, &displaced), SEAT_REFUSED);
	assert_int_equal(seat_leave(&seat, 4), SEAT_STAYS);
	assert_int_equal(seat_leave(&seat, 1), SEAT_INHERITED);
	assert_int_equal(seat.holder.connection, 3);
	assert_string_equal(seat.holder.instance, b);
	assert_int_equal(seat_arrive(&seat, a, 5, &displaced), SEAT_WAITS);
}

static void a_spare_may_go(void **state)
{
	(void)state;
	struct seat seat = {0};
	seat_arrive(&seat, a, 1, &displaced);
	seat_arrive(&seat, b, 2, &displaced);
	assert_int_equal(seat_leave(&seat, 2), SEAT_SPARE_GONE);
	assert_int_equal(seat_leave(&seat, 1), SEAT_EMPTIED);
}

static void a_spare_is_promoted_on_request(void **state)
{
	(void)state;
	struct seat seat = {0};
	assert_int_equal(seat_promote(&seat), 0);
	seat_arrive(&seat, a, 1, &displaced);
	assert_int_equal(seat_promote(&seat), 0);
	seat_arrive(&seat, b, 2, &displaced);
	assert_int_equal(seat_promote(&seat), 1);
	assert_int_equal(seat.holder.connection, 2);
	assert_int_equal(seat.spare.connection, 0);
	assert_int_equal(seat_leave(&seat, 1), SEAT_STAYS);
	assert_int_equal(seat_arrive(&seat, a, 3, &displaced), SEAT_WAITS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_instance_replaces_its_old_connection),
		cmocka_unit_test(another_instance_waits_and_inherits),
		cmocka_unit_test(a_spare_may_go),
		cmocka_unit_test(a_spare_is_promoted_on_request),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
