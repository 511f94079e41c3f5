/* When a site is given the small picture, and when the full one again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "coordinator/telemetry/link_quality.h"

enum { SECOND_MS = 1000, RATE = 100 };

struct course {
	struct link_quality link_quality;
	struct instant now;
	bool poor;
};

/* So many seconds with so many of 100 packets asked for again, so many given up. */
static void go_on(struct course *course, int seconds, uint32_t lost, uint32_t unrecovered)
{
	struct link_quality_count count = {RATE - unrecovered, lost, unrecovered};
	for (int i = 0; i < seconds; i++) {
		course->now.ms += SECOND_MS;
		link_quality_add(&course->link_quality, &count, course->now);
		course->poor =
			link_quality_is_poor(&course->link_quality, course->poor, course->now);
	}
}

static void five_percent_repaired_are_good(void **state)
{
	struct course course = {0};
	(void)state;
	go_on(&course, 60, 6, 0);
	assert_false(course.poor);
}

static void twenty_percent_are_poor_within_seconds(void **state)
{
	struct course course = {0};
	(void)state;
	go_on(&course, 60, 0, 0);
	go_on(&course, 3, 20, 0);
	assert_true(course.poor);
}

static void packets_given_up_are_poor(void **state)
{
	struct course course = {0};
	(void)state;
	go_on(&course, 60, 0, 0);
	go_on(&course, 4, 5, 3);
	assert_true(course.poor);
}

static void good_again_after_ten_calm_seconds(void **state)
{
	struct course course = {0};
	(void)state;
	go_on(&course, 10, 20, 0);
	go_on(&course, LINK_QUALITY_CALM_SECONDS - 1, 0, 0);
	assert_true(course.poor);
	go_on(&course, LINK_QUALITY_POOR_SECONDS + 1, 0, 0);
	assert_false(course.poor);
}

static void between_the_levels_nothing_changes(void **state)
{
	struct course course = {0};
	(void)state;
	go_on(&course, 60, 7, 0);
	assert_false(course.poor);
	go_on(&course, 5, 20, 0);
	go_on(&course, 60, 7, 0);
	assert_true(course.poor);
}

static void few_packets_say_nothing(void **state)
{
	struct course course = {0};
	(void)state;
	course.now.ms = SECOND_MS;
	link_quality_add(&course.link_quality, &(struct link_quality_count){20, 20, 0}, course.now);
	assert_false(link_quality_is_poor(&course.link_quality, false, course.now));
	assert_true(link_quality_is_poor(&course.link_quality, true, course.now));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(five_percent_repaired_are_good),
		cmocka_unit_test(twenty_percent_are_poor_within_seconds),
		cmocka_unit_test(packets_given_up_are_poor),
		cmocka_unit_test(good_again_after_ten_calm_seconds),
		cmocka_unit_test(between_the_levels_nothing_changes),
		cmocka_unit_test(few_packets_say_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
