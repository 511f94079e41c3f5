/* Votes in the minutes: the result, what was cast, what went wrong; viewers read the result alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/votes.h"
#include "minutes_run.h"

static int set_up(void **state)
{
	struct run *run = run_create();

	run_load(run, "c");
	run_set_up(run, 1);
	run_gather(run);
	run_simple(run, CMD_MEETING_OPEN);
	run->command.body.name = CMD_VOTE_OPEN;
	strcpy(run->command.body.vote_open.vote, "chuong-trinh");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	*state = run;
	return 0;
}

static int tear_down(void **state)
{
	run_destroy(*state);
	return 0;
}

/* The player of films, which has no vote, is passed over. */
static const struct plan_site *voter_at(const struct run *run, size_t index)
{
	const struct plan_site *site = run->plan->sites.sites;
	for (; index > 0 || site->kind == SITE_KIND_PLAYER; site++) {
		index -= site->kind != SITE_KIND_PLAYER;
	}
	return site;
}

static const char *site_at(const struct run *run, size_t index)
{
	return voter_at(run, index)->id;
}

static const char *name_at(const struct run *run, size_t index)
{
	return voter_at(run, index)->name;
}

static void count(struct run *run, size_t site, uint32_t present, uint32_t yes)
{
	struct cmd_vote_cast *in = &run->command.body.vote_cast;

	run->command.body.name = CMD_VOTE_CAST;
	strcpy(in->vote, "chuong-trinh");
	strcpy(in->site, site_at(run, site));
	in->has_count = true;
	in->count = (struct vote_count){
		.present = present, .cast = yes, .answers = {yes}, .n_answers = 3};
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void put_right(struct run *run, size_t site, uint32_t present, uint32_t yes)
{
	struct cmd_vote_correct *in = &run->command.body.vote_correct;

	run->command.body.name = CMD_VOTE_CORRECT;
	strcpy(in->vote, "chuong-trinh");
	strcpy(in->site, site_at(run, site));
	in->has_count = in->has_reason = true;
	in->count = (struct vote_count){
		.present = present, .cast = yes, .answers = {yes}, .n_answers = 3};
	strcpy(in->reason, "Đếm lại");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void end(struct run *run, enum command_name name)
{
	run->command.body.name = name;
	strcpy(run->command.body.vote_close.vote, "chuong-trinh");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void assert_on_page(const struct run *run, enum language language, const char *text)
{
	char *page = run_page(run, language);

	if (!strstr(page, text)) {
		fail_msg("missing: %s", text);
	}
	free(page);
}

static void assert_not_on_page(const struct run *run, const char *text)
{
	char *page = run_page(run, LANGUAGE_VI);

	assert_null(strstr(page, text));
	free(page);
}

static void the_result_and_who_is_missing(void **state)
{
	struct run *run = *state;

	count(run, 0, 150, 149);
	count(run, 1, 20, 20);
	end(run, CMD_VOTE_CLOSE);
	run_compile(run);
	assert_int_equal(run->minutes.n_votes, 1);
	const struct minutes_vote *vote = &run->minutes.votes[0];
	assert_int_equal(vote->state, VOTE_STATE_CLOSED);
	assert_int_equal(vote->counted, 2);
	assert_int_equal(vote->sites, run->plan->sites.n_sites - 1); /* all but the player */
	assert_int_equal(vote->n_missing, run->plan->sites.n_sites - 3);
	assert_string_equal(vote->missing[0], name_at(run, 2));
	assert_int_equal(vote->answers[0], 169);
	assert_int_equal(vote->n_ballots, 2);
	assert_on_page(run, LANGUAGE_VI, "Kết quả: có mặt 170, đã biểu quyết 169, không hợp lệ 0.");
	assert_on_page(run, LANGUAGE_VI, "<td>Tán thành</td><td class=\"n\">169</td>");
	assert_on_page(run, LANGUAGE_EN, "Result: 170 present, 169 cast, 0 spoilt.");
}

static void what_went_wrong_stands_in_the_annex(void **state)
{
	struct run *run = *state;

	count(run, 1, 12, 20);
	run_set_link(run, site_at(run, 2), LINK_STATE_LOST);
	run_pass(run, MINUTE);
	run_set_link(run, site_at(run, 2), LINK_STATE_ONLINE);
	end(run, CMD_VOTE_CLOSE);
	run_compile(run);
	assert_int_equal(run->minutes.votes[0].state, VOTE_STATE_INVALID);
	assert_on_page(run, LANGUAGE_VI, "Biểu quyết không hợp lệ, không có kết quả.");
	assert_not_on_page(run, "Kết quả: có mặt");
	put_right(run, 1, 21, 20);
	run_compile(run);
	const struct minutes_vote *vote = &run->minutes.votes[0];
	assert_int_equal(vote->state, VOTE_STATE_CLOSED);
	assert_int_equal(vote->n_remarks, 3);
	assert_int_equal(vote->remarks[0].remark, VOTE_REMARK_KIND_DROPPED);
	assert_int_equal(vote->remarks[1].remark, VOTE_REMARK_KIND_RETURNED);
	assert_int_equal(vote->remarks[1].when.at.ms - vote->remarks[0].when.at.ms, MINUTE);
	assert_int_equal(vote->remarks[2].was.present, 12);
	assert_int_equal(vote->remarks[2].now.present, 21);
	assert_on_page(run, LANGUAGE_VI, "20/12: 20 – 0 – 0 – 0 → 20/21: 20 – 0 – 0 – 0: Đếm lại");
	assert_on_page(run, LANGUAGE_EN, "connection lost");
	char *page = run_page(run, LANGUAGE_VI);
	run_leave_page(page, "votes-vi.html");
	free(page);
}

static void a_viewer_reads_the_result_alone(void **state)
{
	struct run *run = *state;

	count(run, 1, 12, 20);
	run_set_link(run, site_at(run, 2), LINK_STATE_LOST);
	end(run, CMD_VOTE_CLOSE);
	put_right(run, 1, 20, 20);
	assert_int_equal(
		minutes_recorder_compile(run->recorder, ROLE_VIEWER, &run->arena, &run->minutes),
		0);
	const struct minutes_vote *vote = &run->minutes.votes[0];
	assert_int_equal(vote->answers[0], 20);
	assert_false(vote->has_sites || vote->has_missing || vote->has_ballots ||
		     vote->has_remarks || vote->has_fault);
	assert_on_page(run, LANGUAGE_VI, "đã biểu quyết 20");
	assert_not_on_page(run, "Đếm lại");
	assert_not_on_page(run, "Chưa biểu quyết");
}

static void a_cancelled_vote_has_no_result(void **state)
{
	struct run *run = *state;

	count(run, 1, 20, 20);
	strcpy(run->command.body.vote_cancel.reason, "Câu hỏi chưa rõ");
	run->command.body.vote_cancel.has_reason = true;
	end(run, CMD_VOTE_CANCEL);
	run_compile(run);
	assert_on_page(run, LANGUAGE_VI, "Biểu quyết đã hủy, không có kết quả: Câu hỏi chưa rõ.");
	assert_not_on_page(run, "Kết quả: có mặt");
}

static void a_meeting_without_a_vote_says_nothing(void **state)
{
	struct run *run = run_create();

	(void)state;
	run_open(run);
	run_compile(run);
	assert_int_equal(run->minutes.n_votes, 0);
	assert_not_on_page(run, "Biểu quyết");
	run_destroy(run);
}

#define VOTED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		VOTED(the_result_and_who_is_missing),
		VOTED(what_went_wrong_stands_in_the_annex),
		VOTED(a_viewer_reads_the_result_alone),
		VOTED(a_cancelled_vote_has_no_result),
		cmocka_unit_test(a_meeting_without_a_vote_says_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
