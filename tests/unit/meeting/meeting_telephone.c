/* A turn by telephone: whose microphone opens, what is seen, and what happens to its two sites. */
#include <string.h>

#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

/* `at` NULL: no more by telephone. */
static int telephone(struct stage *stage, const char *turn, const char *at)
{
	struct cmd_turn_telephone *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_TURN_TELEPHONE)->turn_telephone;

	strcpy(in->turn, turn);
	in->has_at = in->has_note = at != NULL;
	strcpy(in->at, at ? at : "");
	strcpy(in->note, at ? "Phó Chủ tịch, máy lẻ 101" : "");
	int r = stage_give(stage);
	stage_settle(stage);
	return r;
}

/* Live in talks; the line of b is down. */
static struct stage *cut_off(void)
{
	struct stage *stage = stage_create();

	stage_start_talks(stage);
	stage_link(stage, "b", LINK_STATE_LOST);
	stage_media(stage, "b", MEDIA_STATE_SILENT);
	stage_settle(stage);
	return stage;
}

static void assert_voices(const struct stage *stage, const char *venue, const char *remote)
{
	int voices[VOICES_MAX];

	mtg_voices(stage->meeting, voices);
	assert_int_equal(voices[0], venue ? stage_index(stage, venue) : MTG_NONE);
	assert_int_equal(voices[1], remote ? stage_index(stage, remote) : MTG_NONE);
}

static enum layout layout(const struct stage *stage)
{
	struct scene program;

	mtg_program(stage->meeting, &program);
	return program.layout;
}

static void test_heard_from_another_site(void **state)
{
	struct stage *stage = cut_off();
	struct uplink uplink;

	(void)state;
	assert_int_equal(stage_op(stage, CMD_FLOOR_TAKE, "b1"), REFUSAL_SITE_SILENT);
	must(telephone(stage, "b1", "c"));
	assert_int_equal(telephone(stage, "b1", "c"), REFUSAL_ALREADY);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	assert_voices(stage, NULL, "c");
	assert_true(stage_heard(stage, "c"));
	assert_false(stage_heard(stage, "b") || stage_heard(stage, "hn"));
	assert_int_equal(layout(stage), LAYOUT_SLATE);
	assert_false(mtg_is_seen(stage->meeting, stage_index(stage, "c")));
	mtg_uplink(stage->meeting, stage_index(stage, "c"), &uplink);
	assert_int_equal(uplink.camera, UPLINK_LEVEL_PREVIEW);
	assert_true(uplink.voice);
	mtg_uplink(stage->meeting, stage_index(stage, "b"), &uplink);
	assert_false(uplink.voice);
	assert_int_equal(stage_tally(stage, "b"), TALLY_ON_AIR);
	assert_int_equal(stage_tally(stage, "c"), TALLY_ON_AIR);
	stage_pass(stage, 2 * MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "b1"));
	assert_voices(stage, "hn", NULL);
	assert_int_equal(layout(stage), LAYOUT_SOLO);
	/* the time is that of the site that spoke */
	assert_int_equal(mtg_site_spoken(stage->meeting, stage_index(stage, "b"), stage->now.at).ms,
		2 * MINUTE_MS);
	assert_int_equal(
		mtg_site_spoken(stage->meeting, stage_index(stage, "c"), stage->now.at).ms, 0);
	stage_destroy(stage);
}

/* Patched at the centre: the hall's microphones are not ducked, they carry it. */
static void test_at_the_centre(void **state)
{
	struct stage *stage = cut_off();

	(void)state;
	must(telephone(stage, "b1", "hn"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	assert_voices(stage, "hn", NULL);
	assert_false(mtg_is_ducked(stage->meeting, stage_index(stage, "hn")));
	assert_int_equal(layout(stage), LAYOUT_SLATE);
	stage_begin(stage, ROLE_OPERATOR, CMD_MIC_LOCK_ALL)->mic_lock_all.locked = true;
	must(stage_give(stage));
	assert_true(stage_heard(stage, "hn")); /* as whoever has the floor */
	assert_true(mtg_is_locked(stage->meeting, stage_index(stage, "b")));
	stage_destroy(stage);
}

static void test_what_is_refused(void **state)
{
	struct stage *stage = cut_off();

	(void)state;
	assert_int_equal(telephone(stage, "b1", "b"), REFUSAL_INVALID);
	assert_int_equal(telephone(stage, "b1", "nowhere"), REFUSAL_NOT_FOUND);
	assert_int_equal(telephone(stage, "none", "c"), REFUSAL_NOT_FOUND);
	assert_int_equal(telephone(stage, "b1", NULL), REFUSAL_ALREADY);
	must(stage_bar(stage, "c", true));
	assert_int_equal(telephone(stage, "b1", "c"), REFUSAL_SITE_BARRED);
	must(stage_bar(stage, "c", false));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_media(stage, "d", MEDIA_STATE_SILENT);
	assert_int_equal(telephone(stage, "a1", "d"), REFUSAL_SITE_SILENT);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_int_equal(telephone(stage, "a1", "c"), REFUSAL_WRONG_STATE);
	stage_begin(stage, ROLE_TECHNICIAN, CMD_TURN_TELEPHONE);
	assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN);
	stage_destroy(stage);
}

/* In the middle of the speech the line dies: on by telephone, and back once it lives again. */
static void test_in_the_middle(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	stage_pass(stage, MINUTE_MS);
	stage_media(stage, "b", MEDIA_STATE_SILENT);
	stage_settle(stage);
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_INTERRUPTED);
	must(telephone(stage, "b1", "c"));
	must(stage_op(stage, CMD_FLOOR_RESUME, "b1"));
	assert_voices(stage, NULL, "c");
	assert_int_equal(telephone(stage, "b1", NULL), REFUSAL_SITE_SILENT);
	must(telephone(stage, "b1", "d")); /* another line, while he speaks */
	assert_voices(stage, NULL, "d");
	stage_media(stage, "b", MEDIA_STATE_GOOD);
	must(telephone(stage, "b1", NULL));
	assert_voices(stage, NULL, "b");
	assert_int_equal(layout(stage), LAYOUT_SOLO);
	stage_destroy(stage);
}

/* What is lost of a telephone is the site where it comes in; of the speaker's own nothing is
 * missed. */
static void test_the_line_is_lost(void **state)
{
	struct stage *stage = cut_off();

	(void)state;
	must(telephone(stage, "b1", "c"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	stage_media(stage, "b", MEDIA_STATE_NONE);
	stage_media(stage, "b", MEDIA_STATE_SILENT);
	stage_settle(stage);
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_ON_AIR);
	assert_int_equal(stage_mute(stage, "c", true), 0);
	stage_pass(stage, UNHEARD_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_ON_AIR_UNHEARD, "c"));
	assert_false(stage_alarm(stage, ALARM_KIND_ON_AIR_UNHEARD, "b"));
	assert_int_equal(stage_mute(stage, "c", false), 0);
	stage_observe(stage, "c", SIGN_PICTURE_BLACK, true);
	stage_pass(stage, UNHEARD_SPAN_MS);
	assert_false(stage_alarm(stage, ALARM_KIND_ON_AIR_UNSEEN, "c")); /* it is not shown */
	stage_media(stage, "c", MEDIA_STATE_SILENT);
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_INTERRUPTED);
	assert_true(stage_alarm(stage, ALARM_KIND_MEDIA_SILENT, "c"));
	stage_settle(stage);
	assert_int_equal(stage_op(stage, CMD_FLOOR_RESUME, "b1"), REFUSAL_SITE_SILENT);
	stage_media(stage, "c", MEDIA_STATE_GOOD);
	must(stage_op(stage, CMD_FLOOR_RESUME, "b1"));
	must(stage_bar(stage, "c", true));
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_INTERRUPTED);
	stage_destroy(stage);
}

static void test_undo(void **state)
{
	struct stage *stage = cut_off();

	(void)state;
	must(telephone(stage, "b1", "c"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	stage_pass(stage, TAKE_GUARD_SPAN_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 2;
	must(stage_give(stage)); /* his site is silent, and his telephone is not */
	assert_string_equal(stage_on_air(stage), "b1");
	assert_voices(stage, NULL, "c");
	stage_pass(stage, TAKE_GUARD_SPAN_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_media(stage, "c", MEDIA_STATE_SILENT);
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 3;
	must(stage_give(stage));
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_INTERRUPTED);
	stage_destroy(stage);
}

/* Who holds the line is told that it is next, and answers for it. */
static void test_next(void **state)
{
	struct stage *stage = cut_off();

	(void)state;
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	must(stage_op(stage, CMD_TURN_ACKNOWLEDGE, "b1"));
	must(telephone(stage, "b1", "c"));
	assert_int_equal(stage_tally(stage, "c"), TALLY_NEXT);
	assert_int_equal(stage_tally(stage, "b"), TALLY_NEXT);
	assert_false(mtg_turn_by_id(stage->meeting, "b1")->acknowledged);
	stage_pass(stage, ACKNOWLEDGE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_UNACKNOWLEDGED_NEXT, "c"));
	assert_int_equal(stage_site(stage, "d", CMD_TURN_ACKNOWLEDGE, "b1"), REFUSAL_FORBIDDEN);
	must(stage_site(stage, "c", CMD_TURN_ACKNOWLEDGE, "b1"));
	stage_settle(stage);
	assert_false(stage_alarm(stage, ALARM_KIND_UNACKNOWLEDGED_NEXT, "c"));
	must(stage_bar(stage, "c", true));
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_WAITING);
	stage_destroy(stage);
}

static void test_its_sites_go(void **state)
{
	struct stage *stage = cut_off();

	(void)state;
	must(telephone(stage, "b1", "c"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	assert_int_equal(stage_op(stage, CMD_SITE_REMOVE, "c"), REFUSAL_TURN_ON_AIR);
	must(stage_op(stage, CMD_FLOOR_INTERRUPT, "b1"));
	must(stage_op(stage, CMD_SITE_REMOVE, "c"));
	assert_false(mtg_turn_by_id(stage->meeting, "b1")->by_telephone);
	must(telephone(stage, "b1", "d"));
	must(stage_edit_turn(stage, "b1", NULL, "a")); /* who comes elsewhere speaks from there */
	assert_false(mtg_turn_by_id(stage->meeting, "b1")->by_telephone);
	assert_int_equal(mtg_turn_by_id(stage->meeting, "b1")->site, stage_index(stage, "a"));
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_heard_from_another_site),
		cmocka_unit_test(test_at_the_centre),
		cmocka_unit_test(test_what_is_refused),
		cmocka_unit_test(test_in_the_middle),
		cmocka_unit_test(test_the_line_is_lost),
		cmocka_unit_test(test_undo),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_its_sites_go),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
