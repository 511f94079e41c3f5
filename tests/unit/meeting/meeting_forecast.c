/* The forecast, on the programme of plan B: clock times, a missing time, a list cut by a break. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/meeting/stage.h"

enum { HOUR_MS = 3600000, NONE = -1 };

/* Midnight of 15 July 2022 in Hanoi. */
static const int64_t midnight = 1657818000000;

static struct forecast forecast; /* too large for the stack */

static void must(int r)
{
	assert_int_equal(r, 0);
}

static int64_t clock_time(int hour, int minute)
{
	return hour * (int64_t)HOUR_MS + minute * (int64_t)MINUTE_MS;
}

static void add_item(struct stage *stage, const char *id, enum item_kind kind, int64_t start,
	int64_t minutes, const char *list)
{
	struct cmd_item_insert *in = &stage_begin(stage, ROLE_SYSTEM, CMD_ITEM_INSERT)->item_insert;

	strcpy(in->item, id);
	in->kind = kind;
	in->has_planned_start = start != NONE;
	in->planned_start = start != NONE ? (uint32_t)start : 0;
	in->has_planned_length = minutes != NONE;
	in->planned_length.ms = minutes != NONE ? minutes * MINUTE_MS : 0;
	if (list) {
		strcpy(in->lists[in->n_lists++], list);
	}
	must(stage_give(stage));
}

/* Items of plan B; seven talks of 75 minutes together. */
static void plan_b(struct stage *stage, uint32_t speed)
{
	char id[8];

	stage_meeting(stage, speed);
	stage_add_site(stage, "hn", 1, false);
	stage_add_list(stage, "talks");
	add_item(stage, "i01", ITEM_KIND_RECEPTION, clock_time(7, 0), NONE, NULL);
	add_item(stage, "i02", ITEM_KIND_OPENING, clock_time(7, 30), 10, NULL);
	add_item(stage, "i03", ITEM_KIND_REPORT, clock_time(7, 40), 20, NULL);
	add_item(stage, "i04", ITEM_KIND_REPORT, clock_time(8, 0), 20, NULL);
	add_item(stage, "i05", ITEM_KIND_DISCUSSION, NONE, NONE, NULL);
	add_item(stage, "i06", ITEM_KIND_DISCUSSION, clock_time(8, 20), 55, "talks");
	add_item(stage, "i07", ITEM_KIND_BREAK, clock_time(9, 15), 15, NULL);
	add_item(stage, "i08", ITEM_KIND_DISCUSSION, clock_time(9, 30), 20, "talks");
	add_item(stage, "i09", ITEM_KIND_REMARKS, clock_time(9, 50), 30, NULL);
	add_item(stage, "i10", ITEM_KIND_REMARKS, clock_time(10, 20), 30, NULL);
	add_item(stage, "i11", ITEM_KIND_CLOSING, clock_time(11, 0), NONE, NULL);
	for (int i = 1; i <= 7; i++) {
		snprintf(id, sizeof(id), "n%d", i);
		stage_add_turn(stage, id, "talks", "hn", i <= 5 ? 11 * MINUTE_MS : 10 * MINUTE_MS);
	}
}

static void set_clock(struct stage *stage, int hour, int minute)
{
	int64_t by = midnight + clock_time(hour, minute) - stage->now.wall.ms;

	assert_true(by >= 0);
	stage_sleep(stage, by);
}

static void look(struct stage *stage)
{
	mtg_forecast(stage->meeting, stage->now, &forecast);
}

/* The time of day that an instant will be. */
static int64_t time_of(const struct stage *stage, struct instant at)
{
	return stage->now.wall.ms + at.ms - stage->now.at.ms - midnight;
}

static const struct item_forecast *item(const struct stage *stage, const char *id)
{
	return &forecast.items[mtg_item_index(stage->meeting, mtg_item_by_id(stage->meeting, id))];
}

static const struct turn_forecast *turn(const struct stage *stage, const char *id)
{
	return &forecast.turns[mtg_turn_index(stage->meeting, mtg_turn_by_id(stage->meeting, id))];
}

static void assert_item(const struct stage *stage, const char *id, int64_t start, int64_t finish)
{
	assert_true(item(stage, id)->known);
	assert_int_equal(time_of(stage, item(stage, id)->start), start);
	assert_int_equal(time_of(stage, item(stage, id)->finish), finish);
}

static void open_at(struct stage *stage, int hour, int minute)
{
	set_clock(stage, hour, minute);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
}

static struct stage *early_stage(void)
{
	struct stage *stage = stage_create();

	stage->now.wall.ms = midnight;
	return stage;
}

static void test_before_opening_as_planned(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	set_clock(stage, 4, 0);
	look(stage);
	assert_item(stage, "i02", clock_time(7, 30), clock_time(7, 40));
	assert_item(stage, "i05", clock_time(8, 20), clock_time(8, 20));
	assert_item(stage, "i06", clock_time(8, 20), clock_time(9, 15));
	assert_item(stage, "i08", clock_time(9, 30), clock_time(9, 50));
	assert_item(stage, "i11", clock_time(11, 0), clock_time(11, 0));
	assert_int_equal(forecast.offset.ms, 0);
	assert_int_equal(time_of(stage, forecast.end), clock_time(11, 0));
	stage_destroy(stage);
}

/* Five talks before the break, two after it, each with the time it will be called up. */
static void test_list_is_dealt_over_the_break(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	set_clock(stage, 6, 0);
	look(stage);
	assert_int_equal(time_of(stage, turn(stage, "n1")->expected), clock_time(8, 20));
	assert_int_equal(time_of(stage, turn(stage, "n5")->expected), clock_time(9, 4));
	assert_int_equal(time_of(stage, turn(stage, "n6")->expected), clock_time(9, 30));
	assert_int_equal(time_of(stage, turn(stage, "n7")->expected), clock_time(9, 40));
	stage_destroy(stage);
}

/* Ten minutes late at the opening: the gap before the closing takes it in. */
static void test_gaps_absorb_delay(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	open_at(stage, 7, 0);
	must(stage_op(stage, CMD_ITEM_START, "i01"));
	set_clock(stage, 7, 40);
	must(stage_op(stage, CMD_ITEM_START, "i02"));
	look(stage);
	assert_int_equal(forecast.offset.ms, 10 * MINUTE_MS);
	assert_item(stage, "i02", clock_time(7, 40), clock_time(7, 50));
	assert_item(stage, "i10", clock_time(10, 30), clock_time(11, 0));
	assert_item(stage, "i11", clock_time(11, 0), clock_time(11, 0));
	assert_int_equal(forecast.planned_end.ms, forecast.end.ms);
	stage_destroy(stage);
}

/* An item that should be over pushes all others minute by minute. */
static void test_active_item_overruns(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	open_at(stage, 7, 30);
	must(stage_op(stage, CMD_ITEM_START, "i02"));
	set_clock(stage, 7, 35);
	look(stage);
	assert_int_equal(forecast.offset.ms, 0);
	assert_item(stage, "i02", clock_time(7, 30), clock_time(7, 40));
	set_clock(stage, 7, 55);
	look(stage);
	assert_int_equal(forecast.offset.ms, 15 * MINUTE_MS);
	assert_item(stage, "i03", clock_time(7, 55), clock_time(8, 15));
	stage_destroy(stage);
}

/* Ahead of time the next item waits for its planned start. */
static void test_ahead(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	open_at(stage, 7, 20);
	must(stage_op(stage, CMD_ITEM_START, "i02"));
	look(stage);
	assert_int_equal(forecast.offset.ms, -10 * MINUTE_MS);
	assert_item(stage, "i03", clock_time(7, 40), clock_time(8, 0));
	stage_destroy(stage);
}

/* What was jumped over would still be to come. */
static void start_discussion(struct stage *stage)
{
	static const char *const before[] = {"i01", "i02", "i03", "i04", "i05"};

	open_at(stage, 8, 20);
	for (size_t i = 0; i < 5; i++) {
		must(stage_op(stage, CMD_ITEM_SKIP, before[i]));
	}
	must(stage_op(stage, CMD_ITEM_START, "i06"));
}

static void test_remaining_turns_count(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	start_discussion(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "n1"));
	set_clock(stage, 8, 25);
	look(stage);
	assert_item(stage, "i06", clock_time(8, 20), clock_time(9, 15));
	assert_false(turn(stage, "n1")->known);
	assert_int_equal(time_of(stage, turn(stage, "n2")->expected), clock_time(8, 31));
	must(stage_extend(stage, "n1", 6 * MINUTE_MS)); /* so n5 no longer fits before the break */
	look(stage);
	assert_int_equal(time_of(stage, turn(stage, "n4")->expected), clock_time(8, 59));
	assert_int_equal(time_of(stage, turn(stage, "n5")->expected), clock_time(9, 30));
	assert_int_equal(time_of(stage, turn(stage, "n7")->expected), clock_time(9, 51));
	assert_item(stage, "i08", clock_time(9, 30), clock_time(10, 1));
	stage_destroy(stage);
}

/* A list may still grow: its item lasts what the plan says, or until somebody ends it. */
static void test_no_turns_left(void **state)
{
	struct stage *stage = early_stage();
	char id[8];

	(void)state;
	plan_b(stage, 1);
	for (int i = 1; i <= 7; i++) {
		snprintf(id, sizeof(id), "n%d", i);
		must(stage_op(stage, CMD_TURN_SKIP, id));
	}
	start_discussion(stage);
	set_clock(stage, 8, 30);
	look(stage);
	assert_item(stage, "i06", clock_time(8, 20), clock_time(9, 15));
	assert_item(stage, "i07", clock_time(9, 15), clock_time(9, 30));
	set_clock(stage, 9, 20);
	look(stage);
	assert_item(stage, "i06", clock_time(8, 20), clock_time(9, 20));
	stage_destroy(stage);
}

/* Items of 20 minutes with turns of `each` minutes; the next one follows. */
static void assert_list_item_lasts(const int *each, size_t n, int64_t length, int64_t minutes)
{
	struct stage *stage = early_stage();
	char id[8];

	stage_meeting(stage, 1);
	stage_add_site(stage, "hn", 1, false);
	stage_add_list(stage, "talks");
	add_item(stage, "talk", ITEM_KIND_PRESENTATIONS, clock_time(8, 0), length, "talks");
	add_item(stage, "next", ITEM_KIND_CLOSING, NONE, 5, NULL);
	for (size_t i = 0; i < n; i++) {
		snprintf(id, sizeof(id), "t%d", (int)(i % 10));
		stage_add_turn(stage, id, "talks", "hn", each[i] * MINUTE_MS);
	}
	set_clock(stage, 7, 0);
	look(stage);
	assert_item(stage, "talk", clock_time(8, 0), clock_time(8, 0) + minutes * MINUTE_MS);
	assert_int_equal(time_of(stage, item(stage, "talk")->planned_finish),
		clock_time(8, 0) + (length != NONE ? length : minutes) * MINUTE_MS);
	open_at(stage, 8, 0);
	must(stage_op(stage, CMD_ITEM_START, "talk"));
	look(stage);
	assert_item(stage, "talk", clock_time(8, 0), clock_time(8, 0) + minutes * MINUTE_MS);
	stage_destroy(stage);
}

static void test_list_item_lasts_as_planned(void **state)
{
	(void)state;
	assert_list_item_lasts(NULL, 0, 20, 20);
	assert_list_item_lasts((int[]){10}, 1, 20, 20);
	assert_list_item_lasts((int[]){10, 10}, 2, 20, 20);
	assert_list_item_lasts((int[]){10, 15}, 2, 20, 25);
	assert_list_item_lasts((int[]){0, 15}, 2, 20, 20);
	assert_list_item_lasts((int[]){10, 15}, 2, NONE, 25);
	assert_list_item_lasts(NULL, 0, NONE, 0);
}

/* A talk that ends early gives its item nothing back; one that takes longer than all left does. */
static void test_list_item_while_active(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	stage_meeting(stage, 1);
	stage_add_site(stage, "hn", 1, false);
	stage_add_list(stage, "talks");
	add_item(stage, "talk", ITEM_KIND_PRESENTATIONS, clock_time(8, 0), 20, "talks");
	stage_add_turn(stage, "x", "talks", "hn", 10 * MINUTE_MS);
	stage_add_turn(stage, "y", "talks", "hn", 10 * MINUTE_MS);
	open_at(stage, 8, 0);
	must(stage_op(stage, CMD_ITEM_START, "talk"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "x"));
	set_clock(stage, 8, 6);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "x"));
	look(stage);
	assert_item(stage, "talk", clock_time(8, 0), clock_time(8, 20));
	set_clock(stage, 8, 14);
	look(stage);
	assert_item(stage, "talk", clock_time(8, 0), clock_time(8, 24));
	stage_destroy(stage);
}

/* Without a length of its own an item is planned as its turns: nobody is late when they all speak.
 */
static void test_no_length_is_not_late(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	stage_meeting(stage, 1);
	stage_add_site(stage, "hn", 1, false);
	stage_add_list(stage, "talks");
	add_item(stage, "talk", ITEM_KIND_PRESENTATIONS, clock_time(8, 0), NONE, "talks");
	add_item(stage, "next", ITEM_KIND_CLOSING, NONE, 5, NULL);
	stage_add_turn(stage, "x", "talks", "hn", 10 * MINUTE_MS);
	open_at(stage, 8, 0);
	must(stage_op(stage, CMD_ITEM_START, "talk"));
	set_clock(stage, 8, 10);
	must(stage_op(stage, CMD_ITEM_START, "next"));
	look(stage);
	assert_int_equal(forecast.offset.ms, 0);
	assert_int_equal(time_of(stage, forecast.planned_end), clock_time(8, 15));
	stage_destroy(stage);
}

static void fix_end(struct stage *stage, int64_t end)
{
	struct cmd_item_insert *in = &stage_begin(stage, ROLE_SYSTEM, CMD_ITEM_INSERT)->item_insert;

	strcpy(in->item, "fixed");
	in->kind = ITEM_KIND_BREAK;
	in->has_fixed_end = true;
	in->fixed_end = (uint32_t)end;
	must(stage_give(stage));
	add_item(stage, "after", ITEM_KIND_OTHER, NONE, 10, NULL);
}

/* A break until half past eleven: until then, or gone if it comes too late. */
static void test_fixed_end(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	fix_end(stage, clock_time(11, 30));
	open_at(stage, 7, 30);
	look(stage);
	assert_item(stage, "fixed", clock_time(11, 0), clock_time(11, 30));
	assert_item(stage, "after", clock_time(11, 30), clock_time(11, 40));
	set_clock(stage, 11, 20);
	look(stage); /* nothing was held yet: the break is long past its end by then */
	assert_int_equal(item(stage, "fixed")->finish.ms, item(stage, "fixed")->start.ms);
	stage_destroy(stage);
}

/* A day's meeting that goes on after midnight, and on the next morning. */
static void test_over_midnight(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	stage_meeting(stage, 1);
	stage_add_site(stage, "hn", 1, false);
	add_item(stage, "late", ITEM_KIND_REPORT, clock_time(23, 15), 60, NULL);
	add_item(stage, "after", ITEM_KIND_REPORT, clock_time(24, 15), 20, NULL);
	add_item(stage, "morning", ITEM_KIND_REPORT, clock_time(32, 0), 30, NULL);
	open_at(stage, 23, 15);
	must(stage_op(stage, CMD_ITEM_START, "late"));
	set_clock(stage, 24, 20);
	look(stage);
	assert_int_equal(forecast.offset.ms, 5 * MINUTE_MS);
	assert_item(stage, "after", clock_time(24, 20), clock_time(24, 40));
	assert_item(stage, "morning", clock_time(32, 0), clock_time(32, 30));
	must(stage_op(stage, CMD_ITEM_START, "after"));
	set_clock(stage, 32, 10);
	must(stage_op(stage, CMD_ITEM_START, "morning"));
	look(stage);
	assert_int_equal(forecast.offset.ms, 10 * MINUTE_MS);
	stage_destroy(stage);
}

/* On another day, or hours off, the first planned time is where the meeting was opened. */
static void test_anchored_at_opening(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	set_clock(stage, 15, 0);
	look(stage);
	assert_int_equal(forecast.offset.ms, 0);
	assert_item(stage, "i02", clock_time(15, 30), clock_time(15, 40));
	open_at(stage, 15, 10);
	look(stage);
	assert_int_equal(forecast.offset.ms, 0);
	assert_item(stage, "i11", clock_time(19, 10), clock_time(19, 10));
	stage_destroy(stage);
}

static void test_another_day(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	stage->now.wall.ms += 3 * (int64_t)24 * HOUR_MS;
	plan_b(stage, 1);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	stage_sleep(stage, 5 * MINUTE_MS);
	look(stage);
	assert_int_equal(forecast.offset.ms, 5 * MINUTE_MS);
	stage_destroy(stage);
}

/* A wall clock stepped by an hour after the opening moves nothing. */
static void test_wall_clock_stepped(void **state)
{
	struct stage *stage = early_stage();
	struct instant end;

	(void)state;
	plan_b(stage, 1);
	open_at(stage, 7, 30);
	look(stage);
	end = forecast.end;
	stage->now.wall.ms += HOUR_MS;
	look(stage);
	assert_int_equal(forecast.end.ms, end.ms);
	stage_destroy(stage);
}

/* At speed 120 the four hours are two minutes, from the opening. */
static void test_at_speed(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 120);
	open_at(stage, 7, 0);
	must(stage_op(stage, CMD_ITEM_START, "i01"));
	look(stage);
	assert_int_equal(forecast.end.ms - stage->now.at.ms, 4 * HOUR_MS / 120);
	assert_int_equal(forecast.offset.ms, 0);
	assert_int_equal(
		turn(stage, "n2")->expected.ms - stage->now.at.ms, (80 + 11) * MINUTE_MS / 120);
	stage_destroy(stage);
}

/* Plan A: no clock times at all. */
static void test_without_clock_times(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	stage_meeting(stage, 1);
	stage_add_site(stage, "hn", 1, false);
	stage_add_list(stage, "talks");
	add_item(stage, "i1", ITEM_KIND_OPENING, NONE, 15, NULL);
	add_item(stage, "i2", ITEM_KIND_PRESENTATIONS, NONE, NONE, "talks");
	add_item(stage, "i3", ITEM_KIND_CLOSING, NONE, 10, NULL);
	stage_add_turn(stage, "x", "talks", "hn", 10 * MINUTE_MS);
	stage_add_turn(stage, "y", "talks", "hn", 10 * MINUTE_MS);
	open_at(stage, 8, 0);
	look(stage);
	assert_item(stage, "i2", clock_time(8, 15), clock_time(8, 35));
	assert_item(stage, "i3", clock_time(8, 35), clock_time(8, 45));
	stage_destroy(stage);
}

static void test_closed_and_skipped(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	open_at(stage, 7, 30);
	must(stage_op(stage, CMD_ITEM_START, "i02"));
	must(stage_op(stage, CMD_ITEM_SKIP, "i03"));
	look(stage);
	assert_false(item(stage, "i03")->known);
	set_clock(stage, 7, 45);
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	set_clock(stage, 9, 0);
	look(stage);
	assert_item(stage, "i02", clock_time(7, 30), clock_time(7, 45));
	assert_false(item(stage, "i04")->known);
	assert_int_equal(time_of(stage, forecast.end), clock_time(7, 45));
	stage_destroy(stage);
}

static void test_empty_meeting(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	look(stage);
	assert_false(forecast.has_end);
	stage_meeting(stage, 1);
	look(stage);
	assert_false(forecast.has_end);
	assert_int_equal(forecast.offset.ms, 0);
	stage_destroy(stage);
}

/* Whenever one looks: nothing before now, items in order, never hours off for minutes of delay. */
static void test_never_nonsense(void **state)
{
	struct stage *stage = early_stage();

	(void)state;
	plan_b(stage, 1);
	open_at(stage, 7, 0);
	for (int i = 0; i < 11; i++) {
		const char *id =
			mtg_item(stage->meeting, mtg_item_at(stage->meeting, (size_t)i))->id;

		must(stage_op(stage, CMD_ITEM_START, id));
		for (int m = 0; m < 24; m++) {
			int64_t last = stage->now.at.ms;

			stage_sleep(stage, MINUTE_MS);
			look(stage);
			assert_in_range(forecast.offset.ms + HOUR_MS, 0, 3 * HOUR_MS);
			assert_true(forecast.end.ms > last);
			for (size_t j = (size_t)i + 1; j < 11; j++) {
				const struct item_forecast *f =
					&forecast.items[mtg_item_at(stage->meeting, j)];

				assert_true(f->start.ms > last && f->finish.ms >= f->start.ms);
				last = f->finish.ms - 1;
			}
		}
	}
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_before_opening_as_planned),
		cmocka_unit_test(test_list_is_dealt_over_the_break),
		cmocka_unit_test(test_gaps_absorb_delay),
		cmocka_unit_test(test_active_item_overruns),
		cmocka_unit_test(test_ahead),
		cmocka_unit_test(test_remaining_turns_count),
		cmocka_unit_test(test_no_turns_left),
		cmocka_unit_test(test_list_item_lasts_as_planned),
		cmocka_unit_test(test_list_item_while_active),
		cmocka_unit_test(test_no_length_is_not_late),
		cmocka_unit_test(test_fixed_end),
		cmocka_unit_test(test_over_midnight),
		cmocka_unit_test(test_anchored_at_opening),
		cmocka_unit_test(test_another_day),
		cmocka_unit_test(test_wall_clock_stepped),
		cmocka_unit_test(test_at_speed),
		cmocka_unit_test(test_without_clock_times),
		cmocka_unit_test(test_closed_and_skipped),
		cmocka_unit_test(test_empty_meeting),
		cmocka_unit_test(test_never_nonsense),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
