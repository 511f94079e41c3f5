/* The bell: when it rings by itself, when not, and by hand; what a pause shows. */
#include <string.h>

#include "coordinator/meeting/bell.h"
#include "tests/unit/meeting/stage.h"

enum { HOUR_MS = 3600000, SECOND_MS = 1000, NONE = -1 };

/* Midnight of 15 July 2022 in Hanoi. */
static const int64_t midnight = 1657818000000;

static void must(int r)
{
	assert_int_equal(r, 0);
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

/* Live since 7:00; the break belongs to the list too, so that somebody may speak in it. */
static struct stage *morning(uint32_t speed)
{
	struct stage *stage = stage_create();

	stage->now.wall.ms = midnight + 7 * (int64_t)HOUR_MS;
	stage_meeting(stage, speed);
	stage_add_site(stage, "hn", 1, true);
	stage_add_site(stage, "a", 2, false);
	stage_add_list(stage, "talks");
	add_item(stage, "reception", ITEM_KIND_RECEPTION, 7 * HOUR_MS, NONE, NULL);
	add_item(stage, "opening", ITEM_KIND_OPENING, 7 * HOUR_MS + 30 * MINUTE_MS, 10, NULL);
	add_item(stage, "break", ITEM_KIND_BREAK, NONE, 15, "talks");
	add_item(stage, "more", ITEM_KIND_DISCUSSION, NONE, 20, "talks");
	stage_add_turn(stage, "a1", "talks", "a", 0);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	stage_relay(stage, LINK_STATE_ONLINE);
	stage_link(stage, "hn", LINK_STATE_ONLINE);
	stage_media(stage, "hn", MEDIA_STATE_GOOD);
	stage_link(stage, "a", LINK_STATE_ONLINE);
	stage_media(stage, "a", MEDIA_STATE_GOOD);
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	return stage;
}

static struct stage *at_break(uint32_t speed)
{
	struct stage *stage = morning(speed);

	must(stage_op(stage, CMD_ITEM_START, "break"));
	stage_settle(stage);
	return stage;
}

static void assert_rung(const struct stage *stage, uint64_t number, enum bell_reason reason)
{
	assert_int_equal(mtg_bell(stage->meeting)->number, number);
	assert_int_equal(mtg_bell(stage->meeting)->reason, reason);
}

static int extend(struct stage *stage, int64_t minutes)
{
	struct cmd_item_extend *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_ITEM_EXTEND)->item_extend;

	strcpy(in->item, "break");
	in->by.ms = minutes * MINUTE_MS;
	int r = stage_give(stage);
	stage_settle(stage);
	return r;
}

static int hold(struct stage *stage, bool held)
{
	stage_begin(stage, ROLE_OPERATOR, CMD_BELL_HOLD)->bell_hold.held = held;
	int r = stage_give(stage);
	stage_settle(stage);
	return r;
}

static int64_t left(const struct stage *stage, const char *id)
{
	struct instant end;

	assert_true(mtg_pause_end(stage->meeting,
		mtg_item_index(stage->meeting, mtg_item_by_id(stage->meeting, id)), &end));
	return end.ms - stage->now.at.ms;
}

static void assert_slate(const struct stage *stage, bool slate)
{
	struct scene program;

	mtg_program(stage->meeting, &program);
	assert_int_equal(program.layout == LAYOUT_SLATE, slate);
}

/* The reception of plan B has a begin only: it ends as the opening begins. */
static void test_reception(void **state)
{
	struct stage *stage = morning(1);
	struct next_bell next;

	(void)state;
	assert_slate(stage, false);
	must(stage_op(stage, CMD_ITEM_START, "reception"));
	assert_slate(stage, true);
	assert_false(stage_heard(stage, "hn"));
	assert_int_equal(left(stage, "reception"), 30 * MINUTE_MS);
	assert_true(mtg_next_bell(stage->meeting, &next));
	assert_int_equal(next.reason, BELL_REASON_OPENING_SOON);
	stage_pass(stage, 25 * MINUTE_MS - 1);
	assert_rung(stage, 0, BELL_REASON_UNSET);
	stage_pass(stage, 1);
	assert_rung(stage, 1, BELL_REASON_OPENING_SOON);
	assert_false(mtg_next_bell(stage->meeting, &next));
	stage_pass(stage, 20 * MINUTE_MS);
	assert_rung(stage, 1, BELL_REASON_OPENING_SOON);
	must(stage_op(stage, CMD_ITEM_START, "opening"));
	stage_settle(stage);
	assert_rung(stage, 1, BELL_REASON_OPENING_SOON);
	assert_slate(stage, false);
	stage_destroy(stage);
}

static void test_break(void **state)
{
	struct stage *stage = at_break(1);

	(void)state;
	assert_slate(stage, true);
	stage_pass(stage, 10 * MINUTE_MS);
	assert_rung(stage, 1, BELL_REASON_BREAK_ENDING);
	assert_id(stage->batch.records[0].event.bell_rung.item, "break");
	stage_pass(stage, 5 * MINUTE_MS - 1);
	assert_rung(stage, 1, BELL_REASON_BREAK_ENDING);
	stage_pass(stage, 1);
	assert_rung(stage, 2, BELL_REASON_BREAK_OVER);
	stage_pass(stage, 30 * MINUTE_MS); /* it lasts on */
	must(stage_op(stage, CMD_ITEM_START, "more"));
	stage_settle(stage);
	assert_rung(stage, 2, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);
}

/* Ended early, it ends all the same; a break that never ends rings as somebody ends it. */
static void test_a_break_that_is_ended(void **state)
{
	struct stage *stage = at_break(1);

	(void)state;
	stage_pass(stage, 4 * MINUTE_MS);
	must(stage_op(stage, CMD_ITEM_START, "more"));
	assert_rung(stage, 0, BELL_REASON_UNSET);
	stage_settle(stage);
	assert_rung(stage, 1, BELL_REASON_BREAK_OVER);
	stage_pass(stage, 20 * MINUTE_MS);
	assert_rung(stage, 1, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);

	stage = at_break(1);
	stage_pass(stage, 12 * MINUTE_MS);
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL)); /* people go home */
	stage_settle(stage);
	assert_rung(stage, 1, BELL_REASON_BREAK_ENDING);
	stage_destroy(stage);
}

/* Without a length it ends as the next item is planned to start; else as somebody ends it. */
static void test_a_break_without_a_length(void **state)
{
	struct stage *stage = morning(1);

	(void)state;
	add_item(stage, "lunch", ITEM_KIND_BREAK, NONE, NONE, NULL);
	add_item(stage, "after", ITEM_KIND_REMARKS, 8 * HOUR_MS, 10, NULL);
	add_item(stage, "tea", ITEM_KIND_BREAK, NONE, NONE, NULL);
	must(stage_op(stage, CMD_ITEM_SKIP, "reception"));
	must(stage_op(stage, CMD_ITEM_SKIP, "opening"));
	must(stage_op(stage, CMD_ITEM_SKIP, "break"));
	must(stage_op(stage, CMD_ITEM_SKIP, "more"));
	must(stage_op(stage, CMD_ITEM_START, "lunch"));
	stage_settle(stage);
	assert_rung(stage, 0, BELL_REASON_UNSET);
	stage_pass(stage, HOUR_MS);
	assert_rung(stage, 2, BELL_REASON_BREAK_OVER);
	stage_pass(stage, 10 * MINUTE_MS); /* and lasts on */
	must(stage_op(stage, CMD_ITEM_START, "after"));
	stage_settle(stage);
	assert_rung(stage, 2, BELL_REASON_BREAK_OVER);
	must(stage_op(stage, CMD_ITEM_START, "tea"));
	stage_pass(stage, HOUR_MS);
	assert_rung(stage, 2, BELL_REASON_BREAK_OVER);
	must(stage_op(stage, CMD_ITEM_FINISH, "tea"));
	stage_settle(stage);
	assert_rung(stage, 3, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);
}

/* As the end moves, so does the bell; by less than BELL_APART it is not rung for again. */
static void test_it_moves(void **state)
{
	struct stage *stage = at_break(1);

	(void)state;
	stage_pass(stage, 5 * MINUTE_MS);
	must(extend(stage, 5));
	assert_int_equal(left(stage, "break"), 15 * MINUTE_MS);
	stage_pass(stage, 9 * MINUTE_MS);
	assert_rung(stage, 0, BELL_REASON_UNSET);
	stage_pass(stage, MINUTE_MS);
	assert_rung(stage, 1, BELL_REASON_BREAK_ENDING); /* at 15 of 20 */
	stage_pass(stage, MINUTE_MS);
	must(extend(stage, 2)); /* 5 before 22 would be a minute from now */
	stage_pass(stage, 3 * MINUTE_MS);
	assert_rung(stage, 1, BELL_REASON_BREAK_ENDING);
	must(extend(stage, 8)); /* to 30 */
	stage_pass(stage, 6 * MINUTE_MS);
	assert_rung(stage, 2, BELL_REASON_BREAK_ENDING); /* at 25 */
	stage_pass(stage, 5 * MINUTE_MS);
	assert_rung(stage, 3, BELL_REASON_BREAK_OVER);
	must(extend(stage, 1));
	stage_pass(stage, 2 * MINUTE_MS);
	assert_rung(stage, 3, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);
}

/* Shortened past the moment: it rings at once. So short that nobody could have left: at its end. */
static void test_shortened(void **state)
{
	struct stage *stage = at_break(1);

	(void)state;
	stage_pass(stage, 8 * MINUTE_MS);
	must(extend(stage, -3));
	assert_rung(stage, 1, BELL_REASON_BREAK_ENDING);
	stage_pass(stage, 4 * MINUTE_MS);
	assert_rung(stage, 2, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);

	stage = at_break(1);
	must(extend(stage, -11));
	stage_pass(stage, 4 * MINUTE_MS - 1);
	assert_rung(stage, 0, BELL_REASON_UNSET);
	stage_pass(stage, 1);
	assert_rung(stage, 1, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);
}

static void test_never_while_somebody_speaks(void **state)
{
	struct stage *stage = at_break(1);

	(void)state;
	stage_pass(stage, 9 * MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_slate(stage, false);
	stage_pass(stage, 2 * MINUTE_MS);
	assert_rung(stage, 0, BELL_REASON_UNSET);
	assert_int_equal(stage_op(stage, CMD_BELL_RING, NULL), REFUSAL_TURN_ON_AIR);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	stage_settle(stage);
	assert_rung(stage, 1, BELL_REASON_BREAK_ENDING);
	stage_destroy(stage);

	stage = at_break(1); /* what would come ahead of an end that has passed is left out */
	stage_pass(stage, 9 * MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_pass(stage, 8 * MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	stage_settle(stage);
	assert_rung(stage, 1, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);
}

/* The bell of a break is not rung into the next turn, however late anybody looks. */
static void test_who_takes_the_floor_ends_it(void **state)
{
	struct stage *stage = at_break(1);

	(void)state;
	stage_pass(stage, 4 * MINUTE_MS);
	must(stage_op(stage, CMD_ITEM_START, "more"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_settle(stage);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	stage_settle(stage);
	assert_rung(stage, 0, BELL_REASON_UNSET);
	stage_destroy(stage);
}

static void test_held(void **state)
{
	struct stage *stage = at_break(1);
	struct next_bell next;

	(void)state;
	assert_int_equal(hold(stage, false), REFUSAL_ALREADY);
	must(hold(stage, true));
	assert_int_equal(hold(stage, true), REFUSAL_ALREADY);
	assert_false(mtg_next_bell(stage->meeting, &next));
	stage_pass(stage, 12 * MINUTE_MS);
	assert_rung(stage, 0, BELL_REASON_UNSET);
	must(stage_op(stage, CMD_BELL_RING, NULL));
	assert_rung(stage, 1, BELL_REASON_BY_HAND);
	must(hold(stage, false)); /* what was missed is not made up for */
	assert_rung(stage, 1, BELL_REASON_BY_HAND);
	stage_pass(stage, 3 * MINUTE_MS);
	assert_rung(stage, 2, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);

	stage = at_break(1);
	must(hold(stage, true));
	must(stage_op(stage, CMD_ITEM_START, "more"));
	must(hold(stage, false));
	assert_rung(stage, 0, BELL_REASON_UNSET);
	stage_destroy(stage);
}

static void test_by_hand(void **state)
{
	struct stage *stage = morning(1);

	(void)state;
	must(stage_op(stage, CMD_BELL_RING, NULL));
	assert_rung(stage, 1, BELL_REASON_BY_HAND);
	stage_pass(stage, BELL_GUARD_SPAN_MS - 1);
	assert_int_equal(stage_op(stage, CMD_BELL_RING, NULL), REFUSAL_TOO_SOON);
	stage_pass(stage, 1);
	must(stage_op(stage, CMD_BELL_RING, NULL));
	assert_rung(stage, 2, BELL_REASON_BY_HAND);
	assert_int_equal(stage_do(stage, ROLE_CHAIR, CMD_BELL_RING, NULL), REFUSAL_FORBIDDEN);
	stage_destroy(stage);
}

/* A run at speed: the plan is scaled, and what the plan says of the bell too. */
static void test_at_speed(void **state)
{
	struct stage *stage = at_break(60);

	(void)state;
	assert_int_equal(left(stage, "break"), 15 * SECOND_MS);
	stage_pass(stage, 10 * SECOND_MS);
	assert_rung(stage, 1, BELL_REASON_BREAK_ENDING);
	stage_pass(stage, 5 * SECOND_MS);
	assert_rung(stage, 2, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);
}

/* Nobody looked for a while, as after a restart: one bell, and it is of the end. */
static void test_late(void **state)
{
	struct stage *stage = at_break(1);

	(void)state;
	stage_sleep(stage, 16 * MINUTE_MS);
	stage_settle(stage);
	assert_rung(stage, 1, BELL_REASON_BREAK_OVER);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reception),
		cmocka_unit_test(test_break),
		cmocka_unit_test(test_a_break_that_is_ended),
		cmocka_unit_test(test_a_break_without_a_length),
		cmocka_unit_test(test_it_moves),
		cmocka_unit_test(test_shortened),
		cmocka_unit_test(test_never_while_somebody_speaks),
		cmocka_unit_test(test_who_takes_the_floor_ends_it),
		cmocka_unit_test(test_held),
		cmocka_unit_test(test_by_hand),
		cmocka_unit_test(test_at_speed),
		cmocka_unit_test(test_late),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
