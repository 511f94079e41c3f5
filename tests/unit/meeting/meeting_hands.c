/*
 * What raised hands may take up: a site that raises and lowers its own without end neither fills
 * the list of turns nor keeps anybody else from it, and what came to nothing gives its place back.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/meeting/stage.h"

enum { HANDS = 3000, PLANNED = 5 };

static void must(int r)
{
	assert_int_equal(r, 0);
}

/* The id of the turn that the last order added. */
static const char *added(const struct stage *stage)
{
	const struct event *event = stage_event(stage, EV_TURN_ADDED);

	assert_non_null(event);
	return event->turn_added.turn;
}

static int raise(struct stage *stage, const char *site, char *ret_turn)
{
	int r = stage_site(stage, site, CMD_TURN_REQUEST, site);

	if (r == 0) {
		strcpy(ret_turn, added(stage));
	}
	return r;
}

/* Raised and lowered at a pace that is allowed. */
static void raise_and_lower(struct stage *stage, const char *site, char *ret_turn)
{
	stage_pass(stage, SITE_COMMAND_SPAN_MS);
	must(raise(stage, site, ret_turn));
	must(stage_site(stage, site, CMD_TURN_WITHDRAW, ret_turn));
	stage_settle(stage);
}

static int add_turn(struct stage *stage, const char *site)
{
	struct command *c = stage_begin(stage, ROLE_OPERATOR, CMD_TURN_ADD);

	strcpy(c->turn_add.list, "talks");
	strcpy(c->turn_add.site, site);
	c->turn_add.origin = TURN_ORIGIN_OPERATOR;
	return stage_give(stage);
}

static void test_hands_give_their_places_back(void **state)
{
	struct stage *stage = stage_create();
	char turn[TURN_ID_SIZE], other[TURN_ID_SIZE];
	int last = 0;

	(void)state;
	stage_start_talks(stage);
	raise_and_lower(stage, "b", other);
	for (int i = 0; i < HANDS; i++) {
		raise_and_lower(stage, "d", turn);
		assert_true(atoi(turn + 2) > last); /* never the id of one before */
		last = atoi(turn + 2);
	}
	assert_int_equal(mtg_turn_count(stage->meeting), PLANNED + 1 + FINISHED_HANDS_PER_SITE_MAX);
	must(add_turn(stage, "c"));
	must(raise(stage, "a", turn));
	/* Its own last ones can be put back, and so can another's, however long ago. */
	must(stage_op(stage, CMD_TURN_RESTORE, other));
	snprintf(turn, sizeof(turn), "t-%d", last - FINISHED_HANDS_PER_SITE_MAX + 1);
	must(stage_op(stage, CMD_TURN_RESTORE, turn));
	snprintf(turn, sizeof(turn), "t-%d", last - FINISHED_HANDS_PER_SITE_MAX);
	assert_int_equal(stage_op(stage, CMD_TURN_RESTORE, turn), REFUSAL_NOT_FOUND);
	stage_destroy(stage);
}

static void test_a_site_in_a_hurry(void **state)
{
	struct stage *stage = stage_create();
	char turn[TURN_ID_SIZE], other[TURN_ID_SIZE];

	(void)state;
	stage_start_talks(stage);
	for (int i = 0; i < SITE_COMMAND_BURST - 1; i++) {
		must(raise(stage, "d", turn));
		must(stage_site(stage, "d", CMD_TURN_WITHDRAW, turn));
	}
	must(raise(stage, "d", turn));
	assert_int_equal(stage_site(stage, "d", CMD_TURN_REQUEST, "d"), REFUSAL_TOO_SOON);
	assert_int_equal(stage_mute(stage, "d", true), REFUSAL_TOO_SOON);
	must(stage_mute(stage, "d", false)); /* so already: nothing happens */
	must(stage_site(stage, "d", CMD_TURN_WITHDRAW, turn));
	must(raise(stage, "b", other));
	must(stage_do(stage, ROLE_OPERATOR, CMD_TURN_REQUEST, "d"));
	stage_pass(stage, SITE_COMMAND_SPAN_MS);
	must(raise(stage, "d", turn));
	assert_int_equal(stage_site(stage, "d", CMD_TURN_REQUEST, "d"), REFUSAL_TOO_SOON);
	/* Called up, it can answer. */
	must(stage_op(stage, CMD_TURN_APPROVE, turn));
	must(stage_op(stage, CMD_TURN_CUE, turn));
	must(stage_site(stage, "d", CMD_TURN_ACKNOWLEDGE, turn));
	stage_destroy(stage);
}

/* More sites than hands find room for: those who direct the meeting keep theirs. */
static void test_the_last_places(void **state)
{
	struct stage *stage = stage_create();
	char site[16], turn[TURN_ID_SIZE];
	int r = 0;

	(void)state;
	stage_rehearse(stage);
	for (uint32_t i = 0; i < TURNS_MAX / REQUESTS_PER_SITE_MAX; i++) {
		snprintf(site, sizeof(site), "s%u", i);
		stage_add_site(stage, site, 100 + i, false);
	}
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	must(stage_op(stage, CMD_ITEM_START, "talks"));
	for (int i = 0; r == 0; i++) {
		snprintf(site, sizeof(site), "s%d", i / REQUESTS_PER_SITE_MAX);
		r = raise(stage, site, turn);
	}
	assert_int_equal(r, REFUSAL_LIMIT);
	assert_int_equal(mtg_turn_count(stage->meeting), TURNS_MAX - TURNS_FOR_STAFF);
	for (int i = 0; i < TURNS_FOR_STAFF; i++) {
		must(add_turn(stage, "c"));
	}
	assert_int_equal(add_turn(stage, "c"), REFUSAL_LIMIT);
	stage_destroy(stage);
}

/* What the minutes name stays, whatever comes after it. */
static void test_what_is_never_forgotten(void **state)
{
	struct stage *stage = stage_create();
	char spoken[TURN_ID_SIZE], turn[TURN_ID_SIZE];

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_WITHDRAW, "d1")); /* planned */
	must(raise(stage, "d", spoken));
	must(stage_op(stage, CMD_TURN_APPROVE, spoken));
	must(stage_op(stage, CMD_FLOOR_TAKE, spoken));
	must(stage_op(stage, CMD_FLOOR_INTERRUPT, spoken));
	must(stage_site(stage, "d", CMD_TURN_WITHDRAW, spoken));
	must(raise(stage, "d", turn));
	must(stage_op(stage, CMD_TURN_APPROVE, turn));
	must(stage_op(stage, CMD_TURN_ABSENT, turn));
	for (int i = 0; i < 3 * FINISHED_HANDS_PER_SITE_MAX; i++) {
		char hand[TURN_ID_SIZE];

		raise_and_lower(stage, "d", hand);
	}
	assert_int_equal(stage_turn(stage, "d1"), TURN_STATE_WITHDRAWN);
	assert_int_equal(stage_turn(stage, spoken), TURN_STATE_WITHDRAWN);
	assert_int_equal(stage_turn(stage, turn), TURN_STATE_ABSENT);
	stage_destroy(stage);
}

/* Declined hands and turns that an operator added and took off are no different. */
static void test_declined_and_added(void **state)
{
	struct stage *stage = stage_create();
	char turn[TURN_ID_SIZE];

	(void)state;
	stage_start_talks(stage);
	for (int i = 0; i < HANDS; i++) {
		stage_pass(stage, SITE_COMMAND_SPAN_MS);
		must(raise(stage, "d", turn));
		must(stage_op(stage, i % 2 ? CMD_TURN_SKIP : CMD_TURN_ABSENT, turn));
		must(add_turn(stage, "c"));
		strcpy(turn, added(stage));
		must(stage_op(stage, CMD_TURN_WITHDRAW, turn));
		stage_settle(stage);
	}
	assert_int_equal(mtg_turn_count(stage->meeting), PLANNED + 2 * FINISHED_HANDS_PER_SITE_MAX);
	stage_destroy(stage);
}

/* The floor, the call and the order mean the same turns after others went. */
static void test_others_stay_who_they_are(void **state)
{
	struct stage *stage = stage_create();
	char hands[FINISHED_HANDS_PER_SITE_MAX + 1][TURN_ID_SIZE];
	char on_air[TURN_ID_SIZE], cued[TURN_ID_SIZE], first[TURN_ID_SIZE];
	enum { N = FINISHED_HANDS_PER_SITE_MAX + 1 };
	uint64_t alarm;

	(void)state;
	stage_start_talks(stage);
	for (int i = 0; i < N; i++) {
		must(stage_do(stage, ROLE_OPERATOR, CMD_TURN_REQUEST, i < 3 ? "d" : "c"));
		strcpy(hands[i], added(stage));
		if (i >= 3) {
			must(stage_op(stage, CMD_TURN_WITHDRAW, hands[i]));
		}
	}
	must(add_turn(stage, "a"));
	strcpy(cued, added(stage));
	must(add_turn(stage, "b"));
	strcpy(on_air, added(stage));
	must(stage_op(stage, CMD_FLOOR_TAKE, "c1"));
	stage_pass(stage, 2 * TAKE_GUARD_SPAN_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, on_air));
	must(stage_op(stage, CMD_TURN_CUE, cued));
	stage_pass(stage, ACKNOWLEDGE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_UNACKNOWLEDGED_NEXT, "a"));
	alarm = mtg_alarm_count(stage->meeting) - 1;
	strcpy(first, mtg_turn(stage->meeting, mtg_turn_at(stage->meeting, 0))->id);
	for (int i = 0; i < 3 * N; i++) {
		must(stage_do(stage, ROLE_OPERATOR, CMD_TURN_REQUEST, "c"));
		must(stage_op(stage, CMD_TURN_WITHDRAW, added(stage)));
		stage_settle(stage);
		assert_string_equal(stage_on_air(stage), on_air);
		assert_string_equal(stage_cued(stage), cued);
		assert_string_equal(
			mtg_turn(stage->meeting, mtg_alarm(stage->meeting, alarm)->turn)->id, cued);
	}
	assert_null(mtg_turn_by_id(stage->meeting, hands[3]));
	assert_string_equal(mtg_turn(stage->meeting, mtg_turn_at(stage->meeting, 0))->id, first);
	assert_true(mtg_has_raised_hand(stage->meeting, stage_index(stage, "d")));
	stage_destroy(stage);
}

/* As a program without this rule wrote it: 2043 hands, one lowered after the other. */
static void fill_as_before(struct stage *stage, struct mtg_record *record)
{
	for (int i = PLANNED; i < TURNS_MAX; i++) {
		memset(record, 0, sizeof(*record));
		record->at = stage->now.at;
		record->wall = stage->now.wall;
		record->by.role = ROLE_SITE;
		record->by.has_site = true;
		strcpy(record->by.site, "d");
		record->seq = mtg_last_seq(stage->meeting) + 1;
		record->event.name = EV_TURN_ADDED;
		snprintf(record->event.turn_added.turn, sizeof(record->event.turn_added.turn),
			"t-%d", i + 1);
		strcpy(record->event.turn_added.list, "talks");
		strcpy(record->event.turn_added.site, "d");
		record->event.turn_added.origin = TURN_ORIGIN_REQUESTED;
		mtg_apply(stage->meeting, record);
		record->seq++;
		memset(&record->event, 0, sizeof(record->event));
		record->event.name = EV_TURN_WITHDRAWN;
		snprintf(record->event.turn_withdrawn.turn,
			sizeof(record->event.turn_withdrawn.turn), "t-%d", i + 1);
		mtg_apply(stage->meeting, record);
	}
}

static void test_a_journal_full_of_hands(void **state)
{
	struct stage *stage = stage_create();
	struct mtg_record *record = malloc(sizeof(*record));

	(void)state;
	assert_non_null(record);
	stage_start_talks(stage);
	fill_as_before(stage, record);
	assert_int_equal(mtg_turn_count(stage->meeting), TURNS_MAX);
	assert_null(mtg_check(stage->meeting));
	stage_settle(stage);
	assert_int_equal(mtg_turn_count(stage->meeting), PLANNED + FINISHED_HANDS_PER_SITE_MAX);
	must(add_turn(stage, "d"));
	assert_string_equal(added(stage), "t-2049");
	must(stage_op(stage, CMD_TURN_RESTORE, "t-2048"));
	free(record);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hands_give_their_places_back),
		cmocka_unit_test(test_a_site_in_a_hurry),
		cmocka_unit_test(test_the_last_places),
		cmocka_unit_test(test_what_is_never_forgotten),
		cmocka_unit_test(test_declined_and_added),
		cmocka_unit_test(test_others_stay_who_they_are),
		cmocka_unit_test(test_a_journal_full_of_hands),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
