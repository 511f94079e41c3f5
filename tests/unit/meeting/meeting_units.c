/*
 * Units and sites that do not match one to one: two units at one site, one unit at two sites, and a
 * speaker who moves to another site with his turn.
 */
#include <string.h>

#include "tests/unit/meeting/stage.h"

static void must(int r)
{
	assert_int_equal(r, 0);
}

static int add(struct stage *stage, const char *id, const char *site, const char *unit)
{
	struct cmd_turn_add *in = &stage_begin(stage, ROLE_OPERATOR, CMD_TURN_ADD)->turn_add;

	in->has_turn = true;
	strcpy(in->turn, id);
	strcpy(in->list, "talks");
	strcpy(in->site, site);
	strcpy(in->unit, unit);
	in->has_speaker = true;
	strcpy(in->speaker, "Người phát biểu");
	strcpy(in->topic, "Chuyên đề");
	in->origin = TURN_ORIGIN_OPERATOR;
	in->allowance.ms = 5 * MINUTE_MS;
	return stage_give(stage);
}

static void speak(struct stage *stage, const char *turn, int64_t minutes)
{
	must(stage_op(stage, CMD_FLOOR_TAKE, turn));
	stage_pass(stage, minutes * MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_RELEASE, turn));
}

static int64_t site_spoken(const struct stage *stage, const char *site)
{
	return mtg_site_spoken(stage->meeting, stage_index(stage, site), stage->now.at).ms /
	       MINUTE_MS;
}

static int64_t unit_spoken(const struct stage *stage, const char *unit)
{
	return mtg_unit_spoken_before(stage->meeting, unit).ms / MINUTE_MS;
}

/* As at the province in plan B: Ủy ban MTTQ tỉnh, then Sở Giao thông vận tải. */
static void test_two_units_at_one_site(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(add(stage, "m1", "b", "Ủy ban MTTQ tỉnh"));
	must(add(stage, "s1", "b", "Sở Giao thông vận tải"));
	speak(stage, "m1", 3);
	stage_pass(stage, MINUTE_MS);
	speak(stage, "s1", 4);
	assert_int_equal(site_spoken(stage, "b"), 7);
	assert_int_equal(unit_spoken(stage, "Ủy ban MTTQ tỉnh"), 3);
	assert_int_equal(unit_spoken(stage, "Sở Giao thông vận tải"), 4);
	stage_destroy(stage);
}

static void test_one_unit_at_two_sites(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(add(stage, "s1", "b", "Sở Nội vụ"));
	must(add(stage, "s2", "c", "Sở Nội vụ"));
	speak(stage, "s1", 3);
	stage_pass(stage, MINUTE_MS);
	speak(stage, "s2", 2);
	assert_int_equal(site_spoken(stage, "b"), 3);
	assert_int_equal(site_spoken(stage, "c"), 2);
	assert_int_equal(unit_spoken(stage, "Sở Nội vụ"), 5);
	stage_destroy(stage);
}

/* The rung of the ladder goes along; nothing else of the turn does change. */
static void test_a_waiting_turn_moves(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_SKIP, "a1"));
	assert_int_equal(stage_tally(stage, "b"), TALLY_STANDBY);
	assert_int_equal(stage_tally(stage, "d"), TALLY_OFF);
	must(stage_edit_turn(stage, "b1", NULL, "d"));
	assert_int_equal(stage_tally(stage, "b"), TALLY_OFF);
	assert_int_equal(stage_tally(stage, "d"), TALLY_STANDBY);
	const struct turn *turn = mtg_turn_by_id(stage->meeting, "b1");
	assert_string_equal(turn->unit, "Unit");
	assert_string_equal(turn->topic, "");
	assert_int_equal(mtg_turn_at(stage->meeting, 1), mtg_turn_index(stage->meeting, turn));
	assert_int_equal(mtg_turn_of_site(stage->meeting, stage_index(stage, "b")), MTG_NONE);
	stage_destroy(stage);
}

/* Cued: the new site is told `next` and has to say that it is ready, the old one is told nothing.
 */
static void test_a_cued_turn_moves(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	must(stage_site(stage, "b", CMD_TURN_ACKNOWLEDGE, "b1"));
	must(stage_edit_turn(stage, "b1", NULL, "d"));
	assert_string_equal(stage_cued(stage), "b1");
	assert_int_equal(stage_tally(stage, "b"), TALLY_OFF);
	assert_int_equal(stage_tally(stage, "d"), TALLY_NEXT);
	assert_false(mtg_turn_by_id(stage->meeting, "b1")->acknowledged);
	assert_int_equal(stage_site(stage, "b", CMD_TURN_ACKNOWLEDGE, "b1"), REFUSAL_FORBIDDEN);
	must(stage_site(stage, "d", CMD_TURN_ACKNOWLEDGE, "b1"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	assert_true(stage_heard(stage, "d"));
	assert_false(stage_heard(stage, "b"));
	assert_int_equal(stage_edit_turn(stage, "b1", NULL, "c"), REFUSAL_TURN_ON_AIR);
	stage_destroy(stage);
}

/* A hand moves with who raised it: the old site has none raised, the new one may lower it. */
static void test_a_request_moves(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_site(stage, "b", CMD_TURN_REQUEST, "b"));
	must(stage_edit_turn(stage, "t-6", NULL, "d"));
	assert_false(mtg_has_raised_hand(stage->meeting, stage_index(stage, "b")));
	assert_true(mtg_has_raised_hand(stage->meeting, stage_index(stage, "d")));
	assert_int_equal(stage_site(stage, "b", CMD_TURN_WITHDRAW, "t-6"), REFUSAL_FORBIDDEN);
	must(stage_site(stage, "d", CMD_TURN_WITHDRAW, "t-6"));
	stage_destroy(stage);
}

/* Begun at b, cut off, moved to d and spoken to its end: each site has what was spoken there. */
static void test_a_speaker_moves_in_the_middle(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_edit_turn(stage, "b1", "Sở Nội vụ", NULL));
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	stage_pass(stage, 2 * MINUTE_MS);
	stage_media(stage, "b", MEDIA_STATE_SILENT);
	stage_settle(stage);
	must(stage_edit_turn(stage, "b1", NULL, "d"));
	must(stage_op(stage, CMD_FLOOR_RESUME, "b1"));
	stage_pass(stage, MINUTE_MS);
	assert_int_equal(site_spoken(stage, "b"), 2);
	assert_int_equal(site_spoken(stage, "d"), 1);
	stage_pass(stage, MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_INTERRUPT, "b1"));
	stage_media(stage, "b", MEDIA_STATE_GOOD);
	must(stage_edit_turn(stage, "b1", NULL, "b")); /* and back again */
	must(stage_op(stage, CMD_FLOOR_RESUME, "b1"));
	stage_pass(stage, MINUTE_MS);
	must(stage_op(stage, CMD_FLOOR_RELEASE, "b1"));
	assert_int_equal(site_spoken(stage, "b"), 3);
	assert_int_equal(site_spoken(stage, "d"), 2);
	assert_int_equal(unit_spoken(stage, "Sở Nội vụ"), 5);
	assert_int_equal(mtg_turn_by_id(stage->meeting, "b1")->spoken.ms, 5 * MINUTE_MS);
	stage_destroy(stage);
}

/* A take that is undone after its turn has moved would take back what was spoken elsewhere. */
static void test_a_moved_turn_is_not_undone(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	must(stage_op(stage, CMD_FLOOR_INTERRUPT, "b1"));
	must(stage_edit_turn(stage, "b1", NULL, "d"));
	stage_begin(stage, ROLE_OPERATOR, CMD_FLOOR_UNDO)->floor_undo.take = 1;
	assert_int_equal(stage_give(stage), REFUSAL_WRONG_STATE);
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_units_at_one_site),
		cmocka_unit_test(test_one_unit_at_two_sites),
		cmocka_unit_test(test_a_waiting_turn_moves),
		cmocka_unit_test(test_a_cued_turn_moves),
		cmocka_unit_test(test_a_request_moves),
		cmocka_unit_test(test_a_speaker_moves_in_the_middle),
		cmocka_unit_test(test_a_moved_turn_is_not_undone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
