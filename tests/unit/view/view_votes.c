/* Votes as people and sites are shown them: what staff read at any time, viewers only at the end.
 */
#include <stdio.h>
#include <string.h>

#include "tests/unit/view/seen.h"

static struct seen *seen;
static struct view_shown *shown;

static void take_view(void)
{
	view_derived_take(seen->derived, seen->stage->meeting, seen->stage->now);
}

static struct wire_update update_for(enum role role)
{
	struct wire_update update;
	bool changed, says;

	take_view();
	assert_int_equal(view_update(shown, seen->derived, &seen->arena, &update, &changed), 0);
	assert_int_equal(view_update_for(role, &seen->arena, &update, &says), 0);
	return update;
}

static struct wire_vote_view vote_for(enum role role)
{
	struct wire_snapshot snapshot;

	take_view();
	assert_int_equal(view_snapshot(seen->derived, &seen->arena, &snapshot), 0);
	assert_int_equal(view_snapshot_for(role, &seen->arena, &snapshot), 0);
	assert_int_equal(snapshot.n_votes, 1);
	assert_true(role != ROLE_VIEWER || (!snapshot.has_ballots && !snapshot.has_vote_remarks));
	return snapshot.votes[0];
}

static int raise(void **state)
{
	(void)state;
	seen = seen_create();
	shown = view_shown_create();
	assert_non_null(shown);
	stage_start_talks(seen->stage);
	assert_int_equal(stage_add_vote(seen->stage, "v", VOTE_METHOD_BY_SITE), 0);
	assert_int_equal(stage_op(seen->stage, CMD_VOTE_OPEN, "v"), 0);
	assert_int_equal(stage_count(seen->stage, "v", "a", 20, 18, 2), 0);
	return 0;
}

static int strike(void **state)
{
	(void)state;
	view_shown_destroy(shown);
	seen_destroy(seen);
	return 0;
}

static void a_viewer_reads_the_result_alone(void **state)
{
	struct wire_vote_view vote = vote_for(ROLE_VIEWER);

	(void)state;
	assert_int_equal(vote.state, VOTE_STATE_OPEN);
	assert_string_equal(vote.question, "Thông qua chương trình hội nghị");
	assert_false(vote.has_answers || vote.has_cast || vote.has_sites || vote.has_missing);
	assert_int_equal(stage_op(seen->stage, CMD_VOTE_CLOSE, "v"), 0);
	vote = vote_for(ROLE_VIEWER);
	assert_int_equal(vote.state, VOTE_STATE_CLOSED);
	assert_int_equal(vote.answers[0], 18);
	assert_int_equal(vote.answers[1], 2);
	assert_false(vote.has_sites || vote.has_missing);
	assert_int_equal(stage_recount(seen->stage, "v", "a", 19, 18, 2), 0);
	vote = vote_for(ROLE_VIEWER);
	assert_int_equal(vote.state, VOTE_STATE_INVALID);
	assert_false(vote.has_answers || vote.has_fault);
}

static void staff_read_the_count_as_it_grows(void **state)
{
	struct wire_vote_view vote = vote_for(ROLE_CHAIR);

	(void)state;
	assert_int_equal(vote.sites, 5);
	assert_int_equal(vote.counted, 1);
	assert_int_equal(vote.n_missing, 4);
	assert_string_equal(vote.missing[0], "hn");
	assert_int_equal(vote.answers[0], 18);
	assert_false(vote.has_fault);
	assert_int_equal(stage_count(seen->stage, "v", "b", 5, 6, 0), 0);
	vote = vote_for(ROLE_CHAIR);
	assert_int_equal(vote.fault, VOTE_FAULT_MORE_THAN_PRESENT);
}

static void an_update_has_what_is_new(void **state)
{
	struct wire_update update = update_for(ROLE_OPERATOR);

	(void)state;
	assert_int_equal(update.n_ballots, 1);
	assert_int_equal(stage_count(seen->stage, "v", "b", 5, 5, 0), 0);
	update = update_for(ROLE_OPERATOR);
	assert_int_equal(update.n_votes, 1);
	assert_int_equal(update.n_ballots, 1);
	assert_string_equal(update.ballots[0].site, "b");
	assert_int_equal(stage_recount(seen->stage, "v", "a", 21, 18, 3), 0);
	update = update_for(ROLE_OPERATOR);
	assert_int_equal(update.n_ballots, 1);
	assert_true(update.ballots[0].corrected);
	assert_int_equal(update.n_vote_remarks, 1);
	assert_int_equal(update.vote_remarks[0].was.present, 20);
	assert_int_equal(update.vote_remarks[0].now.present, 21);
	update = update_for(ROLE_OPERATOR);
	assert_false(update.has_votes || update.has_ballots || update.has_vote_remarks);
}

static void a_site_is_told_of_its_own(void **state)
{
	static const struct media_keys none;
	struct wire_site_desired desired;

	(void)state;
	take_view();
	view_site_desired(
		seen->derived, mtg_site_by_id(seen->stage->meeting, "b")->number, &none, &desired);
	assert_true(desired.has_vote);
	assert_int_equal(desired.vote.ballots, 0);
	assert_false(desired.vote.has_count);
	view_site_desired(
		seen->derived, mtg_site_by_id(seen->stage->meeting, "a")->number, &none, &desired);
	assert_int_equal(desired.vote.ballots, 1);
	assert_int_equal(desired.vote.count.answers[0], 18);
	assert_int_equal(stage_op(seen->stage, CMD_VOTE_CLOSE, "v"), 0);
	take_view();
	view_site_desired(
		seen->derived, mtg_site_by_id(seen->stage->meeting, "a")->number, &none, &desired);
	assert_false(desired.has_vote);
}

#define TOLD(test) cmocka_unit_test_setup_teardown(test, raise, strike)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TOLD(a_viewer_reads_the_result_alone),
		TOLD(staff_read_the_count_as_it_grows),
		TOLD(an_update_has_what_is_new),
		TOLD(a_site_is_told_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
