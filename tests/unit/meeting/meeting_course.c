/* The course of a meeting: what the tables cannot say. Timers, conflicts, order, closing, plans. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

/* ---- timers ---- */

static void test_warning_and_overrun(void **state)
{
	struct stage *stage = stage_create();
	const struct turn *turn;

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1")); /* 5 minutes: warned when one is left */
	turn = mtg_turn_by_id(stage->meeting, "a1");
	stage_pass(stage, 4 * MINUTE_MS - 1);
	assert_false(turn->warned);
	stage_pass(stage, 1);
	assert_true(turn->warned);
	assert_non_null(stage_event(stage, EV_TIMER_WARNED));
	stage_pass(stage, MINUTE_MS);
	assert_true(turn->overran);
	stage_pass(stage, 10 * MINUTE_MS); /* once each */
	assert_string_equal(stage_on_air(stage), "a1");
	assert_null(stage_event(stage, EV_TIMER_WARNED));
	stage_destroy(stage);
}

static void test_short_turn_is_warned_at_a_fifth(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_add_turn(stage, "a2", "talks", "a", 100000);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a2"));
	stage_pass(stage, 79999);
	assert_false(mtg_turn_by_id(stage->meeting, "a2")->warned);
	stage_pass(stage, 1);
	assert_true(mtg_turn_by_id(stage->meeting, "a2")->warned);
	stage_destroy(stage);
}

static void test_no_limit_no_warning(void **state)
{
	struct stage *stage = stage_create();
	struct instant due;

	(void)state;
	stage_start_talks(stage);
	stage_add_turn(stage, "a2", "talks", "a", 0);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a2"));
	assert_false(mtg_next_deadline(stage->meeting, &due));
	must(stage_extend(stage, "a2", MINUTE_MS)); /* now it has one */
	assert_true(mtg_next_deadline(stage->meeting, &due));
	stage_destroy(stage);
}

static void test_extension_warns_again(void **state)
{
	struct stage *stage = stage_create();
	const struct turn *turn;

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	turn = mtg_turn_by_id(stage->meeting, "a1");
	stage_pass(stage, 6 * MINUTE_MS);
	assert_true(turn->overran);
	must(stage_extend(stage, "a1", 30000)); /* still over: nothing to say again */
	assert_true(turn->warned && turn->overran);
	must(stage_extend(stage, "a1", 5 * MINUTE_MS)); /* 4.5 minutes left */
	assert_false(turn->warned || turn->overran);
	stage_pass(stage, 3 * MINUTE_MS + 30000);
	assert_true(turn->warned && !turn->overran);
	stage_pass(stage, MINUTE_MS);
	assert_true(turn->overran);
	stage_destroy(stage);
}

static void test_extension_limits(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(stage_extend(stage, "a1", 0), REFUSAL_INVALID);
	assert_int_equal(stage_extend(stage, "a1", -5 * MINUTE_MS - 1), REFUSAL_INVALID);
	assert_int_equal(stage_extend(stage, "a1", 24 * 3600000), REFUSAL_INVALID);
	assert_int_equal(stage_extend(stage, "a1", INT64_MAX), REFUSAL_INVALID);
	assert_int_equal(stage_extend(stage, "a1", INT64_MIN), REFUSAL_INVALID);
	must(stage_extend(stage, "a1", -5 * MINUTE_MS));
	stage_destroy(stage);
}

/* At speed 120 five minutes are 2.5 s; guards stay as they are. */
static void test_speed_scales_planned_spans_only(void **state)
{
	struct stage *stage = stage_create();
	struct turn_timer timer;

	(void)state;
	stage_meeting(stage, 120);
	stage_add_site(stage, "hn", 1, false);
	stage_add_list(stage, "l");
	stage_add_item(stage, "i", ITEM_KIND_REPORT, "l", NULL);
	stage_add_turn(stage, "x", "l", "hn", 5 * MINUTE_MS);
	stage_add_turn(stage, "y", "l", "hn", 1);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	must(stage_op(stage, CMD_ITEM_START, "i"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "x"));
	mtg_turn_timer(stage->meeting, 0, &timer);
	assert_int_equal(timer.allowance.ms, 2500);
	assert_int_equal(timer.warning.ms, 500);
	stage_pass(stage, 900);
	assert_int_equal(stage_op(stage, CMD_FLOOR_TAKE, "y"), REFUSAL_TOO_SOON);
	mtg_turn_timer(stage->meeting, 1, &timer);
	assert_int_equal(timer.allowance.ms, 1); /* never "no limit" */
	stage_destroy(stage);
}

static void test_time_left_survives_interruption(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_pass(stage, 2 * MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_INTERRUPT, "a1"));
	stage_pass(stage, 30 * MINUTE_MS);
	assert_int_equal(mtg_turn_spoken(mtg_turn_by_id(stage->meeting, "a1"), stage->now.at).ms,
		2 * MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_RESUME, "a1"));
	stage_pass(stage, 2 * MINUTE_MS);
	assert_true(mtg_turn_by_id(stage->meeting, "a1")->warned);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_int_equal(mtg_site_spoken(stage->meeting, stage_index(stage, "a"), stage->now.at).ms,
		4 * MINUTE_MS);
	stage_destroy(stage);
}

/* ---- undo ---- */

static void test_undo_gives_the_clock_back(void **state)
{
	struct stage *stage = stage_create();
	const struct turn *b1;
	const struct turn *a1;
	struct instant until;

	(void)state;
	stage_start_talks(stage);
	b1 = mtg_turn_by_id(stage->meeting, "b1");
	a1 = mtg_turn_by_id(stage->meeting, "a1");
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	stage_pass(stage, MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_true(mtg_undo_is_open(stage->meeting, &until));
	stage_pass(stage, 10000);
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 2;
	must(stage_give(stage));
	assert_false(mtg_undo_is_open(stage->meeting, &until));
	assert_int_equal(mtg_turn_spoken(b1, stage->now.at).ms, MINUTE_MS + 10000);
	assert_int_equal(a1->spoken.ms, 0);
	assert_false(a1->was_taken);
	assert_false(b1->was_ended);
	stage_destroy(stage);
}

static void test_undo_of_older_and_unknown_takes(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	stage_pass(stage, 2000);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 1;
	assert_int_equal(stage_give(stage), REFUSAL_TOO_LATE);
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 3;
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 0;
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
	stage_destroy(stage);
}

/* Somebody else was called meanwhile: there is one place for the next. */
static void test_undo_of_a_cued_take_after_another_cue(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 1;
	must(stage_give(stage));
	assert_int_equal(stage_turn(stage, "a1"), TURN_STATE_WAITING);
	assert_string_equal(stage_cued(stage), "b1");
	stage_destroy(stage);
}

static void test_undo_of_a_resume(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_pass(stage, 5000);
	must(stage_op(stage, CMD_FLOOR_INTERRUPT, "a1"));
	must(stage_op(stage, CMD_FLOOR_RESUME, "a1"));
	stage_pass(stage, 3000);
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 2;
	must(stage_give(stage));
	assert_int_equal(stage_turn(stage, "a1"), TURN_STATE_INTERRUPTED);
	assert_int_equal(mtg_turn_by_id(stage->meeting, "a1")->spoken.ms, 5000);
	stage_destroy(stage);
}

/* ---- agenda and lists ---- */

static void test_start_finishes_the_active_item(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_ITEM_START, "pause"));
	assert_int_equal(stage->batch.n, 2);
	assert_int_equal(stage->batch.records[0].event.name, EV_ITEM_FINISHED);
	assert_int_equal(stage->batch.records[1].event.name, EV_ITEM_STARTED);
	assert_int_equal(stage_item(stage, "talks"), ITEM_STATE_DONE);
	stage_destroy(stage);
}

/* Plan B: one list, cut by a break. The cue lives as long as an item of its list is to come. */
static void test_list_cut_by_a_break(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	must(stage_op(stage, CMD_ITEM_START, "pause"));
	assert_int_equal(stage_turn(stage, "a1"), TURN_STATE_CUED);
	assert_int_equal(stage_op(stage, CMD_FLOOR_TAKE, "a1"), REFUSAL_NOT_IN_ITEM);
	must(stage_op(stage, CMD_ITEM_START, "more"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	must(stage_op(stage, CMD_ITEM_START, "end"));
	assert_int_equal(stage->batch.records[0].event.name, EV_TURN_UNCUED);
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_WAITING);
	assert_int_equal(stage_op(stage, CMD_TURN_CUE, "b1"), REFUSAL_NOT_IN_ITEM);
	stage_destroy(stage);
}

static void test_skipping_the_last_item_uncues(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "d1")); /* on `hall`, of item `more` alone */
	must(stage_op(stage, CMD_ITEM_SKIP, "more"));
	assert_int_equal(stage_turn(stage, "d1"), TURN_STATE_WAITING);
	stage_destroy(stage);
}

static void test_cue_replaces_cue(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	assert_int_equal(stage->batch.n, 2);
	assert_int_equal(stage_turn(stage, "a1"), TURN_STATE_WAITING);
	assert_string_equal(stage_cued(stage), "b1");
	must(stage_bar(stage, "b", true));
	assert_string_equal(stage_cued(stage), "");
	assert_int_equal(stage_op(stage, CMD_TURN_CUE, "b1"), REFUSAL_SITE_BARRED);
	assert_int_equal(stage_op(stage, CMD_FLOOR_TAKE, "b1"), REFUSAL_SITE_BARRED);
	stage_destroy(stage);
}

static int move_turn(struct stage *stage, const char *turn, const char *before)
{
	struct cmd_turn_move *in = &stage_begin(stage, ROLE_CHAIR, CMD_TURN_MOVE)->turn_move;

	strcpy(in->turn, turn);
	in->has_before = before != NULL;
	strcpy(in->before, before ? before : "");
	return stage_give(stage);
}

static void assert_turn_order(const struct stage *stage, const char *expected)
{
	char command[256] = "";

	for (size_t i = 0; i < mtg_turn_count(stage->meeting); i++) {
		strcat(command, mtg_turn(stage->meeting, mtg_turn_at(stage->meeting, i))->id);
		strcat(command, " ");
	}
	assert_string_equal(command, expected);
}

static void test_turns_move(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(move_turn(stage, "c1", "a1"));
	assert_turn_order(stage, "c1 a1 b1 v1 d1 ");
	must(move_turn(stage, "c1", NULL));
	assert_turn_order(stage, "a1 b1 v1 d1 c1 ");
	must(move_turn(stage, "a1", "c1"));
	assert_turn_order(stage, "b1 v1 d1 a1 c1 ");
	assert_int_equal(move_turn(stage, "a1", "d1"), REFUSAL_INVALID); /* another list */
	assert_int_equal(move_turn(stage, "a1", "a1"), REFUSAL_INVALID);
	assert_int_equal(move_turn(stage, "a1", "zz"), REFUSAL_NOT_FOUND);
	stage_destroy(stage);
}

static int move_item(struct stage *stage, const char *item, const char *before)
{
	struct cmd_item_move *in = &stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_MOVE)->item_move;

	strcpy(in->item, item);
	in->has_before = before != NULL;
	strcpy(in->before, before ? before : "");
	return stage_give(stage);
}

static void test_items_move_among_the_pending(void **state)
{
	struct stage *stage = stage_create();
	const char *first;

	(void)state;
	stage_start_talks(stage);
	must(move_item(stage, "end", "open"));
	first = mtg_item(stage->meeting, mtg_item_at(stage->meeting, 0))->id;
	assert_string_equal(first, "end");
	assert_int_equal(move_item(stage, "end", "talks"), REFUSAL_INVALID);
	assert_int_equal(move_item(stage, "end", "end"), REFUSAL_INVALID);
	assert_int_equal(move_item(stage, "talks", NULL), REFUSAL_WRONG_STATE);
	stage_destroy(stage);
}

static void test_insert_item(void **state)
{
	struct stage *stage = stage_create();
	struct cmd_item_insert *in;

	(void)state;
	stage_start_talks(stage);
	in = &stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_INSERT)->item_insert;
	strcpy(in->item, "film");
	in->kind = ITEM_KIND_FILM;
	in->has_before = true;
	strcpy(in->before, "pause");
	must(stage_give(stage));
	assert_string_equal(mtg_item(stage->meeting, mtg_item_at(stage->meeting, 2))->id, "film");
	assert_int_equal(stage_give(stage), REFUSAL_EXISTS);
	strcpy(in->item, "film2");
	strcpy(in->before, "talks");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	in->has_before = false;
	in->n_lists = 1;
	strcpy(in->lists[0], "unlisted");
	assert_int_equal(stage_give(stage), REFUSAL_NOT_FOUND);
	in->n_lists = 2;
	strcpy(in->lists[0], "hall");
	strcpy(in->lists[1], "hall");
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	stage_destroy(stage);
}

/* Numbers go on where a plan has used them. */
static void test_minted_turns(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_add_turn(stage, "t-7", "talks", "a", 0);
	must(stage_site(stage, "d", CMD_TURN_REQUEST, "d"));
	assert_string_equal(stage_event(stage, EV_TURN_ADDED)->turn_added.turn, "t-8");
	assert_false(stage_event(stage, EV_TURN_ADDED)->turn_added.approved);
	assert_string_equal(stage_event(stage, EV_TURN_ADDED)->turn_added.list, "talks");
	stage_destroy(stage);
}

static void test_approve_with_place_and_time(void **state)
{
	struct stage *stage = stage_create();
	struct cmd_turn_approve *in;

	(void)state;
	stage_start_talks(stage);
	must(stage_site(stage, "d", CMD_TURN_REQUEST, "d"));
	assert_int_equal(stage_op(stage, CMD_FLOOR_TAKE, "t-6"), REFUSAL_NOT_APPROVED);
	in = &stage_begin(stage, ROLE_CHAIR, CMD_TURN_APPROVE)->turn_approve;
	strcpy(in->turn, "t-6");
	in->has_before = true;
	strcpy(in->before, "b1");
	in->has_allowance = true;
	in->allowance.ms = 3 * MINUTE_MS;
	must(stage_give(stage));
	assert_turn_order(stage, "a1 t-6 b1 c1 v1 d1 ");
	assert_int_equal(mtg_turn_by_id(stage->meeting, "t-6")->allowance.ms, 3 * MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, "t-6"));
	stage_destroy(stage);
}

/* ---- conflicts ---- */

static int expecting(struct stage *stage, enum command_name name, const char *id, int64_t seq)
{
	strcpy(stage_begin(stage, ROLE_OPERATOR, name)->floor_take.turn, id);
	stage->command.has_expect = true;
	stage->command.expect = seq;
	return stage_give(stage);
}

/* Two operators press in the same instant: one take, one conflict. */
static void test_two_takes(void **state)
{
	struct stage *stage = stage_create();
	int64_t seen;

	(void)state;
	stage_start_talks(stage);
	seen = mtg_last_seq(stage->meeting);
	must(expecting(stage, CMD_FLOOR_TAKE, "a1", seen));
	assert_int_equal(expecting(stage, CMD_FLOOR_TAKE, "b1", seen), REFUSAL_CONFLICT);
	stage_pass(stage, 2000);
	must(expecting(stage, CMD_FLOOR_TAKE, "b1", mtg_last_seq(stage->meeting)));
	stage_destroy(stage);
}

static void test_two_moves(void **state)
{
	struct stage *stage = stage_create();
	int64_t seen;

	(void)state;
	stage_start_talks(stage);
	seen = mtg_last_seq(stage->meeting);
	must(expecting(stage, CMD_TURN_MOVE, "a1", seen));
	assert_int_equal(expecting(stage, CMD_TURN_MOVE, "b1", seen), REFUSAL_CONFLICT);
	must(expecting(stage, CMD_TURN_MOVE, "d1", seen)); /* another list */
	must(expecting(stage, CMD_FLOOR_TAKE, "b1", seen)); /* names its turn */
	stage_destroy(stage);
}

static void test_facts_make_no_conflict(void **state)
{
	struct stage *stage = stage_create();
	int64_t seen;

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	seen = mtg_last_seq(stage->meeting);
	stage_link(stage, "b", LINK_STATE_LOST);
	stage_media(stage, "c", MEDIA_STATE_DEGRADED);
	stage_observe(stage, "d", SIGN_CLOCK_OFF, true);
	stage_settle(stage);
	must(stage_mute(stage, "b", true));
	must(stage_site(stage, "d", CMD_TURN_REQUEST, "d"));
	must(stage_site(stage, "a", CMD_TURN_ACKNOWLEDGE, "a1"));
	must(expecting(stage, CMD_FLOOR_TAKE, "a1", seen));
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	seen = mtg_last_seq(stage->meeting);
	stage_link(stage, "b", LINK_STATE_ONLINE);
	must(expecting(stage, CMD_ITEM_START, "pause", seen));
	assert_int_equal(expecting(stage, CMD_ITEM_START, "more", seen), REFUSAL_CONFLICT);
	stage_destroy(stage);
}

static void test_area_conflicts(void **state)
{
	struct stage *stage = stage_create();
	int64_t seen;

	(void)state;
	stage_start_talks(stage);
	seen = mtg_last_seq(stage->meeting);
	must(stage_bar(stage, "d", true));
	assert_int_equal(expecting(stage, CMD_SITE_BAR, "d", seen), REFUSAL_CONFLICT);
	must(stage_do(stage, ROLE_OPERATOR, CMD_FLOOR_TAKE, "a1"));
	stage_begin(stage, ROLE_OPERATOR, CMD_SCENE_OVERRIDE)->scene_override.layout = LAYOUT_SLATE;
	stage->command.has_expect = true;
	stage->command.expect = seen;
	assert_int_equal(stage_give(stage), REFUSAL_CONFLICT);
	stage_begin(stage, ROLE_OPERATOR, CMD_MIC_LOCK_ALL)->mic_lock_all.locked = true;
	must(stage_give(stage));
	stage->command.body.mic_lock_all.locked = false;
	stage->command.has_expect = true;
	stage->command.expect = seen;
	assert_int_equal(stage_give(stage), REFUSAL_CONFLICT);
	stage_destroy(stage);
}

/* ---- closing, reopening, planning ---- */

static void test_close_and_reopen(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	assert_string_equal(stage_cued(stage), "");
	assert_int_equal(stage_item(stage, "talks"), ITEM_STATE_DONE);
	stage_pass(stage, REOPEN_SPAN_MS);
	must(stage_op(stage, CMD_MEETING_REOPEN, NULL));
	assert_int_equal(stage_item(stage, "talks"), ITEM_STATE_ACTIVE);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	stage_pass(stage, REOPEN_SPAN_MS + 1);
	assert_int_equal(stage_op(stage, CMD_MEETING_REOPEN, NULL), REFUSAL_TOO_LATE);
	stage_destroy(stage);
}

/* An item finished by hand just before closing stays finished. */
static void test_reopen_wakes_only_what_closing_ended(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_ITEM_FINISH, "talks"));
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	must(stage_op(stage, CMD_MEETING_REOPEN, NULL));
	assert_int_equal(stage_item(stage, "talks"), ITEM_STATE_DONE);
	assert_int_equal(mtg_active_item(stage->meeting), MTG_NONE);
	stage_destroy(stage);
}

static void test_plan_is_checked(void **state)
{
	struct stage *stage = stage_create();
	struct command *c;

	(void)state;
	stage_rehearse(stage);
	c = stage_begin(stage, ROLE_SYSTEM, CMD_SITE_ADD);
	strcpy(c->site_add.site, "z");
	c->site_add.kind = SITE_KIND_MAIN;
	c->site_add.number = 77;
	assert_int_equal(stage_give(stage), REFUSAL_EXISTS);
	c->site_add.kind = SITE_KIND_REMOTE;
	c->site_add.number = 2;
	assert_int_equal(stage_give(stage), REFUSAL_EXISTS);
	c->site_add.number = 0;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	c->site_add.number = SITE_NUMBER_MAX;
	must(stage_give(stage));
	assert_string_equal(mtg_site_by_number(stage->meeting, SITE_NUMBER_MAX)->id, "z");
	assert_null(mtg_site_by_number(stage->meeting, 78));
	assert_null(mtg_site_by_number(stage->meeting, 100000));
	c = stage_begin(stage, ROLE_SYSTEM, CMD_TURN_ADD);
	strcpy(c->turn_add.list, "talks");
	strcpy(c->turn_add.site, "a");
	c->turn_add.origin = TURN_ORIGIN_REQUESTED;
	assert_int_equal(stage_give(stage), REFUSAL_INVALID);
	stage_destroy(stage);
}

static int create_on(const char *date)
{
	struct stage *stage = stage_create();
	struct cmd_meeting_create *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_MEETING_CREATE)->meeting_create;
	int r;

	strcpy(in->date, date);
	in->speed = 1;
	r = stage_give(stage);
	stage_destroy(stage);
	return r;
}

static void test_dates(void **state)
{
	static const char *const bad[] = {"", "2022", "2022-02-29", "2022-13-01", "2022-00-10",
		"2022-04-31", "2022-7-15", "2022-07-15x", "1969-12-31", "22-07-2015", "2100-02-29"};

	(void)state;
	must(create_on("2022-07-15"));
	must(create_on("2024-02-29"));
	must(create_on("2000-02-29"));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(create_on(bad[i]), REFUSAL_INVALID);
	}
}

/* Everything full: refused with `limit`, and the next operation goes on. */
static void test_limits(void **state)
{
	struct stage *stage = stage_create();
	struct command *c;
	char id[16];
	int r = 0;
	size_t n;

	(void)state;
	stage_rehearse(stage);
	for (n = mtg_list_count(stage->meeting); r == 0; n++) {
		c = stage_begin(stage, ROLE_SYSTEM, CMD_LIST_ADD);
		snprintf(id, sizeof(id), "l%zu", n);
		strcpy(c->list_add.list, id);
		r = stage_give(stage);
	}
	assert_int_equal(r, REFUSAL_LIMIT);
	assert_int_equal(mtg_list_count(stage->meeting), LISTS_MAX);
	r = 0;
	for (n = mtg_item_count(stage->meeting); r == 0; n++) {
		c = stage_begin(stage, ROLE_SYSTEM, CMD_ITEM_INSERT);
		snprintf(id, sizeof(id), "i%zu", n);
		strcpy(c->item_insert.item, id);
		r = stage_give(stage);
	}
	assert_int_equal(r, REFUSAL_LIMIT);
	assert_int_equal(mtg_item_count(stage->meeting), ITEMS_MAX);
	stage_destroy(stage);
}

/* The clock handed in is never believed to go back. */
static void test_clock_never_goes_back(void **state)
{
	struct stage *stage = stage_create();
	int64_t at;

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	at = stage->batch.records[0].at.ms;
	stage->now.at.ms -= 500;
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	assert_int_equal(stage->batch.records[0].at.ms, at);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_warning_and_overrun),
		cmocka_unit_test(test_short_turn_is_warned_at_a_fifth),
		cmocka_unit_test(test_no_limit_no_warning),
		cmocka_unit_test(test_extension_warns_again),
		cmocka_unit_test(test_extension_limits),
		cmocka_unit_test(test_speed_scales_planned_spans_only),
		cmocka_unit_test(test_time_left_survives_interruption),
		cmocka_unit_test(test_undo_gives_the_clock_back),
		cmocka_unit_test(test_undo_of_older_and_unknown_takes),
		cmocka_unit_test(test_undo_of_a_cued_take_after_another_cue),
		cmocka_unit_test(test_undo_of_a_resume),
		cmocka_unit_test(test_start_finishes_the_active_item),
		cmocka_unit_test(test_list_cut_by_a_break),
		cmocka_unit_test(test_skipping_the_last_item_uncues),
		cmocka_unit_test(test_cue_replaces_cue),
		cmocka_unit_test(test_turns_move),
		cmocka_unit_test(test_items_move_among_the_pending),
		cmocka_unit_test(test_insert_item),
		cmocka_unit_test(test_minted_turns),
		cmocka_unit_test(test_approve_with_place_and_time),
		cmocka_unit_test(test_two_takes),
		cmocka_unit_test(test_two_moves),
		cmocka_unit_test(test_facts_make_no_conflict),
		cmocka_unit_test(test_area_conflicts),
		cmocka_unit_test(test_close_and_reopen),
		cmocka_unit_test(test_reopen_wakes_only_what_closing_ended),
		cmocka_unit_test(test_plan_is_checked),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_clock_never_goes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
