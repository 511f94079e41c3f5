/*
 * What reports come to: keys for desired states, figures for people, thumbnails; and that a site
 * that says too much costs nobody else.
 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/coordinator/coordinator_fixture.h"

enum { HALL = 1, VERSION = 7 };

static struct wire_site_report report(void)
{
	struct wire_site_report report;
	memset(&report, 0, sizeof(report));
	report.version = VERSION;
	report.level_dbfs = -20;
	return report;
}

static void with_key(struct wire_site_report *report, char letter)
{
	report->has_key = true;
	memset(report->key.relay, 'r', sizeof(report->key.relay) - 1);
	memset(report->key.key, letter, sizeof(report->key.key) - 1);
}

static bool says(struct shared_buf *message, const char *words)
{
	char text[1024] = "";
	if (message) {
		snprintf(text, sizeof(text), "%.*s", (int)message->size,
			(const char *)message->bytes);
		shared_buf_unref(message);
	}
	return strstr(text, words) != NULL;
}

/* ---- tests ---- */

static void a_new_key_is_passed_on_and_an_old_one_is_no_news(void **state)
{
	struct coordinator_fixture *fixture = *state;
	struct wire_site_report said = report();
	uint64_t before = fixture->media_keys->revision;
	with_key(&said, 'a');
	telemetry_of_site(fixture->telemetry, HALL, VERSION, &said);
	assert_int_equal(fixture->media_keys->revision, before + 1);
	telemetry_of_site(fixture->telemetry, HALL, VERSION, &said);
	assert_int_equal(fixture->media_keys->revision, before + 1);
}

static void keys_come_at_a_pace(void **state)
{
	struct coordinator_fixture *fixture = *state;
	uint64_t before = fixture->media_keys->revision;
	for (char letter = 'a'; letter <= 'z'; letter++) {
		struct wire_site_report said = report();
		with_key(&said, letter);
		fixture->telemetry->damping[HALL] = (struct flap_damping){0};
		telemetry_of_site(fixture->telemetry, HALL, VERSION, &said);
	}
	assert_in_range(fixture->media_keys->revision - before, SITE_KEYS_BURST,
		SITE_KEYS_BURST + SITE_KEYS_PER_SECOND);
}

static void a_spent_group_key_is_replaced_once(void **state)
{
	struct coordinator_fixture *fixture = *state;
	struct wire_site_report said = report();
	said.has_group_key_spent = true;
	said.group_key_spent = true;
	uint64_t before = fixture->media_keys->revision;
	telemetry_of_site(fixture->telemetry, HALL, VERSION, &said);
	telemetry_of_site(fixture->telemetry, HALL, VERSION, &said);
	assert_int_equal(fixture->media_keys->revision, before + 1);
	assert_true(fixture->media_keys->rekey > 0);
}

static void figures_are_fresh_once_and_stay(void **state)
{
	struct coordinator_fixture *fixture = *state;
	struct wire_site_report said = report();
	assert_null(telemetry_fresh(fixture->telemetry));
	assert_null(telemetry_all(fixture->telemetry));
	telemetry_of_site(fixture->telemetry, HALL, VERSION, &said);
	assert_true(says(telemetry_fresh(fixture->telemetry), "\"converged\":true"));
	assert_null(telemetry_fresh(fixture->telemetry));
	assert_true(says(telemetry_all(fixture->telemetry), "\"site\":\"hall\""));
}

static void another_version_is_not_reached_yet(void **state)
{
	struct coordinator_fixture *fixture = *state;
	struct wire_site_report said = report();
	telemetry_of_site(fixture->telemetry, HALL, VERSION + 1, &said);
	assert_true(says(telemetry_fresh(fixture->telemetry), "\"converged\":false"));
}

static void what_is_no_thumbnail_is_not_passed_on(void **state)
{
	struct coordinator_fixture *fixture = *state;
	const uint8_t bytes[] = {WIRE_THUMBNAIL_BYTE, 0xff, 0xd8, 0};
	struct shared_buf *thumbnail;
	assert_false(
		telemetry_of_thumbnail(fixture->telemetry, HALL, bytes, sizeof(bytes), &thumbnail));
	assert_null(thumbnail);
	assert_null(fixture->telemetry->thumbnails.latest[HALL]);
}

int main(void)
{
#define WITH_FIXTURE(test)                                                                         \
	cmocka_unit_test_setup_teardown(                                                           \
		test, coordinator_fixture_set_up, coordinator_fixture_tear_down)
	const struct CMUnitTest tests[] = {
		WITH_FIXTURE(a_new_key_is_passed_on_and_an_old_one_is_no_news),
		WITH_FIXTURE(keys_come_at_a_pace),
		WITH_FIXTURE(a_spent_group_key_is_replaced_once),
		WITH_FIXTURE(figures_are_fresh_once_and_stay),
		WITH_FIXTURE(another_version_is_not_reached_yet),
		WITH_FIXTURE(what_is_no_thumbnail_is_not_passed_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
