/* Votes: what is counted, what is missing, and what stands in the protocol. */
#include <string.h>

#include "tests/unit/meeting/stage.h"

static struct stage *stage;

static int set_up(void **state)
{
	(void)state;
	stage = stage_create();
	stage_start_talks(stage);
	assert_int_equal(stage_add_vote(stage, "v", VOTE_METHOD_BY_SITE), 0);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	stage_destroy(stage);
	return 0;
}

static void open_v(void)
{
	assert_int_equal(stage_op(stage, CMD_VOTE_OPEN, "v"), 0);
}

static struct vote_sums sums_of_v(void)
{
	struct vote_sums sums;

	mtg_vote_sums(stage->meeting, 0, &sums);
	return sums;
}

static const struct vote_remark *last_remark(void)
{
	size_t n = mtg_vote_remark_count(stage->meeting);

	assert_true(n > 0);
	return mtg_vote_remark(stage->meeting, n - 1);
}

static void test_counted_by_site(void **state)
{
	struct vote_sums sums;

	(void)state;
	open_v();
	sums = sums_of_v();
	assert_int_equal(sums.sites, 5);
	assert_int_equal(sums.counted, 0);
	assert_int_equal(stage_count(stage, "v", "hn", 150, 148, 2), 0);
	assert_int_equal(stage_count(stage, "v", "a", 20, 20, 0), 0);
	assert_int_equal(stage_count(stage, "v", "a", 20, 20, 0), REFUSAL_ALREADY);
	assert_int_equal(stage_count(stage, "v", "nowhere", 20, 20, 0), REFUSAL_NOT_FOUND);
	assert_int_equal(stage_ballot(stage, "v", "b", "Ai đó", 1), REFUSAL_INVALID);
	sums = sums_of_v();
	assert_int_equal(sums.counted, 2);
	assert_int_equal(sums.n_missing, 3);
	assert_int_equal(sums.missing[0], stage_index(stage, "b"));
	assert_int_equal(sums.present, 170);
	assert_int_equal(sums.cast, 170);
	assert_int_equal(sums.answers[0], 168);
	assert_int_equal(sums.answers[1], 2);
	assert_int_equal(sums.fault, VOTE_FAULT_UNSET);
}

/* The roster may change afterwards; what the vote missed does not. */
static void test_missing_is_kept(void **state)
{
	struct vote_sums sums;
	int c = stage_index(stage, "c"), d = stage_index(stage, "d");

	(void)state;
	open_v();
	assert_int_equal(stage_count(stage, "v", "hn", 150, 148, 2), 0);
	assert_int_equal(stage_op(stage, CMD_SITE_REMOVE, "d"), 0);
	assert_int_equal(sums_of_v().sites, 4);
	assert_int_equal(stage_op(stage, CMD_VOTE_CLOSE, "v"), 0);
	assert_int_equal(stage_op(stage, CMD_SITE_REMOVE, "c"), 0);
	sums = sums_of_v();
	assert_int_equal(sums.sites, 4);
	assert_int_equal(sums.counted, 1);
	assert_true(mtg_vote_missed(stage->meeting, 0, c));
	assert_false(mtg_vote_missed(stage->meeting, 0, d));
	assert_false(mtg_vote_missed(stage->meeting, 0, stage_index(stage, "hn")));
}

static void test_links_stand_in_the_protocol(void **state)
{
	(void)state;
	stage_link(stage, "d", LINK_STATE_LOST);
	assert_int_equal(mtg_vote_remark_count(stage->meeting), 0);
	open_v();
	stage_link(stage, "b", LINK_STATE_LOST);
	assert_int_equal(last_remark()->kind, VOTE_REMARK_KIND_DROPPED);
	assert_int_equal(last_remark()->site, stage_index(stage, "b"));
	stage_pass(stage, 20000);
	stage_link(stage, "b", LINK_STATE_ONLINE);
	assert_int_equal(last_remark()->kind, VOTE_REMARK_KIND_RETURNED);
	stage_begin(stage, ROLE_SYSTEM, CMD_CLOCK_RESUME)->clock_resume.source =
		CLOCK_SOURCE_MONOTONIC;
	assert_int_equal(stage_give(stage), 0);
	assert_int_equal(last_remark()->kind, VOTE_REMARK_KIND_RESTARTED);
	assert_int_equal(last_remark()->site, MTG_NONE);
	assert_int_equal(stage_vote(stage, "v"), VOTE_STATE_OPEN);
	assert_int_equal(stage_op(stage, CMD_VOTE_CANCEL, "v"), 0);
	stage_link(stage, "b", LINK_STATE_ONLINE);
	assert_int_equal(mtg_vote_remark_count(stage->meeting), 3);
}

static void test_who_comes_late(void **state)
{
	(void)state;
	stage_add_site(stage, "e", 9, false);
	open_v();
	assert_int_equal(sums_of_v().sites, 6);
	stage_link(stage, "e", LINK_STATE_ONLINE);
	assert_int_equal(last_remark()->kind, VOTE_REMARK_KIND_ARRIVED);
	stage_add_site(stage, "f", 10, false);
	assert_int_equal(sums_of_v().sites, 7);
	assert_int_equal(mtg_votes_revision(stage->meeting), mtg_roster_revision(stage->meeting));
}

/* Both numbers stand; the vote is judged again. */
static void test_put_right(void **state)
{
	const struct ballot *ballot;

	(void)state;
	open_v();
	assert_int_equal(stage_count(stage, "v", "a", 12, 18, 2), 0);
	assert_int_equal(sums_of_v().fault, VOTE_FAULT_MORE_THAN_PRESENT);
	assert_int_equal(stage_op(stage, CMD_VOTE_CLOSE, "v"), 0);
	assert_int_equal(stage_vote(stage, "v"), VOTE_STATE_INVALID);
	assert_int_equal(stage_recount(stage, "v", "b", 20, 18, 2), REFUSAL_NOT_FOUND);
	assert_int_equal(stage_recount(stage, "v", "a", 12, 18, 2), REFUSAL_ALREADY);
	assert_int_equal(stage_recount(stage, "v", "a", 21, 18, 2), 0);
	assert_int_equal(stage_vote(stage, "v"), VOTE_STATE_CLOSED);
	assert_int_equal(last_remark()->kind, VOTE_REMARK_KIND_CORRECTED);
	assert_int_equal(last_remark()->was.count.present, 12);
	assert_int_equal(last_remark()->now.count.present, 21);
	ballot = mtg_ballot(stage->meeting, (size_t)last_remark()->ballot);
	assert_true(ballot->corrected);
	assert_int_equal(ballot->value.count.present, 21);
	assert_int_equal(stage_op(stage, CMD_MEETING_CLOSE, NULL), 0);
	assert_int_equal(stage_recount(stage, "v", "a", 22, 18, 2), REFUSAL_WRONG_STATE);
}

static void test_counts_disagree(void **state)
{
	struct cmd_vote_cast *in;

	(void)state;
	open_v();
	in = &stage_begin(stage, ROLE_SITE, CMD_VOTE_CAST)->vote_cast;
	stage_by_site(stage, "b");
	strcpy(in->vote, "v");
	strcpy(in->site, "b");
	in->has_count = true;
	in->count = (struct vote_count){.present = 30,
		.cast = 30,
		.has_spoilt = true,
		.spoilt = 1,
		.answers = {28, 2},
		.n_answers = 2};
	assert_int_equal(stage_give(stage), 0);
	assert_int_equal(mtg_ballot_fault(stage->meeting, mtg_ballot(stage->meeting, 0)),
		VOTE_FAULT_SUM_DIFFERS);
	assert_int_equal(stage_op(stage, CMD_VOTE_CLOSE, "v"), 0);
	assert_int_equal(stage_vote(stage, "v"), VOTE_STATE_INVALID);
}

static void test_nothing_cast(void **state)
{
	(void)state;
	open_v();
	assert_int_equal(stage_op(stage, CMD_VOTE_CLOSE, "v"), 0);
	assert_int_equal(stage_vote(stage, "v"), VOTE_STATE_INVALID);
	assert_int_equal(sums_of_v().fault, VOTE_FAULT_NOTHING_CAST);
}

static void test_by_name(void **state)
{
	struct vote_sums sums;

	(void)state;
	assert_int_equal(stage_add_vote(stage, "names", VOTE_METHOD_BY_NAME), 0);
	assert_int_equal(stage_op(stage, CMD_VOTE_OPEN, "names"), 0);
	assert_int_equal(stage_ballot(stage, "names", "a", "Đại biểu 1", 1), 0);
	assert_int_equal(stage_ballot(stage, "names", "a", "Đại biểu 1", 2), REFUSAL_ALREADY);
	assert_int_equal(stage_ballot(stage, "names", "a", "Đại biểu 2", 3), REFUSAL_INVALID);
	assert_int_equal(stage_ballot(stage, "names", "a", "Đại biểu 2", 2), 0);
	assert_int_equal(stage_ballot(stage, "names", "b", "Đại biểu 1", 1), 0);
	assert_int_equal(stage_count(stage, "names", "c", 5, 5, 0), REFUSAL_INVALID);
	mtg_vote_sums(stage->meeting, 1, &sums);
	assert_int_equal(sums.counted, 2);
	assert_int_equal(sums.cast, 3);
	assert_int_equal(sums.answers[0], 2);
	assert_int_equal(sums.answers[1], 1);
	assert_int_equal(stage_op(stage, CMD_VOTE_CLOSE, "names"), 0);
	assert_int_equal(stage_vote(stage, "names"), VOTE_STATE_CLOSED);
}

static int report_by(const char *site, const char *about)
{
	struct cmd_vote_report *in = &stage_begin(stage, ROLE_SITE, CMD_VOTE_REPORT)->vote_report;

	stage_by_site(stage, site);
	strcpy(in->vote, "v");
	strcpy(in->text, "Không nghe rõ câu hỏi");
	in->has_site = about != NULL;
	strcpy(in->site, about ? about : "");
	return stage_give(stage);
}

/* A site speaks for itself, and does not fill the protocol. */
static void test_site_reports(void **state)
{
	(void)state;
	open_v();
	assert_int_equal(report_by("b", "a"), REFUSAL_FORBIDDEN);
	assert_int_equal(report_by("b", NULL), 0);
	assert_int_equal(last_remark()->site, stage_index(stage, "b"));
	assert_string_equal(last_remark()->text, "Không nghe rõ câu hỏi");
	for (size_t i = 1; i < VOTE_REMARKS_PER_SITE_MAX; i++) {
		assert_int_equal(report_by("b", "b"), 0);
	}
	assert_int_equal(report_by("b", NULL), REFUSAL_LIMIT);
	assert_int_equal(report_by("a", NULL), 0);
}

static void test_site_casts_for_itself(void **state)
{
	struct cmd_vote_cast *in = &stage_begin(stage, ROLE_SITE, CMD_VOTE_CAST)->vote_cast;

	(void)state;
	stage_by_site(stage, "b");
	strcpy(in->vote, "v");
	strcpy(in->site, "a");
	assert_int_equal(stage_give(stage), REFUSAL_FORBIDDEN);
}

static void test_id_is_used_again(void **state)
{
	(void)state;
	assert_int_equal(stage_op(stage, CMD_VOTE_REMOVE, "v"), 0);
	assert_null(mtg_vote_by_id(stage->meeting, "v"));
	assert_int_equal(stage_add_vote(stage, "v", VOTE_METHOD_BY_NAME), 0);
	assert_int_equal(mtg_vote_by_id(stage->meeting, "v")->method, VOTE_METHOD_BY_NAME);
	assert_int_equal(mtg_vote_count(stage->meeting), 1);
}

static void test_votes_end_somewhere(void **state)
{
	char id[VOTE_ID_SIZE] = "v00";

	(void)state;
	for (int i = 1; i < VOTES_MAX; i++) {
		id[1] = (char)('0' + i / 10);
		id[2] = (char)('0' + i % 10);
		assert_int_equal(stage_add_vote(stage, id, VOTE_METHOD_BY_SITE), 0);
	}
	assert_int_equal(stage_add_vote(stage, "more", VOTE_METHOD_BY_SITE), REFUSAL_LIMIT);
}

#define ON_STAGE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STAGE(test_counted_by_site),
		ON_STAGE(test_missing_is_kept),
		ON_STAGE(test_links_stand_in_the_protocol),
		ON_STAGE(test_who_comes_late),
		ON_STAGE(test_put_right),
		ON_STAGE(test_counts_disagree),
		ON_STAGE(test_nothing_cast),
		ON_STAGE(test_by_name),
		ON_STAGE(test_site_reports),
		ON_STAGE(test_site_casts_for_itself),
		ON_STAGE(test_id_is_used_again),
		ON_STAGE(test_votes_end_somewhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
