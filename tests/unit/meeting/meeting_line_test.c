/* The line test: who takes part, what passes, what is signed, what ends it, what is compared. */
#include <string.h>

#include "coordinator/meeting/line_test.h"
#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static const struct line_figures good = {.has_round_trip = true,
	.round_trip = {12},
	.has_clock_offset = true,
	.has_up = true,
	.up = {.bits_per_second = 180000},
	.has_down = true,
	.down = {.bits_per_second = 1500000, .loss_permille = 4},
	.picture = LINE_PICTURE_MOVING,
	.level_dbfs = -40};

static int start(struct stage *stage)
{
	return stage_op(stage, CMD_LINE_TEST_START, NULL);
}

static int report(struct stage *stage, const char *site, const struct line_figures *figures)
{
	struct cmd_line_test_report *in =
		&stage_begin(stage, ROLE_SITE, CMD_LINE_TEST_REPORT)->line_test_report;

	stage_by_site(stage, site);
	strcpy(in->site, site);
	in->figures = *figures;
	return stage_give(stage);
}

static int confirm(struct stage *stage, const char *site, bool heard)
{
	struct cmd_line_test_confirm *in =
		&stage_begin(stage, ROLE_SITE, CMD_LINE_TEST_CONFIRM)->line_test_confirm;

	stage_by_site(stage, site);
	strcpy(in->site, site);
	in->heard = heard;
	return stage_give(stage);
}

static const struct readiness_mark *step_of(const struct stage *stage, const char *id)
{
	return &mtg_site_by_id(stage->meeting, id)->steps[READINESS_STEP_LINE_TESTED];
}

static void test_passed_is_signed_with_its_figures(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(start(stage));
	assert_int_equal(start(stage), REFUSAL_ALREADY);
	must(report(stage, "a", &good));
	assert_false(step_of(stage, "a")->done); /* nobody has said that it was heard */
	must(confirm(stage, "a", true));
	assert_true(step_of(stage, "a")->done);
	assert_string_equal(
		step_of(stage, "a")->evidence, "↑ 180 kbit/s 0.0 % · ↓ 1500 kbit/s 0.4 % · 12 ms");
	assert_int_equal(report(stage, "a", &good), REFUSAL_ALREADY);
	assert_int_equal(confirm(stage, "a", true), REFUSAL_ALREADY);
	must(confirm(stage, "b", true)); /* the other way round */
	must(report(stage, "b", &good));
	assert_true(step_of(stage, "b")->done);
	stage_destroy(stage);
}

/* Each thing that can be the matter, alone. */
static void test_findings(void **state)
{
	struct line_figures figures[7];
	static const enum line_finding found[7] = {LINE_FINDING_UP_MISSING, LINE_FINDING_UP_LOSSY,
		LINE_FINDING_DOWN_MISSING, LINE_FINDING_DOWN_LOSSY, LINE_FINDING_CLOCK_OFF,
		LINE_FINDING_PICTURE_BAD, LINE_FINDING_MICROPHONE_SILENT};

	(void)state;
	for (int i = 0; i < 7; i++) {
		figures[i] = good;
	}
	figures[0].has_up = false;
	figures[1].up.loss_permille = LINE_LOSS_PERMILLE_MAX + 1;
	figures[2].down.bits_per_second = 0;
	figures[3].down.loss_permille = LINE_LOSS_PERMILLE_MAX + 1;
	figures[4].clock_offset.ms = -LINE_CLOCK_OFF_MS - 1;
	figures[5].picture = LINE_PICTURE_FROZEN;
	figures[6].level_dbfs = LINE_SILENT_DBFS - 1;
	for (int i = 0; i < 7; i++) {
		struct stage *stage = stage_create();
		enum line_finding findings[LINE_FINDING_END];

		stage_assemble(stage);
		must(start(stage));
		must(report(stage, "a", &figures[i]));
		must(confirm(stage, "a", true));
		assert_int_equal(
			mtg_line_findings(stage->meeting, stage_index(stage, "a"), findings), 1);
		assert_int_equal(findings[0], found[i]);
		assert_false(step_of(stage, "a")->done);
		stage_destroy(stage);
	}
}

/* A site that is silent, and one whose loudspeakers are. */
static void test_what_is_missing_is_found_too(void **state)
{
	struct stage *stage = stage_create();
	enum line_finding findings[LINE_FINDING_END];

	(void)state;
	stage_assemble(stage);
	must(start(stage));
	assert_int_equal(mtg_line_findings(stage->meeting, stage_index(stage, "c"), findings), 2);
	assert_int_equal(findings[0], LINE_FINDING_NO_REPORT);
	assert_int_equal(findings[1], LINE_FINDING_LOUDSPEAKER_UNHEARD);
	must(report(stage, "c", &good));
	must(confirm(stage, "c", false));
	assert_int_equal(mtg_line_findings(stage->meeting, stage_index(stage, "c"), findings), 1);
	assert_int_equal(findings[0], LINE_FINDING_LOUDSPEAKER_UNHEARD);
	stage_destroy(stage);
}

/* It sends the picture that the others measure, and is sent none. */
static void test_the_venue_has_no_way_down(void **state)
{
	struct stage *stage = stage_create();
	struct line_figures figures = good;
	enum line_finding findings[LINE_FINDING_END];
	struct uplink uplink;

	(void)state;
	stage_assemble(stage);
	must(start(stage));
	mtg_uplink(stage->meeting, stage_index(stage, "hn"), &uplink);
	assert_int_equal(uplink.camera, UPLINK_LEVEL_FULL);
	mtg_uplink(stage->meeting, stage_index(stage, "a"), &uplink);
	assert_int_equal(uplink.camera, UPLINK_LEVEL_PREVIEW);
	figures.has_down = false;
	must(report(stage, "hn", &figures));
	must(confirm(stage, "hn", true));
	assert_int_equal(mtg_line_findings(stage->meeting, stage_index(stage, "hn"), findings), 0);
	stage_destroy(stage);
}

static void test_what_ends_it(void **state)
{
	static const char *const sites[] = {"hn", "a", "b", "c", "d"};
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	must(start(stage));
	for (int i = 0; i < 5; i++) {
		must(report(stage, sites[i], &good));
		must(confirm(stage, sites[i], true));
	}
	stage_settle(stage);
	assert_int_equal(mtg_line_test(stage->meeting)->cause, ASKED_END_ANSWERED);
	assert_int_equal(stage_event(stage, EV_LINE_TEST_ENDED)->line_test_ended.passed, 5);
	assert_int_equal(report(stage, "a", &good), REFUSAL_WRONG_STATE);
	must(start(stage));
	stage_pass(stage, LINE_TEST_SPAN_MS);
	assert_int_equal(mtg_line_test(stage->meeting)->cause, ASKED_END_SPAN);
	must(start(stage));
	must(stage_op(stage, CMD_LINE_TEST_END, NULL));
	assert_int_equal(mtg_line_test(stage->meeting)->cause, ASKED_END_STAFF);
	must(start(stage));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	assert_false(mtg_line_is_tested(stage->meeting));
	stage_settle(stage);
	assert_int_equal(mtg_line_test(stage->meeting)->cause, ASKED_END_CLOSING);
	stage_destroy(stage);
}

static void test_the_one_before_is_kept(void **state)
{
	struct stage *stage = stage_create();
	struct line_figures worse = good;

	(void)state;
	stage_assemble(stage);
	must(start(stage));
	must(report(stage, "a", &good));
	must(stage_op(stage, CMD_LINE_TEST_END, NULL));
	worse.down.loss_permille = 90;
	must(start(stage));
	const struct line_entry *entry = &mtg_site_by_id(stage->meeting, "a")->line;
	assert_true(entry->has_before && !entry->reported);
	must(report(stage, "a", &worse));
	assert_int_equal(entry->before.down.loss_permille, 4);
	assert_int_equal(entry->figures.down.loss_permille, 90);
	must(stage_op(stage, CMD_LINE_TEST_END, NULL));
	must(start(stage));
	assert_int_equal(entry->before.down.loss_permille, 90);
	must(stage_op(stage, CMD_LINE_TEST_END, NULL));
	must(start(stage)); /* it said nothing in between: the last figures stay */
	assert_int_equal(entry->before.down.loss_permille, 90);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_passed_is_signed_with_its_figures),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_what_is_missing_is_found_too),
		cmocka_unit_test(test_the_venue_has_no_way_down),
		cmocka_unit_test(test_what_ends_it),
		cmocka_unit_test(test_the_one_before_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
