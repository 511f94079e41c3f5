/* What one site can write into the record by what is found out about it, and what it cannot hide.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "bounds.h"
#include "coordinator/telemetry/flap_damping.h"

enum { HOUR_MS = 3600000 };

static struct instant at(int64_t ms)
{
	return (struct instant){ms};
}

static void a_sign_is_told_at_once_and_so_is_its_end(void **state)
{
	(void)state;
	struct flap_damping flap_damping = {0};
	for (int i = 0; i < 4; i++) {
		assert_true(flap_damping_sign(
			&flap_damping, SIGN_PICTURE_BLACK, true, false, at(i * 100)));
		assert_false(flap_damping_sign(
			&flap_damping, SIGN_PICTURE_BLACK, true, true, at(i * 100)));
		assert_true(flap_damping_sign(
			&flap_damping, SIGN_PICTURE_BLACK, false, true, at(i * 100 + 50)));
	}
}

/* Eight signs flipped in each of 46 reports a second, for an hour. */
static void a_site_that_flips_all_its_signs(void **state)
{
	(void)state;
	struct flap_damping flap_damping = {0};
	bool told[SIGN_END] = {false};
	int changes = 0, late = 0;
	for (int64_t ms = 0, i = 0; ms < HOUR_MS; ms += 22, i++) {
		for (int sign = 1; sign < SIGN_END; sign++) {
			if (flap_damping_sign(&flap_damping, (enum sign)sign, i % 2 == 0,
				    told[sign], at(ms))) {
				told[sign] = !told[sign];
				changes++;
				late += ms > 60000;
			}
		}
	}
	assert_true(changes <= 2 * SIGN_CHANGES_BURST);
	assert_int_equal(late, 0); /* they stand, as long as they come and go */
	for (int sign = 1; sign < SIGN_END; sign++) {
		assert_true(told[sign]);
	}
	int64_t after = HOUR_MS + SIGN_CALM_SPAN_MS;
	for (int sign = 1; sign < SIGN_END; sign++) {
		assert_true(
			flap_damping_sign(&flap_damping, (enum sign)sign, false, true, at(after)));
	}
}

/* Slowly enough that each change is believed: as many as the limit says. */
static void a_site_that_flips_slowly(void **state)
{
	(void)state;
	struct flap_damping flap_damping = {0};
	bool told[SIGN_END] = {false};
	int changes = 0;
	for (int64_t ms = 0; ms < HOUR_MS; ms += 1000) {
		bool present = ms / (2 * SIGN_CALM_SPAN_MS) % 2 == 0;
		for (int sign = 1; sign < SIGN_END; sign++) {
			if (flap_damping_sign(
				    &flap_damping, (enum sign)sign, present, told[sign], at(ms))) {
				told[sign] = !told[sign];
				changes++;
			}
		}
	}
	/* Twice: what the relay found is apart from what the site says. */
	assert_true(changes <= 2 * (SIGN_CHANGES_BURST + HOUR_MS / SIGN_CHANGE_SPAN_MS));
}

static void forgeries_are_told_whatever_else_flips(void **state)
{
	(void)state;
	struct flap_damping flap_damping = {0};
	for (int i = 0; i < 10 * SIGN_CHANGES_BURST; i++) {
		flap_damping_sign(&flap_damping, SIGN_CLOCK_OFF, i % 2 == 0, i % 2 != 0, at(1));
	}
	assert_false(flap_damping_sign(&flap_damping, SIGN_CLOCK_OFF, true, false, at(1)));
	assert_true(flap_damping_sign(&flap_damping, SIGN_MEDIA_AUTH_FAILURES, true, false, at(1)));
}

static void who_is_on_air_always_falls_silent(void **state)
{
	(void)state;
	struct flap_damping flap_damping = {0};
	int told = 0;
	for (int64_t ms = 0; ms < HOUR_MS; ms += 1000) {
		told += flap_damping_media(&flap_damping, false, at(ms));
	}
	assert_true(told <= MEDIA_CHANGES_BURST + HOUR_MS / MEDIA_CHANGE_SPAN_MS);
	while (flap_damping_media(&flap_damping, false, at(HOUR_MS))) {
	}
	assert_true(flap_damping_media(&flap_damping, true, at(HOUR_MS)));
}

/* How many of one kind are let through in an hour of 50 a second. */
static int in_an_hour(bool (*asked)(struct flap_damping *flap_damping, struct instant now))
{
	struct flap_damping flap_damping = {0};
	int n = 0;
	for (int64_t ms = 0; ms < HOUR_MS; ms += 20) {
		n += asked(&flap_damping, at(ms));
	}
	return n;
}

static void each_kind_has_its_limit(void **state)
{
	(void)state;
	assert_in_range(in_an_hour(flap_damping_link), HOUR_MS / LINK_CHANGE_SPAN_MS,
		LINK_CHANGES_BURST + HOUR_MS / LINK_CHANGE_SPAN_MS);
	assert_in_range(in_an_hour(flap_damping_report), HOUR_MS / REPORT_SPAN_MS,
		REPORTS_BURST + HOUR_MS / REPORT_SPAN_MS);
	assert_in_range(in_an_hour(flap_damping_thumbnail), HOUR_MS / THUMBNAIL_SPAN_MS,
		THUMBNAILS_BURST + HOUR_MS / THUMBNAIL_SPAN_MS);
}

/* A picture every two seconds, some late and some early, and a report each second, are all taken.
 */
static void an_honest_site_is_never_damped(void **state)
{
	(void)state;
	struct flap_damping flap_damping = {0};
	for (int64_t i = 0; i < 1000; i++) {
		int64_t jitter = i % 3 * 400 - 400;
		assert_true(flap_damping_thumbnail(
			&flap_damping, at(1000 + i * THUMBNAIL_SPAN_MS + jitter)));
	}
	for (int64_t i = 0; i < 1000; i++) {
		assert_true(flap_damping_report(&flap_damping, at(10000000 + i * 1000)));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sign_is_told_at_once_and_so_is_its_end),
		cmocka_unit_test(a_site_that_flips_all_its_signs),
		cmocka_unit_test(a_site_that_flips_slowly),
		cmocka_unit_test(forgeries_are_told_whatever_else_flips),
		cmocka_unit_test(who_is_on_air_always_falls_silent),
		cmocka_unit_test(each_kind_has_its_limit),
		cmocka_unit_test(an_honest_site_is_never_damped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
