/* Twenty minutes with wrong clocks, in virtual time: lip-sync, and a constant delay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/relay/simulation.h"

enum {
	MINUTES = 20,
	SKEW_MOST_US = 40000,
	GROWTH_MOST_US = 8000, /* the windows of relay and listener, at 200 ppm between them */
	MOST_FRAMES_LOST = 100 /* per minute, for settling */
};

static const int64_t minute_us = 60000000;

static const struct simulation_clock wrong_clocks[SIMULATION_SITES] = {
	{.wall_ppm = 0},
	{.wall_ppm = 100, .media_ppm = -100, .picture_late_us = 150000},
	{.wall_ppm = -100, .media_ppm = -100, .by_reports = true},
	{.wall_ppm = 100, .media_ppm = 100},
};

static void assert_near(int64_t a, int64_t b, int64_t most)
{
	int64_t away = a < b ? b - a : a - b;
	if (away > most) {
		fail_msg("%lld us and %lld us are further apart than %lld us", (long long)a,
			(long long)b, (long long)most);
	}
}

/* From the first whole minute of an interval to its last, at all receivers. */
static void assert_steady(const struct simulation *simulation, int from, int to)
{
	for (uint32_t site = 1; site <= SIMULATION_SITES; site++) {
		const struct simulation_heard *heard = simulation_heard(simulation, site);
		assert_true(heard->picture_delay_us[from] > 0 && heard->sound_delay_us[to] > 0);
		assert_near(
			heard->picture_delay_us[from], heard->picture_delay_us[to], GROWTH_MOST_US);
		assert_near(heard->sound_delay_us[from], heard->sound_delay_us[to], GROWTH_MOST_US);
	}
}

static void assert_in_step(const struct simulation *simulation)
{
	for (uint32_t site = 1; site <= SIMULATION_SITES; site++) {
		const struct simulation_heard *heard = simulation_heard(simulation, site);
		print_message("site %u: %llu pictures, %llu sounds, worst skew %lld us\n", site,
			(unsigned long long)heard->pictures, (unsigned long long)heard->sounds,
			(long long)heard->worst_skew_us);
		assert_in_range(heard->worst_skew_us, 0, SKEW_MOST_US);
		assert_int_equal(heard->too_late, 0);
	}
}

/* The late site with the fast clock; the site with the slow clock and sender reports only. */
static void one_speaks_for_twenty_minutes(void **state)
{
	(void)state;
	for (uint32_t speaker = 2; speaker <= 3; speaker++) {
		struct simulation *simulation = simulation_create(wrong_clocks);
		simulation_take(simulation, speaker);
		simulation_run(simulation, MINUTES * minute_us);
		assert_in_step(simulation);
		assert_steady(simulation, 1, MINUTES - 1);
		uint64_t least = (uint64_t)MINUTES * 60 * 25 - 2 * MOST_FRAMES_LOST;
		assert_true(simulation_heard(simulation, 1)->pictures > least);
		simulation_destroy(simulation);
	}
}

/* The floor moves on; meanwhile the clocks of all sites off air have drifted further. */
static void the_floor_goes_round(void **state)
{
	(void)state;
	struct simulation *simulation = simulation_create(wrong_clocks);
	for (uint32_t i = 0; i < MINUTES / 2; i++) {
		simulation_take(simulation, i % SIMULATION_SITES + 1);
		simulation_run(simulation, 2 * minute_us);
	}
	assert_in_step(simulation);
	/* Site 2 speaks in minutes 2-3, 10-11 and 18-19. */
	assert_steady(simulation, 3, 11);
	assert_steady(simulation, 3, 19);
	simulation_destroy(simulation);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_speaks_for_twenty_minutes),
		cmocka_unit_test(the_floor_goes_round),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
