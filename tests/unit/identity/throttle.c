/* The waiting times of password guessing, without a clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/identity/throttle.h"

enum { ROOM = 1024, LAN = 1, MINH = 2, HERE = 7 };

static struct throttle *throttle;

static int make(void **state)
{
	(void)state;
	throttle = throttle_create(ROOM, 4711);
	return throttle ? 0 : -1;
}

static int destroy(void **state)
{
	(void)state;
	throttle_destroy(throttle);
	return 0;
}

static void fail_at(int times, enum throttle_kind kind, uint64_t key, struct instant now)
{
	for (int i = 0; i < times; i++) {
		throttle_failed(throttle, kind, key, LAN, now);
	}
}

static int64_t wait_of(enum throttle_kind kind, uint64_t key, struct instant now)
{
	return throttle_wait(throttle, kind, key, now).ms;
}

static void first_failures_are_free(void **state)
{
	(void)state;
	static const int frees[THROTTLE_KINDS] = {
		[THROTTLE_ACCOUNT] = THROTTLE_FREE,
		[THROTTLE_DEVICE] = THROTTLE_FREE,
		[THROTTLE_HOST] = THROTTLE_FREE,
		[THROTTLE_NETWORK] = THROTTLE_NETWORK_FREE,
		[THROTTLE_REGION] = THROTTLE_REGION_FREE,
		[THROTTLE_KNOWN] = THROTTLE_KNOWN_FREE,
		[THROTTLE_PASSES] = THROTTLE_PASSES_FREE,
		[THROTTLE_TOKENS] = THROTTLE_FREE,
		[THROTTLE_LINES] = THROTTLE_LINES_FREE,
	};
	static const int firsts[THROTTLE_KINDS] = {
		[THROTTLE_ACCOUNT] = THROTTLE_WAIT_MIN_MS,
		[THROTTLE_DEVICE] = THROTTLE_WAIT_MIN_MS,
		[THROTTLE_HOST] = THROTTLE_WAIT_MIN_MS,
		[THROTTLE_NETWORK] = THROTTLE_WAIT_MIN_MS,
		[THROTTLE_REGION] = THROTTLE_WAIT_MIN_MS,
		[THROTTLE_KNOWN] = THROTTLE_KNOWN_WAIT_MS,
		[THROTTLE_PASSES] = THROTTLE_PASSES_WAIT_MS,
		[THROTTLE_TOKENS] = THROTTLE_WAIT_MIN_MS,
		[THROTTLE_LINES] = THROTTLE_WAIT_MIN_MS,
	};
	struct instant now = {1000};
	for (int i = 0; i < THROTTLE_KINDS; i++) {
		enum throttle_kind kind = (enum throttle_kind)i;
		fail_at(frees[i], kind, HERE, now);
		assert_true(wait_of(kind, HERE, now) <= 0);
		fail_at(1, kind, HERE, now);
		assert_int_equal(wait_of(kind, HERE, now), firsts[kind]);
		assert_true(wait_of(kind, HERE + 1, now) <= 0);
		assert_int_equal(throttle_failures(throttle, kind, HERE, now), frees[i] + 1);
	}
}

static void waits_double_and_stop_growing(void **state)
{
	(void)state;
	struct instant now = {1000};
	int64_t before = 0;
	for (int i = 0; i < THROTTLE_FREE + 20; i++) {
		fail_at(1, THROTTLE_HOST, HERE, now);
		int64_t wait = wait_of(THROTTLE_HOST, HERE, now);
		assert_true(wait >= before && wait <= THROTTLE_LONG_MOST_MS);
		before = wait;
	}
	assert_int_equal(before, THROTTLE_LONG_MOST_MS);
	now.ms += THROTTLE_LONG_MOST_MS;
	assert_true(wait_of(THROTTLE_HOST, HERE, now) <= 0);
}

static void what_others_wait_for_too_waits_shortly(void **state)
{
	(void)state;
	struct instant now = {1000};
	fail_at(THROTTLE_REGION_FREE + 100, THROTTLE_ACCOUNT, LAN, now);
	fail_at(THROTTLE_REGION_FREE + 100, THROTTLE_NETWORK, HERE, now);
	fail_at(THROTTLE_REGION_FREE + 100, THROTTLE_REGION, HERE, now);
	assert_int_equal(wait_of(THROTTLE_ACCOUNT, LAN, now), THROTTLE_SHORT_MOST_MS);
	assert_int_equal(wait_of(THROTTLE_NETWORK, HERE, now), THROTTLE_SHORT_MOST_MS);
	assert_int_equal(wait_of(THROTTLE_REGION, HERE, now), THROTTLE_SHORT_MOST_MS);
}

static void whoever_hammers_waits_longer_and_not_for_ever(void **state)
{
	(void)state;
	struct instant now = {1000};
	fail_at(THROTTLE_FREE + 1, THROTTLE_HOST, HERE, now);
	for (int i = 0; i < 1000; i++) {
		throttle_hurried(throttle, THROTTLE_HOST, HERE, (struct instant){now.ms + i});
	}
	assert_int_equal(wait_of(THROTTLE_HOST, HERE, now), THROTTLE_LONG_MOST_MS);
	throttle_hurried(throttle, THROTTLE_HOST, HERE + 1, now);
	assert_int_equal(throttle_failures(throttle, THROTTLE_HOST, HERE + 1, now), 0);
}

static void success_and_time_forgive(void **state)
{
	(void)state;
	struct instant now = {0};
	fail_at(THROTTLE_FREE + 3, THROTTLE_HOST, HERE, now);
	throttle_passed(throttle, THROTTLE_HOST, HERE, LAN);
	assert_true(wait_of(THROTTLE_HOST, HERE, now) <= 0);
	fail_at(THROTTLE_FREE + 3, THROTTLE_HOST, HERE, now);
	now.ms += THROTTLE_FORGET_MS;
	assert_int_equal(throttle_failures(throttle, THROTTLE_HOST, HERE, now), 0);
	fail_at(1, THROTTLE_HOST, HERE, now);
	assert_true(wait_of(THROTTLE_HOST, HERE, now) <= 0);
}

/* Whoever has an account of his own, and guesses at another's between logins. */
static void success_forgives_nothing_that_was_about_others(void **state)
{
	(void)state;
	struct instant now = {0};
	fail_at(THROTTLE_FREE, THROTTLE_HOST, HERE, now);
	throttle_passed(throttle, THROTTLE_HOST, HERE, MINH);
	assert_int_equal(throttle_failures(throttle, THROTTLE_HOST, HERE, now), THROTTLE_FREE);
	throttle_failed(throttle, THROTTLE_HOST, HERE, MINH, now);
	throttle_passed(throttle, THROTTLE_HOST, HERE, MINH);
	throttle_passed(throttle, THROTTLE_HOST, HERE, LAN);
	assert_int_equal(wait_of(THROTTLE_HOST, HERE, now), THROTTLE_WAIT_MIN_MS);
}

static void a_crowd_evicts_the_oldest_and_nobody_else(void **state)
{
	(void)state;
	for (uint64_t key = 0; key < ROOM; key++) {
		fail_at(THROTTLE_FREE + 1, THROTTLE_HOST, key,
			(struct instant){1000 + (int64_t)key});
	}
	struct instant now = {1000 + ROOM};
	for (uint64_t key = 0; key < 3; key++) {
		fail_at(1, THROTTLE_ACCOUNT, key, now);
	}
	for (uint64_t key = 0; key < ROOM; key++) {
		uint32_t kept = key < 3 ? 0 : THROTTLE_FREE + 1;
		assert_int_equal(throttle_failures(throttle, THROTTLE_HOST, key, now), kept);
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
