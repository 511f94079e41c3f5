/* What is shown of password guessing, and for how long, without a clock. */
#include "coordinator/identity/login_failures.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static struct login_failures failures;
static struct failed_logins shown[LOGIN_FAILURES_ACCOUNTS_MAX];

static int clear(void **state)
{
	(void)state;
	failures = (struct login_failures){0};
	return 0;
}

static void note(int times, const char *account, uint64_t host, int64_t ms)
{
	for (int i = 0; i < times; i++) {
		login_failures_add(&failures, account, host, (struct instant){ms});
	}
}

static size_t show(int64_t ms)
{
	return login_failures_list(&failures, (struct instant){ms}, shown);
}

static void a_slip_of_the_finger_is_not_shown(void **state)
{
	(void)state;
	note(LOGIN_FAILURES_SHOWN - 1, "lan", 1, 0);
	assert_int_equal(show(0), 0);
	note(1, "lan", 1, 10);
	assert_int_equal(show(10), 1);
	assert_string_equal(shown[0].account, "lan");
	assert_int_equal(shown[0].attempts, LOGIN_FAILURES_SHOWN);
	assert_int_equal(shown[0].addresses, 1);
	assert_int_equal(shown[0].since.ms, 0);
}

static void addresses_are_counted_once_each(void **state)
{
	(void)state;
	note(3, "lan", 1, 0);
	note(3, "lan", 2, 0);
	note(3, "lan", 1, 0);
	assert_int_equal(show(0), 1);
	assert_int_equal(shown[0].addresses, 2);
	assert_int_equal(shown[0].attempts, 9);
}

static void too_many_addresses_are_as_many_as_can_be_counted(void **state)
{
	(void)state;
	for (int i = 0; i < 2 * LOGIN_FAILURES_ADDRESSES_MAX; i++) {
		note(1, "lan", (uint64_t)i + 1, 0);
	}
	show(0);
	assert_int_equal(shown[0].addresses, LOGIN_FAILURES_ADDRESSES_MAX);
}

static void it_clears_when_nobody_tries_any_more(void **state)
{
	(void)state;
	note(LOGIN_FAILURES_SHOWN, "lan", 1, 0);
	assert_int_equal(show(LOGIN_FAILURES_CALM_MS - 1), 1);
	assert_int_equal(show(LOGIN_FAILURES_CALM_MS), 0);
	note(1, "lan", 1, LOGIN_FAILURES_CALM_MS);
	assert_int_equal(show(LOGIN_FAILURES_CALM_MS), 0); /* it begins anew */
}

static void a_patient_guesser_stays_shown(void **state)
{
	(void)state;
	note(LOGIN_FAILURES_SHOWN, "lan", 1, 0);
	for (int i = 1; i < 10; i++) {
		int64_t now = (int64_t)i * LOGIN_BACKOFF_LONG_MOST_MS;
		note(1, "lan", 1, now);
		assert_int_equal(show(now), 1);
	}
}

static void many_who_come_at_one_time_are_no_guessers(void **state)
{
	(void)state;
	struct instant now = {0};
	for (int i = 0; i < 100; i++) {
		login_failures_add_slowed(&failures, "lan", 1, now);
	}
	note(LOGIN_FAILURES_SHOWN - 1, "lan", 1, 0);
	login_failures_add_slowed(&failures, "lan", 1, now);
	assert_int_equal(show(0), 0);
	note(1, "lan", 1, 0);
	login_failures_add_slowed(&failures, "lan", 2, now);
	assert_int_equal(show(0), 1);
	assert_int_equal(shown[0].attempts, LOGIN_FAILURES_SHOWN + 1);
	assert_int_equal(shown[0].addresses, 2);
}

static const char *name_of(int i)
{
	static char name[ACCOUNT_NAME_SIZE];
	snprintf(name, sizeof(name), "a%d", i);
	return i > 0 ? name : "";
}

static void accounts_are_told_apart_and_the_least_tried_is_forgotten(void **state)
{
	(void)state;
	for (int i = 0; i < LOGIN_FAILURES_ACCOUNTS_MAX; i++) {
		note(LOGIN_FAILURES_SHOWN + (i != 7), name_of(i), 1, 1000 + i);
	}
	note(LOGIN_FAILURES_SHOWN, "late", 1, 2000);
	assert_int_equal(show(2000), LOGIN_FAILURES_ACCOUNTS_MAX);
	for (int i = 0; i < LOGIN_FAILURES_ACCOUNTS_MAX; i++) {
		assert_string_not_equal(shown[i].account, "a7");
	}
}

static void whoever_tries_each_of_many_in_turn_is_shown(void **state)
{
	(void)state;
	for (int round = 0; round < LOGIN_FAILURES_SHOWN; round++) {
		for (int i = 0; i < LOGIN_FAILURES_ACCOUNTS_MAX + 8; i++) {
			note(1, name_of(i), 1, round * 100 + i);
		}
	}
	assert_true(show(1000) >= LOGIN_FAILURES_ACCOUNTS_MAX - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_slip_of_the_finger_is_not_shown, clear),
		cmocka_unit_test_setup(addresses_are_counted_once_each, clear),
		cmocka_unit_test_setup(too_many_addresses_are_as_many_as_can_be_counted, clear),
		cmocka_unit_test_setup(it_clears_when_nobody_tries_any_more, clear),
		cmocka_unit_test_setup(a_patient_guesser_stays_shown, clear),
		cmocka_unit_test_setup(many_who_come_at_one_time_are_no_guessers, clear),
		cmocka_unit_test_setup(
			accounts_are_told_apart_and_the_least_tried_is_forgotten, clear),
		cmocka_unit_test_setup(whoever_tries_each_of_many_in_turn_is_shown, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
