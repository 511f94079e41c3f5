/* The waiting times of password guessing, without a clock. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "coordinator/identity/throttle.h"

static struct throttle throttle;

static int clear(void **state)
{
	(void)state;
	throttle = (struct throttle){0};
	return 0;
}

static int64_t wait_of(const char *key, struct instant now)
{
	return throttle_wait(&throttle, key, THROTTLE_ADDRESS_MOST_MS, now).ms;
}

static void first_failures_are_free(void **state)
{
	(void)state;
	struct instant now = {1000};
	for (int i = 0; i < THROTTLE_FREE; i++) {
		throttle_failed(&throttle, "lan", now);
		assert_true(wait_of("lan", now) <= 0);
	}
	throttle_failed(&throttle, "lan", now);
	assert_int_equal(wait_of("lan", now), THROTTLE_WAIT_MIN_MS);
	assert_true(wait_of("minh", now) <= 0);
}

static void waits_double_and_stop_growing(void **state)
{
	(void)state;
	struct instant now = {1000};
	int64_t before = 0;
	for (int i = 0; i < THROTTLE_FREE + 20; i++) {
		throttle_failed(&throttle, "lan", now);
		int64_t wait = wait_of("lan", now);
		assert_true(wait >= before && wait <= THROTTLE_ADDRESS_MOST_MS);
		before = wait;
	}
	assert_int_equal(before, THROTTLE_ADDRESS_MOST_MS);
	now.ms += THROTTLE_ADDRESS_MOST_MS;
	assert_true(wait_of("lan", now) <= 0);
}

static void success_and_time_forgive(void **state)
{
	(void)state;
	struct instant now = {0};
	for (int i = 0; i < THROTTLE_FREE + 3; i++) {
		throttle_failed(&throttle, "lan", now);
		throttle_failed(&throttle, "192.0.2.7", now);
	}
	throttle_passed(&throttle, "lan");
	assert_true(wait_of("lan", now) <= 0);
	assert_true(wait_of("192.0.2.7", now) > 0);
	now.ms += THROTTLE_FORGET_MS;
	throttle_failed(&throttle, "192.0.2.7", now);
	assert_true(wait_of("192.0.2.7", now) <= 0);
}

static void an_account_waits_no_longer_than_its_owner_bears(void **state)
{
	(void)state;
	struct instant now = {1000};
	for (int i = 0; i < THROTTLE_FREE + 20; i++) {
		throttle_failed(&throttle, "lan", now);
	}
	assert_int_equal(throttle_wait(&throttle, "lan", THROTTLE_ACCOUNT_MOST_MS, now).ms,
		THROTTLE_ACCOUNT_MOST_MS);
	assert_int_equal(wait_of("lan", now), THROTTLE_ADDRESS_MOST_MS);
}

static void crowd_evicts_the_oldest(void **state)
{
	(void)state;
	char key[16];
	for (int i = 0; i < THROTTLE_KEYS; i++) {
		snprintf(key, sizeof(key), "k%d", i);
		for (int f = 0; f <= THROTTLE_FREE; f++) {
			throttle_failed(&throttle, key, (struct instant){1000 + i});
		}
	}
	struct instant now = {1000 + THROTTLE_KEYS};
	throttle_failed(&throttle, "late", now);
	assert_true(wait_of("k0", now) <= 0);
	assert_true(wait_of("k1000", now) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(first_failures_are_free, clear),
		cmocka_unit_test_setup(waits_double_and_stop_growing, clear),
		cmocka_unit_test_setup(success_and_time_forgive, clear),
		cmocka_unit_test_setup(an_account_waits_no_longer_than_its_owner_bears, clear),
		cmocka_unit_test_setup(crowd_evicts_the_oldest, clear),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
