/* The impairments are as configured: share of losses, length of bursts, delay, cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "tests/tools/netem_proxy/impairment.h"

enum { PACKETS = 200000 };

static double share_lost(struct impaired *path)
{
	int64_t leave;

	for (int i = 0; i < PACKETS; i++) {
		impaired_pass(path, i * 1000, &leave);
	}
	return (double)path->lost / PACKETS;
}

static void loses_the_share_it_is_told(void **state)
{
	(void)state;
	struct impaired path;
	impaired_init(&path, 7);
	path.rule.loss = 0.05;
	double share = share_lost(&path);
	assert_true(share > 0.045 && share < 0.055);
}

static void loses_in_bursts_of_the_mean_length(void **state)
{
	int64_t leave;
	int runs = 0;
	bool was_lost = false;

	(void)state;
	struct impaired path;
	impaired_init(&path, 8);
	path.rule.loss = 0.2;
	path.rule.burst = 5;
	for (int i = 0; i < PACKETS; i++) {
		bool is_lost = !impaired_pass(&path, i, &leave);

		runs += is_lost && !was_lost;
		was_lost = is_lost;
	}
	assert_true(path.lost > PACKETS * 0.17 && path.lost < PACKETS * 0.23);
	assert_true((double)path.lost / runs > 4 && (double)path.lost / runs < 6);
}

static void delays_within_the_jitter(void **state)
{
	int64_t leave, least = INT64_MAX, most = 0;

	(void)state;
	struct impaired path;
	impaired_init(&path, 9);
	path.rule.delay_us = 40000;
	path.rule.jitter_us = 20000;
	for (int i = 0; i < PACKETS; i++) {
		assert_true(impaired_pass(&path, 0, &leave));
		least = leave < least ? leave : least;
		most = leave > most ? leave : most;
	}
	assert_true(least >= 20000 && least < 21000);
	assert_true(most <= 60000 && most > 59000);
}

static void lets_nothing_through_when_cut(void **state)
{
	(void)state;
	struct impaired path;
	impaired_init(&path, 10);
	path.rule.cut = true;
	int64_t leave;
	assert_false(impaired_pass(&path, 0, &leave));
	path.rule.cut = false;
	assert_true(impaired_pass(&path, 5, &leave));
	assert_int_equal(leave, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loses_the_share_it_is_told),
		cmocka_unit_test(loses_in_bursts_of_the_mean_length),
		cmocka_unit_test(delays_within_the_jitter),
		cmocka_unit_test(lets_nothing_through_when_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
