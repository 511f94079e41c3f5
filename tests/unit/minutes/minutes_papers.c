/*
 * The printed papers of a meeting: what stands on whose copy, what was taken down of sites, and
 * that who may not see something does not get it on paper.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/alarms.h"
#include "coordinator/minutes/html_page.h"
#include "coordinator/minutes/paper_kinds.h"
#include "minutes_run.h"
#include "text_copy.h"

static int set_up(void **state)
{
	*state = run_create();
	return 0;
}

static int tear_down(void **state)
{
	run_destroy(*state);
	return 0;
}

static char *paper_of(
	struct run *run, enum paper_kind kind, const char *site, enum language language)
{
	struct paper_wanted wanted = {.kind = kind,
		.site = site,
		.words = run->plan->meeting.has_papers ? &run->plan->meeting.papers : NULL,
		.language = language};
	char *html = NULL;
	size_t length = 0;
	assert_int_equal(paper_html(&run->minutes, &wanted, &html, &length), 0);
	assert_null(strchr(strstr(html, "</style>"), '{')); /* every placeholder is filled */
	return html;
}

static bool has(struct run *run, enum paper_kind kind, const char *site, const char *text)
{
	char *html = paper_of(run, kind, site, LANGUAGE_VI);
	bool found = strstr(html, text) != NULL;
	free(html);
	return found;
}

static void draft(struct run *run, const char *plan)
{
	run_load(run, plan);
	run_set_up(run, 1);
	run_compile(run);
}

/* ---- before the meeting ---- */

static void a_copy_has_what_concerns_its_site(void **state)
{
	struct run *run = *state;
	draft(run, "b");
	assert_true(has(run, PAPER_KIND_INVITATION, NULL, "Cấp tỉnh (điểm cầu trung tâm)"));
	assert_true(has(run, PAPER_KIND_INVITATION, "tinh", ">Cấp tỉnh<"));
	assert_false(has(run, PAPER_KIND_INVITATION, "tra-on", "Cấp tỉnh"));
	assert_true(has(run, PAPER_KIND_INVITATION, "tra-on", ">Cấp huyện<"));
	assert_true(has(run, PAPER_KIND_INVITATION, "tra-on", "(UBND huyện Trà Ôn)"));
	assert_false(has(run, PAPER_KIND_INVITATION, "vung-liem", "Phát biểu của điểm cầu"));
	assert_true(has(run, PAPER_KIND_INVITATION, "tra-on",
		"<td class=\"n\">3</td><td><strong>"
		"UBND huyện Trà Ôn"));
	struct paper_wanted nowhere = {.kind = PAPER_KIND_INVITATION, .site = "nowhere"};
	char *html = NULL;
	size_t length = 0;
	assert_int_equal(paper_html(&run->minutes, &nowhere, &html, &length), -ENOENT);
	assert_null(html);
}

static void each_form_has_its_head(void **state)
{
	struct run *run = *state;
	static const struct {
		enum paper_kind kind;
		const char *state, *party;
	} numbers[] = {
		{PAPER_KIND_INVITATION, "Số: ……/GM-UBND", "Số ……-GM/UBND"},
		{PAPER_KIND_PROGRAMME, "Số: ……/CTr-UBND", "Số ……-CTr/UBND"},
		{PAPER_KIND_TECHNICAL_RECORD, "Số: ……/BB-UBND", "Số ……-BB/UBND"},
		{PAPER_KIND_NOTICE, "Số: ……/TB-UBND", "Số ……-TB/UBND"},
	};
	draft(run, "b");
	/* The number of the plan is that of the minutes alone. */
	run->minutes.document.has_number = true;
	strcpy(run->minutes.document.number, "12");
	assert_true(has(run, PAPER_KIND_MINUTES, NULL, "Số: 12/BB-UBND"));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		run->minutes.form = DOCUMENT_FORM_STATE;
		assert_true(has(run, numbers[i].kind, NULL, numbers[i].state));
		assert_true(has(run, numbers[i].kind, NULL, "Độc lập - Tự do - Hạnh phúc"));
		assert_false(has(run, numbers[i].kind, NULL, "ĐẢNG CỘNG SẢN"));
		run->minutes.form = DOCUMENT_FORM_PARTY;
		assert_true(has(run, numbers[i].kind, NULL, numbers[i].party));
		assert_true(has(run, numbers[i].kind, NULL, "ĐẢNG CỘNG SẢN VIỆT NAM"));
		assert_true(has(run, numbers[i].kind, NULL, "<p>*</p>"));
		assert_false(has(run, numbers[i].kind, NULL, "Độc lập"));
		run->minutes.form = DOCUMENT_FORM_NEUTRAL;
		assert_false(has(run, numbers[i].kind, NULL, "Số: "));
		assert_false(has(run, numbers[i].kind, NULL, "Độc lập"));
	}
}

static void a_programme_without_a_clock_has_lengths(void **state)
{
	struct run *run = *state;
	draft(run, "a");
	assert_true(has(run, PAPER_KIND_PROGRAMME, NULL, "Thời lượng</th>"));
	assert_true(has(run, PAPER_KIND_PROGRAMME, NULL, ">90 phút<"));
	assert_true(has(run, PAPER_KIND_PROGRAMME, NULL, "Thời gian: Buổi sáng, thứ Sáu, "));
	assert_false(has(run, PAPER_KIND_PROGRAMME, NULL, "07h"));
}

/* ---- what was taken down ---- */

static const struct minutes_site *site_of(const struct run *run, const char *site)
{
	for (size_t i = 0; i < run->minutes.n_sites; i++) {
		if (strcmp(run->minutes.sites[i].site, site) == 0) {
			return &run->minutes.sites[i];
		}
	}
	fail_msg("no site %s", site);
	return NULL;
}

static const struct minutes_spell *spell_of(
	const struct minutes_site *site, enum minutes_spell_kind kind, size_t at)
{
	for (size_t i = 0; i < site->n_spells; i++) {
		if (site->spells[i].kind == kind && at-- == 0) {
			return &site->spells[i];
		}
	}
	return NULL;
}

static void post(struct run *run, const char *site, bool present)
{
	run->command.body.name = CMD_SITE_POST;
	strcpy(run->command.body.site_post.site, site);
	run->command.body.site_post.present = present;
	assert_int_equal(run_give(run, ROLE_TECHNICIAN), 0);
}

static void losses_and_posts_have_begin_and_end(void **state)
{
	struct run *run = *state;
	run_open(run);
	post(run, "tra-on", true);
	run_pass(run, 10 * MINUTE);
	run_set_link(run, "tra-on", LINK_STATE_LOST);
	run_pass(run, 3 * MINUTE);
	run_set_link(run, "tra-on", LINK_STATE_ONLINE);
	run_set_media(run, "long-ho", MEDIA_STATE_SILENT);
	run_pass(run, 2 * MINUTE);
	run_set_link(run, "binh-tan", LINK_STATE_LOST);
	run_pass(run, MINUTE);
	post(run, "tra-on", false);
	run_simple(run, CMD_MEETING_CLOSE);
	run_pass(run, MINUTE);
	run_set_link(run, "mang-thit", LINK_STATE_LOST); /* who leaves then is no loss */
	run_compile(run);
	const struct minutes_site *site = site_of(run, "tra-on");
	const struct minutes_spell *lost = spell_of(site, MINUTES_SPELL_KIND_LINK_LOST, 0);
	assert_non_null(lost);
	assert_int_equal(span_between(lost->from.at, lost->to.at).ms, 3 * MINUTE);
	assert_null(spell_of(site, MINUTES_SPELL_KIND_LINK_LOST, 1));
	const struct minutes_spell *at_post = spell_of(site, MINUTES_SPELL_KIND_POST, 0);
	assert_int_equal(span_between(at_post->from.at, at_post->to.at).ms, 16 * MINUTE);
	assert_int_equal(at_post->by.role, ROLE_TECHNICIAN);
	const struct minutes_spell *silent =
		spell_of(site_of(run, "long-ho"), MINUTES_SPELL_KIND_MEDIA_SILENT, 0);
	assert_int_equal(span_between(silent->from.at, silent->to.at).ms, 3 * MINUTE);
	const struct minutes_spell *last =
		spell_of(site_of(run, "binh-tan"), MINUTES_SPELL_KIND_LINK_LOST, 0);
	assert_true(last->has_to && last->to.at.ms == run->minutes.closed.at.ms);
	assert_null(spell_of(site_of(run, "mang-thit"), MINUTES_SPELL_KIND_LINK_LOST, 0));
}

static void what_was_done_is_noted_of_an_alarm_that_is_seen_to(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_set_link(run, "tra-on", LINK_STATE_LOST);
	run_pass(run, 5 * MINUTE);
	uint64_t alarm = mtg_alarm(run->meeting, mtg_alarm_count(run->meeting) - 1)->number;
	struct cmd_alarm_acknowledge *in = &run->command.body.alarm_acknowledge;
	run->command.body.name = CMD_ALARM_ACKNOWLEDGE;
	in->alarm = alarm;
	assert_int_equal(run_give(run, ROLE_TECHNICIAN), 0);
	run->command.body.name = CMD_ALARM_ACKNOWLEDGE;
	in->alarm = alarm;
	assert_int_equal(run_give(run, ROLE_TECHNICIAN), REFUSAL_ALREADY);
	run_pass(run, MINUTE);
	run->command.body.name = CMD_ALARM_NOTE;
	run->command.body.alarm_note.alarm = alarm;
	strcpy(run->command.body.alarm_note.text, "Đã đổi sang đường dự phòng");
	assert_int_equal(run_give(run, ROLE_TECHNICIAN), 0);
	run_compile(run);
	const struct minutes_alarm *last = &run->minutes.alarms[run->minutes.n_alarms - 1];
	assert_int_equal(last->alarm, alarm);
	assert_string_equal(last->note, "Đã đổi sang đường dự phòng");
	/* It was seen to when somebody did, not when it was noted. */
	assert_int_equal(span_between(last->acknowledged.at, run->minutes.until.at).ms, MINUTE);
	assert_true(has(run, PAPER_KIND_TECHNICAL_RECORD, "tra-on", "Đã đổi sang đường dự phòng"));
	assert_false(has(run, PAPER_KIND_TECHNICAL_RECORD, "long-ho", "Đã đổi sang"));
	assert_true(has(run, PAPER_KIND_MINUTES, NULL, "Đã đổi sang đường dự phòng"));
}

/* ---- who may see it ---- */

static void a_viewer_has_papers_without_what_is_hidden(void **state)
{
	struct run *run = *state;
	run_open(run);
	post(run, "tra-on", true);
	run_set_link(run, "tra-on", LINK_STATE_LOST);
	run_pass(run, 5 * MINUTE);
	msg_arena_reset(&run->arena);
	assert_int_equal(
		minutes_recorder_compile(run->recorder, ROLE_VIEWER, &run->arena, &run->minutes),
		0);
	assert_int_equal(
		run->minutes.n_documents + run->minutes.n_handouts + run->minutes.n_tasks, 0);
	const struct minutes_site *site = site_of(run, "tra-on");
	assert_int_equal(site->n_spells + site->n_checks, 0);
	assert_false(site->has_line);
	assert_true(has(run, PAPER_KIND_TECHNICAL_RECORD, NULL, "Chỉ có trong bản đầy đủ."));
	assert_false(has(run, PAPER_KIND_TECHNICAL_RECORD, NULL, "2. Trực kỹ thuật"));
	assert_false(has(run, PAPER_KIND_INVITATION, NULL, "Ý kiến thảo luận"));
	assert_true(has(run, PAPER_KIND_INVITATION, NULL, "GIẤY MỜI"));
}

static void names_of_papers_lead_back(void **state)
{
	(void)state;
	for (int kind = PAPER_KIND_UNSET + 1; kind < PAPER_KIND_END; kind++) {
		const char *name = paper_name((enum paper_kind)kind);
		assert_int_equal(paper_kind_of_name(name), kind);
		assert_null(strchr(name, '_'));
	}
	assert_int_equal(paper_kind_of_name("technical_record"), PAPER_KIND_UNSET);
	assert_int_equal(paper_kind_of_name(""), PAPER_KIND_UNSET);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_copy_has_what_concerns_its_site, set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_form_has_its_head, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_programme_without_a_clock_has_lengths, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			losses_and_posts_have_begin_and_end, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_was_done_is_noted_of_an_alarm_that_is_seen_to, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_viewer_has_papers_without_what_is_hidden, set_up, tear_down),
		cmocka_unit_test(names_of_papers_lead_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
