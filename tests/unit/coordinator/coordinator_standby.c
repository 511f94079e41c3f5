/* Seats: one live instance per join file, and what happens when another comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/peers/standby.h"

static const char a[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
static const char b[] = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
static const char c[] = "cccccccccccccccccccccccccccccccc";

static uint64_t displaced;

static void the_same_instance_replaces_its_old_connection(void **state)
{
	(void)state;
	struct standby standby = {0};
	assert_int_equal(standby_connect(&standby, a, 1, &displaced), STANDBY_ACTIVE);
	assert_int_equal(displaced, 0);
	assert_int_equal(standby_connect(&standby, a, 2, &displaced), STANDBY_RECONNECTED);
	assert_int_equal(displaced, 1);
	assert_int_equal(standby_disconnect(&standby, 1), STANDBY_UNCHANGED);
	assert_int_equal(standby_disconnect(&standby, 2), STANDBY_EMPTY);
}

static void another_instance_waits_and_takes_over(void **state)
{
	(void)state;
	struct standby standby = {0};
	standby_connect(&standby, a, 1, &displaced);
	assert_int_equal(standby_connect(&standby, b, 2, &displaced), STANDBY_WAITING);
	assert_int_equal(displaced, 0);
	assert_int_equal(standby_connect(&standby, b, 3, &displaced), STANDBY_WAITING);
	assert_int_equal(displaced, 2);
	assert_int_equal(standby_connect(&standby, c, 4, &displaced), STANDBY_REFUSED);
	assert_int_equal(standby_disconnect(&standby, 4), STANDBY_UNCHANGED);
	assert_int_equal(standby_disconnect(&standby, 1), STANDBY_TOOK_OVER);
	assert_int_equal(standby.holder.connection, 3);
	assert_string_equal(standby.holder.instance, b);
	assert_int_equal(standby_connect(&standby, a, 5, &displaced), STANDBY_WAITING);
}

static void a_spare_may_go(void **state)
{
	(void)state;
	struct standby standby = {0};
	standby_connect(&standby, a, 1, &displaced);
	standby_connect(&standby, b, 2, &displaced);
	assert_int_equal(standby_disconnect(&standby, 2), STANDBY_SPARE_LEFT);
	assert_int_equal(standby_disconnect(&standby, 1), STANDBY_EMPTY);
}

static void a_spare_is_promoted_on_request(void **state)
{
	(void)state;
	struct standby standby = {0};
	assert_int_equal(standby_promote(&standby), 0);
	standby_connect(&standby, a, 1, &displaced);
	assert_int_equal(standby_promote(&standby), 0);
	standby_connect(&standby, b, 2, &displaced);
	assert_int_equal(standby_promote(&standby), 1);
	assert_int_equal(standby.holder.connection, 2);
	assert_int_equal(standby.spare.connection, 0);
	assert_int_equal(standby_disconnect(&standby, 1), STANDBY_UNCHANGED);
	assert_int_equal(standby_connect(&standby, a, 3, &displaced), STANDBY_WAITING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_instance_replaces_its_old_connection),
		cmocka_unit_test(another_instance_waits_and_takes_over),
		cmocka_unit_test(a_spare_may_go),
		cmocka_unit_test(a_spare_is_promoted_on_request),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
