/* The waiting times of password guessing, without a clock. */
#include "coordinator/identity/login_backoff.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROOM = 1024, LAN = 1, MINH = 2, HERE = 7 };

static struct login_backoff *backoff;

static int make(void **state)
{
	(void)state;
	backoff = login_backoff_create(ROOM, 4711);
	return backoff ? 0 : -1;
}

static int destroy(void **state)
{
	(void)state;
	login_backoff_destroy(backoff);
	return 0;
}

static void fail_at(int times, enum login_backoff_kind kind, uint64_t key, struct instant now)
{
	for (int i = 0; i < times; i++) {
		login_backoff_failed(backoff, kind, key, LAN, now);
	}
}

static int64_t wait_of(enum login_backoff_kind kind, uint64_t key, struct instant now)
{
	return login_backoff_wait(backoff, kind, key, now).ms;
}

static void first_failures_are_free(void **state)
{
	(void)state;
	static const int frees[LOGIN_BACKOFF_KINDS] = {
		[LOGIN_BACKOFF_ACCOUNT] = LOGIN_BACKOFF_FREE,
		[LOGIN_BACKOFF_DEVICE] = LOGIN_BACKOFF_FREE,
		[LOGIN_BACKOFF_HOST] = LOGIN_BACKOFF_FREE,
		[LOGIN_BACKOFF_NETWORK] = LOGIN_BACKOFF_NETWORK_FREE,
		[LOGIN_BACKOFF_REGION] = LOGIN_BACKOFF_REGION_FREE,
		[LOGIN_BACKOFF_KNOWN] = LOGIN_BACKOFF_KNOWN_FREE,
		[LOGIN_BACKOFF_PASSES] = LOGIN_BACKOFF_PASSES_FREE,
		[LOGIN_BACKOFF_TOKENS] = LOGIN_BACKOFF_FREE,
		[LOGIN_BACKOFF_LINES] = LOGIN_BACKOFF_LINES_FREE,
	};
	static const int firsts[LOGIN_BACKOFF_KINDS] = {
		[LOGIN_BACKOFF_ACCOUNT] = LOGIN_BACKOFF_WAIT_MIN_MS,
		[LOGIN_BACKOFF_DEVICE] = LOGIN_BACKOFF_WAIT_MIN_MS,
		[LOGIN_BACKOFF_HOST] = LOGIN_BACKOFF_WAIT_MIN_MS,
		[LOGIN_BACKOFF_NETWORK] = LOGIN_BACKOFF_WAIT_MIN_MS,
		[LOGIN_BACKOFF_REGION] = LOGIN_BACKOFF_WAIT_MIN_MS,
		[LOGIN_BACKOFF_KNOWN] = LOGIN_BACKOFF_KNOWN_WAIT_MS,
		[LOGIN_BACKOFF_PASSES] = LOGIN_BACKOFF_PASSES_WAIT_MS,
		[LOGIN_BACKOFF_TOKENS] = LOGIN_BACKOFF_WAIT_MIN_MS,
		[LOGIN_BACKOFF_LINES] = LOGIN_BACKOFF_WAIT_MIN_MS,
	};
	struct instant now = {1000};
	for (int i = 0; i < LOGIN_BACKOFF_KINDS; i++) {
		enum login_backoff_kind kind = (enum login_backoff_kind)i;
		fail_at(frees[i], kind, HERE, now);
		assert_true(wait_of(kind, HERE, now) <= 0);
		fail_at(1, kind, HERE, now);
		assert_int_equal(wait_of(kind, HERE, now), firsts[kind]);
		assert_true(wait_of(kind, HERE + 1, now) <= 0);
		assert_int_equal(login_backoff_failures(backoff, kind, HERE, now), frees[i] + 1);
	}
}

static void waits_double_and_stop_growing(void **state)
{
	(void)state;
	struct instant now = {1000};
	int64_t before = 0;
	for (int i = 0; i < LOGIN_BACKOFF_FREE + 20; i++) {
		fail_at(1, LOGIN_BACKOFF_HOST, HERE, now);
		int64_t wait = wait_of(LOGIN_BACKOFF_HOST, HERE, now);
		assert_true(wait >= before && wait <= LOGIN_BACKOFF_LONG_MOST_MS);
		before = wait;
	}
	assert_int_equal(before, LOGIN_BACKOFF_LONG_MOST_MS);
	now.ms += LOGIN_BACKOFF_LONG_MOST_MS;
	assert_true(wait_of(LOGIN_BACKOFF_HOST, HERE, now) <= 0);
}

static void what_others_wait_for_too_waits_shortly(void **state)
{
	(void)state;
	struct instant now = {1000};
	fail_at(LOGIN_BACKOFF_REGION_FREE + 100, LOGIN_BACKOFF_ACCOUNT, LAN, now);
	fail_at(LOGIN_BACKOFF_REGION_FREE + 100, LOGIN_BACKOFF_NETWORK, HERE, now);
	fail_at(LOGIN_BACKOFF_REGION_FREE + 100, LOGIN_BACKOFF_REGION, HERE, now);
	assert_int_equal(wait_of(LOGIN_BACKOFF_ACCOUNT, LAN, now), LOGIN_BACKOFF_SHORT_MOST_MS);
	assert_int_equal(wait_of(LOGIN_BACKOFF_NETWORK, HERE, now), LOGIN_BACKOFF_SHORT_MOST_MS);
	assert_int_equal(wait_of(LOGIN_BACKOFF_REGION, HERE, now), LOGIN_BACKOFF_SHORT_MOST_MS);
}

static void whoever_hammers_waits_longer_and_not_for_ever(void **state)
{
	(void)state;
	struct instant now = {1000};
	fail_at(LOGIN_BACKOFF_FREE + 1, LOGIN_BACKOFF_HOST, HERE, now);
	for (int i = 0; i < 1000; i++) {
		login_backoff_hurried(
			backoff, LOGIN_BACKOFF_HOST, HERE, (struct instant){now.ms + i});
	}
	assert_int_equal(wait_of(LOGIN_BACKOFF_HOST, HERE, now), LOGIN_BACKOFF_LONG_MOST_MS);
	login_backoff_hurried(backoff, LOGIN_BACKOFF_HOST, HERE + 1, now);
	assert_int_equal(login_backoff_failures(backoff, LOGIN_BACKOFF_HOST, HERE + 1, now), 0);
}

static void success_and_time_forgive(void **state)
{
	(void)state;
	struct instant now = {0};
	fail_at(LOGIN_BACKOFF_FREE + 3, LOGIN_BACKOFF_HOST, HERE, now);
	login_backoff_passed(backoff, LOGIN_BACKOFF_HOST, HERE, LAN);
	assert_true(wait_of(LOGIN_BACKOFF_HOST, HERE, now) <= 0);
	fail_at(LOGIN_BACKOFF_FREE + 3, LOGIN_BACKOFF_HOST, HERE, now);
	now.ms += LOGIN_BACKOFF_FORGET_MS;
	assert_int_equal(login_backoff_failures(backoff, LOGIN_BACKOFF_HOST, HERE, now), 0);
	fail_at(1, LOGIN_BACKOFF_HOST, HERE, now);
	assert_true(wait_of(LOGIN_BACKOFF_HOST, HERE, now) <= 0);
}

/* Whoever has an account of his own, and guesses at another's between logins. */
static void success_forgives_nothing_that_was_about_others(void **state)
{
	(void)state;
	struct instant now = {0};
	fail_at(LOGIN_BACKOFF_FREE, LOGIN_BACKOFF_HOST, HERE, now);
	login_backoff_passed(backoff, LOGIN_BACKOFF_HOST, HERE, MINH);
	assert_int_equal(
		login_backoff_failures(backoff, LOGIN_BACKOFF_HOST, HERE, now), LOGIN_BACKOFF_FREE);
	login_backoff_failed(backoff, LOGIN_BACKOFF_HOST, HERE, MINH, now);
	login_backoff_passed(backoff, LOGIN_BACKOFF_HOST, HERE, MINH);
	login_backoff_passed(backoff, LOGIN_BACKOFF_HOST, HERE, LAN);
	assert_int_equal(wait_of(LOGIN_BACKOFF_HOST, HERE, now), LOGIN_BACKOFF_WAIT_MIN_MS);
}

static void a_crowd_evicts_the_oldest_and_nobody_else(void **state)
{
	(void)state;
	for (uint64_t key = 0; key < ROOM; key++) {
		fail_at(LOGIN_BACKOFF_FREE + 1, LOGIN_BACKOFF_HOST, key,
			(struct instant){1000 + (int64_t)key});
	}
	struct instant now = {1000 + ROOM};
	for (uint64_t key = 0; key < 3; key++) {
		fail_at(1, LOGIN_BACKOFF_ACCOUNT, key, now);
	}
	for (uint64_t key = 0; key < ROOM; key++) {
		uint32_t stored = key < 3 ? 0 : LOGIN_BACKOFF_FREE + 1;
		assert_int_equal(
			login_backoff_failures(backoff, LOGIN_BACKOFF_HOST, key, now), stored);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(first_failures_are_free, make, destroy),
		cmocka_unit_test_setup_teardown(waits_double_and_stop_growing, make, destroy),
		cmocka_unit_test_setup_teardown(
			what_others_wait_for_too_waits_shortly, make, destroy),
		cmocka_unit_test_setup_teardown(
			whoever_hammers_waits_longer_and_not_for_ever, make, destroy),
		cmocka_unit_test_setup_teardown(success_and_time_forgive, make, destroy),
		cmocka_unit_test_setup_teardown(
			success_forgives_nothing_that_was_about_others, make, destroy),
		cmocka_unit_test_setup_teardown(
			a_crowd_evicts_the_oldest_and_nobody_else, make, destroy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
