/*
 * The speaking order: hands before the opening and after it, lists that take none, classes and who
 * goes before whom, hands that are approved by themselves, and the end of a turn.
 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static int raise(struct stage *stage, const char *site)
{
	return stage_site(stage, site, CMD_TURN_REQUEST, site);
}

static struct cmd_turn_request *begin_request(struct stage *stage, const char *site)
{
	struct command *command = stage_begin(stage, ROLE_SITE, CMD_TURN_REQUEST);

	stage_by_site(stage, site);
	strcpy(command->turn_request.site, site);
	return &command->turn_request;
}

static int raise_for(struct stage *stage, const char *site, int64_t minutes)
{
	struct cmd_turn_request *in = begin_request(stage, site);

	in->has_allowance = true;
	in->allowance.ms = minutes * MINUTE_MS;
	return stage_give(stage);
}

static int raise_on(struct stage *stage, const char *site, const char *list)
{
	struct cmd_turn_request *in = begin_request(stage, site);

	in->has_list = true;
	strcpy(in->list, list);
	return stage_give(stage);
}

static int raise_as(struct stage *stage, const char *site, enum turn_class class)
{
	struct cmd_turn_request *in = begin_request(stage, site);

	in->has_class = true;
	in->class = class;
	return stage_give(stage);
}

static int close_hands(struct stage *stage, const char *list, bool closed)
{
	struct command *command = stage_begin(stage, ROLE_CHAIR, CMD_LIST_CLOSE_HANDS);

	strcpy(command->list_close_hands.list, list);
	command->list_close_hands.closed = closed;
	return stage_give(stage);
}

static int add_turn(struct stage *stage, const char *id, enum turn_class class)
{
	struct cmd_turn_add *in = &stage_begin(stage, ROLE_OPERATOR, CMD_TURN_ADD)->turn_add;

	in->has_turn = true;
	strcpy(in->turn, id);
	strcpy(in->list, "talks");
	strcpy(in->site, "hn");
	in->has_class = true;
	in->class = class;
	in->origin = TURN_ORIGIN_OPERATOR;
	return stage_give(stage);
}

static int let_hands(struct stage *stage, int64_t minutes)
{
	struct cmd_meeting_edit *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_MEETING_EDIT)->meeting_edit;

	in->has_hand_allowance = true;
	in->hand_allowance.ms = minutes * MINUTE_MS;
	return stage_give(stage);
}

static int pass_on(struct stage *stage, const char *turn, const char *next)
{
	struct cmd_floor_pass_on *in =
		&stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_PASS_ON)->floor_pass_on;

	strcpy(in->turn, turn);
	strcpy(in->next, next);
	return stage_give(stage);
}

static const struct turn *turn_of(const struct stage *stage, const char *id)
{
	return mtg_turn_by_id(stage->meeting, id);
}

static const char *list_of(const struct stage *stage, const char *turn)
{
	return mtg_list(stage->meeting, turn_of(stage, turn)->list)->id;
}

/* The turns of list `talks` that wait, in their order, between spaces. */
static const char *waiting(const struct stage *stage)
{
	static char order[512];

	order[0] = '\0';
	for (size_t i = 0; i < mtg_turn_count(stage->meeting); i++) {
		const struct turn *turn = mtg_turn(stage->meeting, mtg_turn_at(stage->meeting, i));

		if (turn->state == TURN_STATE_WAITING && turn->list == 0) {
			strcat(strcat(order, order[0] ? " " : ""), turn->id);
		}
	}
	return order;
}

/* Before the opening a hand joins the first list of the programme; in an item, that item's. */
static void test_hands_before_the_opening(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	must(raise(stage, "a"));
	assert_string_equal(list_of(stage, "t-6"), "talks");
	assert_false(turn_of(stage, "t-6")->approved);
	must(raise_on(stage, "b", "hall"));
	assert_string_equal(list_of(stage, "t-7"), "hall");
	assert_int_equal(raise_on(stage, "b", "nowhere"), REFUSAL_NOT_FOUND);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	must(raise(stage, "c"));
	must(stage_do(stage, ROLE_CHAIR, CMD_TURN_APPROVE, "t-8"));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	assert_int_equal(raise(stage, "d"), REFUSAL_NOT_IN_ITEM);
	must(raise_on(stage, "d", "hall"));
	assert_string_equal(waiting(stage), "a1 b1 c1 v1 t-6 t-8");
	stage_destroy(stage);
}

static void test_a_list_that_takes_none(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	must(close_hands(stage, "talks", true));
	assert_int_equal(close_hands(stage, "talks", true), REFUSAL_ALREADY);
	assert_int_equal(raise_on(stage, "a", "talks"), REFUSAL_HANDS_CLOSED);
	must(raise(stage, "a")); /* the next one that takes them */
	assert_string_equal(list_of(stage, "t-6"), "hall");
	must(close_hands(stage, "hall", true));
	assert_int_equal(raise(stage, "b"), REFUSAL_HANDS_CLOSED);
	must(close_hands(stage, "talks", false));
	must(raise(stage, "b"));
	assert_string_equal(list_of(stage, "t-7"), "talks");
	stage_destroy(stage);
}

/* A client that looked before the list was closed is told so. */
static void test_closing_conflicts(void **state)
{
	struct stage *stage = stage_create();
	int64_t seen;

	(void)state;
	stage_rehearse(stage);
	seen = mtg_last_seq(stage->meeting);
	must(close_hands(stage, "talks", true));
	strcpy(stage_begin(stage, ROLE_OPERATOR, CMD_LIST_CLEAR_HANDS)->list_clear_hands.list,
		"talks");
	stage->command.has_expect = true;
	stage->command.expect = seen;
	assert_int_equal(stage_give(stage), REFUSAL_CONFLICT);
	stage_destroy(stage);
}

/* More than one batch of events would hold; what was approved stays. */
static void test_clearing(void **state)
{
	struct stage *stage = stage_create();
	char site[SITE_ID_SIZE];

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(
		stage_do(stage, ROLE_CHAIR, CMD_LIST_CLEAR_HANDS, "talks"), REFUSAL_ALREADY);
	for (uint32_t i = 0; i < 20; i++) {
		snprintf(site, sizeof(site), "s%u", i);
		stage_add_site(stage, site, 20 + i, false);
		for (size_t n = 0; n < REQUESTS_PER_SITE_MAX; n++) {
			must(raise(stage, site));
		}
	}
	must(stage_op(stage, CMD_TURN_APPROVE, "t-6"));
	must(stage_do(stage, ROLE_CHAIR, CMD_LIST_CLEAR_HANDS, "talks"));
	assert_int_equal(stage->batch.n, 1);
	assert_string_equal(waiting(stage), "a1 b1 c1 v1 t-6");
	assert_int_equal(stage_turn(stage, "t-7"), TURN_STATE_WITHDRAWN);
	must(stage_op(stage, CMD_TURN_RESTORE, "t-65"));
	stage_settle(stage);
	must(raise(stage, "s0"));
	stage_destroy(stage);
}

static void test_who_goes_before_whom(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(raise(stage, "d"));
	must(add_turn(stage, "chair1", TURN_CLASS_CHAIR));
	must(raise_as(stage, "b", TURN_CLASS_REPLY));
	must(add_turn(stage, "chair2", TURN_CLASS_CHAIR));
	must(add_turn(stage, "more", TURN_CLASS_ASSIGNED));
	must(raise_as(stage, "c", TURN_CLASS_REPLY));
	assert_string_equal(waiting(stage), "chair1 chair2 t-8 t-11 a1 b1 c1 v1 t-6 more");
	assert_int_equal(turn_of(stage, "t-8")->class, TURN_CLASS_REPLY);
	assert_int_equal(turn_of(stage, "t-6")->class, TURN_CLASS_REQUESTED);
	assert_int_equal(turn_of(stage, "a1")->class, TURN_CLASS_ASSIGNED);
	assert_int_equal(raise_as(stage, "a", TURN_CLASS_CHAIR), REFUSAL_INVALID);
	assert_int_equal(raise_as(stage, "a", TURN_CLASS_UNSET), REFUSAL_INVALID);
	assert_int_equal(add_turn(stage, "x", TURN_CLASS_UNSET), REFUSAL_INVALID);
	stage_destroy(stage);
}

/* Who is next already stays it, whoever comes. */
static void test_a_reply_behind_who_is_cued(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	must(raise_as(stage, "c", TURN_CLASS_REPLY));
	assert_string_equal(waiting(stage), "t-6 a1 c1 v1");
	assert_string_equal(stage_cued(stage), "b1");
	stage_destroy(stage);
}

static void test_a_class_put_right(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	for (int i = 0; i < 2; i++) {
		struct cmd_turn_edit *in =
			&stage_begin(stage, ROLE_OPERATOR, CMD_TURN_EDIT)->turn_edit;

		strcpy(in->turn, "v1");
		in->has_class = true;
		in->class = TURN_CLASS_CHAIR;
		assert_int_equal(stage_give(stage), i == 0 ? 0 : REFUSAL_ALREADY);
	}
	assert_int_equal(turn_of(stage, "v1")->class, TURN_CLASS_CHAIR);
	stage_destroy(stage);
}

static void assert_hand(const struct stage *stage, const char *turn, bool approved, int64_t minutes)
{
	assert_int_equal(turn_of(stage, turn)->approved, approved);
	assert_int_equal(turn_of(stage, turn)->allowance.ms, minutes * MINUTE_MS);
}

static void test_hands_approved_by_themselves(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(raise_for(stage, "a", 2));
	assert_hand(stage, "t-6", false, 2);
	must(let_hands(stage, 3));
	must(raise_for(stage, "b", 3));
	assert_hand(stage, "t-7", true, 3);
	must(raise_for(stage, "c", 4));
	assert_hand(stage, "t-8", false, 4);
	must(raise(stage, "d"));
	assert_hand(stage, "t-9", true, 3);
	must(stage_op(stage, CMD_TURN_CUE, "t-9"));
	must(let_hands(stage, 0));
	must(raise(stage, "d"));
	assert_hand(stage, "t-10", false, 0);
	assert_int_equal(let_hands(stage, -1), REFUSAL_INVALID);
	stage_destroy(stage);
}

/* A site ends its own turn, and nobody else's. */
static void test_the_end_of_ones_own_turn(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	assert_int_equal(stage_site(stage, "b", CMD_FLOOR_RELEASE, "a1"), REFUSAL_FORBIDDEN);
	must(stage_site(stage, "a", CMD_FLOOR_RELEASE, "a1"));
	assert_int_equal(stage_turn(stage, "a1"), TURN_STATE_DONE);
	assert_int_equal(stage_site(stage, "a", CMD_FLOOR_RELEASE, "a1"), REFUSAL_NOTHING_ON_AIR);
	stage_destroy(stage);
}

/* Both, or neither. */
static void test_pass_on(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	assert_int_equal(pass_on(stage, "a1", "b1"), REFUSAL_NOTHING_ON_AIR);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(stage_op(stage, CMD_TURN_SKIP, "c1"));
	assert_int_equal(pass_on(stage, "a1", "c1"), REFUSAL_WRONG_STATE);
	assert_int_equal(pass_on(stage, "a1", "a1"), REFUSAL_WRONG_STATE);
	assert_int_equal(pass_on(stage, "b1", "v1"), REFUSAL_WRONG_STATE);
	must(raise(stage, "d"));
	assert_int_equal(pass_on(stage, "a1", "t-6"), REFUSAL_NOT_APPROVED);
	assert_string_equal(stage_on_air(stage), "a1");
	must(pass_on(stage, "a1", "b1"));
	assert_int_equal(stage->batch.n, 2);
	assert_string_equal(stage_on_air(stage), "");
	assert_string_equal(stage_cued(stage), "b1");
	stage_pass(stage, TAKE_GUARD_SPAN_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	must(stage_op(stage, CMD_TURN_CUE, "v1"));
	must(pass_on(stage, "b1", "v1")); /* is next already */
	assert_int_equal(stage->batch.n, 1);
	assert_string_equal(stage_cued(stage), "v1");
	stage_destroy(stage);
}

static void test_pass_on_to_another_than_cued(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	must(pass_on(stage, "a1", "c1"));
	assert_string_equal(stage_cued(stage), "c1");
	assert_int_equal(stage_turn(stage, "b1"), TURN_STATE_WAITING);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hands_before_the_opening),
		cmocka_unit_test(test_a_list_that_takes_none),
		cmocka_unit_test(test_closing_conflicts),
		cmocka_unit_test(test_clearing),
		cmocka_unit_test(test_who_goes_before_whom),
		cmocka_unit_test(test_a_reply_behind_who_is_cued),
		cmocka_unit_test(test_a_class_put_right),
		cmocka_unit_test(test_hands_approved_by_themselves),
		cmocka_unit_test(test_the_end_of_ones_own_turn),
		cmocka_unit_test(test_pass_on),
		cmocka_unit_test(test_pass_on_to_another_than_cued),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
