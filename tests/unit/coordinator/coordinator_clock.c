/* The timeline: continued over restarts and reboots, never back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "coordinator/engine/clock.h"

static struct clock_reading reading(const char *boot, int64_t boottime, int64_t wall)
{
	struct clock_reading made = {.boottime_ms = boottime, .wall = {wall}};
	snprintf(made.boot_id, sizeof(made.boot_id), "%s", boot);
	return made;
}

static struct journal_anchor anchor_of(const char *boot, int64_t boottime, int64_t at, int64_t wall)
{
	struct journal_anchor made = {.boottime_ms = boottime, .at = {at}, .wall = {wall}};
	snprintf(made.boot_id, sizeof(made.boot_id), "%s", boot);
	return made;
}

static void a_new_timeline_begins_at_zero(void **state)
{
	(void)state;
	struct clock clock;
	struct clock_reading first = reading("one", 5000, 1000000), later = reading("one", 5250, 1);
	clock_begin(&clock, &first);
	assert_int_equal(clock_at(&clock, &first).at.ms, 0);
	struct now now = clock_at(&clock, &later);
	assert_int_equal(now.at.ms, 250);
	assert_int_equal(now.wall.ms, 1); /* as the wall shows it, stepped or not */
}

static void on_the_same_boot_the_monotonic_clock_counts(void **state)
{
	(void)state;
	struct clock clock;
	struct clock_reading now = reading("one", 9000, 77);
	struct journal_anchor anchor = anchor_of("one", 4000, 100, 1000000);
	struct now last = {{3100}, {1003000}};
	struct clock_resumption recovery = clock_resume(&clock, &now, &anchor, last);
	assert_int_equal(recovery.source, CLOCK_SOURCE_MONOTONIC);
	assert_int_equal(clock_at(&clock, &now).at.ms, 5100);
	assert_int_equal(recovery.gap.ms, 2000);
	assert_int_equal(clock.anchor.at.ms, 5100);
	assert_int_equal(clock.anchor.boottime_ms, 9000);
}

static void after_a_reboot_the_wall_clock_counts(void **state)
{
	(void)state;
	struct clock clock;
	struct clock_reading now = reading("two", 10, 1063000);
	struct journal_anchor anchor = anchor_of("one", 4000, 100, 1000000);
	struct now last = {{3100}, {1003000}};
	struct clock_resumption recovery = clock_resume(&clock, &now, &anchor, last);
	assert_int_equal(recovery.source, CLOCK_SOURCE_WALL_CLOCK);
	assert_int_equal(recovery.gap.ms, 60000);
	assert_int_equal(clock_at(&clock, &now).at.ms, 63100);
}

static void a_wall_clock_that_went_back_stops_time_only(void **state)
{
	(void)state;
	struct clock clock;
	struct clock_reading now = reading("two", 10, 5), later = reading("two", 30, 25);
	struct journal_anchor anchor = anchor_of("one", 4000, 100, 1000000);
	struct now last = {{3100}, {1003000}};
	assert_int_equal(clock_resume(&clock, &now, &anchor, last).gap.ms, 0);
	assert_int_equal(clock_at(&clock, &now).at.ms, 3100);
	assert_int_equal(clock_at(&clock, &later).at.ms, 3120);
}

static void instants_never_step_back(void **state)
{
	(void)state;
	struct clock clock;
	struct clock_reading first = reading("one", 5000, 0), before = reading("one", 4000, 0);
	clock_begin(&clock, &first);
	struct clock_reading later = reading("one", 6000, 0);
	assert_int_equal(clock_at(&clock, &later).at.ms, 1000);
	assert_int_equal(clock_at(&clock, &before).at.ms, 1000);
	clock.latest.ms = 2000;
	assert_int_equal(clock_at(&clock, &later).at.ms, 2000);
}

static void the_clocks_of_this_machine_can_be_read(void **state)
{
	(void)state;
	struct clock_reading now;
	assert_int_equal(clock_read(&now), 0);
	assert_int_equal(sizeof("01234567-0123-0123-0123-0123456789ab") - 1, 36);
	assert_true(now.boot_id[35] != '\0' && now.boot_id[36] == '\0');
	assert_true(now.boottime_ms > 0 && now.wall.ms > 1600000000000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_timeline_begins_at_zero),
		cmocka_unit_test(on_the_same_boot_the_monotonic_clock_counts),
		cmocka_unit_test(after_a_reboot_the_wall_clock_counts),
		cmocka_unit_test(a_wall_clock_that_went_back_stops_time_only),
		cmocka_unit_test(instants_never_step_back),
		cmocka_unit_test(the_clocks_of_this_machine_can_be_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
