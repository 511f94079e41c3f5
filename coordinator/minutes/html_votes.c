/* A vote is a heading, sentences and a table; its annex is two tables. */
#include "coordinator/minutes/html_votes.h"

#include <inttypes.h>

#include "proto/gen/words.h"

enum { FIGURES_SIZE = 160 };

static void write_heading(const struct html_writer *html, const struct minutes_vote *vote)
{
	html_markup(html, "<h3>");
	html_text(html, vote->question);
	html_markup(html, "</h3>\n");
}

static void write_course(const struct html_writer *html, const struct minutes_vote *vote)
{
	struct html_value opened = html_time(html, vote->opened.wall);
	struct html_value ended = html_time(html, vote->ended.wall);
	html_element(html, "p", "",
		vote->has_ended ? TEXT_MINUTES_VOTE_METHOD : TEXT_MINUTES_VOTE_STILL_OPEN,
		(const struct text_value[]){
			{.name = "method",
				.text = label_of_vote_method(vote->method, html->language)},
			{.name = "opened", .text = opened.text},
			{.name = "ended", .text = ended.text}, {0}});
}

static int write_turnout(const struct html_writer *html, const struct minutes_vote *vote)
{
	struct html_names names;
	if (!vote->has_sites) {
		return 0;
	}
	html_element(html, "p", "", TEXT_MINUTES_VOTE_SITES,
		(const struct text_value[]){{.name = "counted", .number = vote->counted},
			{.name = "sites", .number = vote->sites}, {0}});
	int r = html_names_begin(&names);
	if (r != 0) {
		return r;
	}
	for (size_t i = 0; i < vote->n_missing; i++) {
		html_names_add(&names, vote->missing[i]);
	}
	return html_names_write(&names, html, TEXT_MINUTES_VOTE_MISSING, "names");
}

static void write_end(const struct html_writer *html, const struct minutes_vote *vote)
{
	if (vote->state == VOTE_STATE_CANCELLED) {
		html_element(html, "p", "",
			vote->has_reason ? TEXT_MINUTES_VOTE_CANCELLED_SINCE
					 : TEXT_MINUTES_VOTE_CANCELLED,
			(const struct text_value[]){{.name = "reason", .text = vote->reason}, {0}});
	} else if (vote->state == VOTE_STATE_INVALID) {
		const char *fault =
			vote->has_fault ? sentence_of_vote_fault(vote->fault, html->language) : "";
		html_element(html, "p", "", TEXT_MINUTES_VOTE_INVALID,
			(const struct text_value[]){{.name = "fault", .text = fault}, {0}});
	} else if (vote->state == VOTE_STATE_CLOSED) {
		html_element(html, "p", "",
			vote->has_present ? TEXT_MINUTES_VOTE_RESULT_BY_SITE
					  : TEXT_MINUTES_VOTE_RESULT,
			(const struct text_value[]){
				{.name = "present", .number = (int64_t)vote->present},
				{.name = "cast", .number = (int64_t)vote->cast},
				{.name = "spoilt", .number = (int64_t)vote->spoilt}, {0}});
	}
}

static void write_answers(const struct html_writer *html, const struct minutes_vote *vote)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_VOTE_OPTION},
		{"n", TEXT_MINUTES_VOTE_ANSWERS},
	};
	if (vote->state != VOTE_STATE_CLOSED) {
		return;
	}
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < vote->n_options; i++) {
		html_markup(html, "<tr>");
		html_cell(html, "", vote->options[i]);
		fprintf(html->out, "<td class=\"n\">%" PRIu64 "</td></tr>\n", vote->answers[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

int html_votes_write(const struct html_writer *html, const struct minutes *minutes)
{
	int r = 0;
	if (minutes->n_votes > 0) {
		html_element(html, "h2", "", TEXT_MINUTES_VOTES, NULL);
	}
	for (size_t i = 0; i < minutes->n_votes && r == 0; i++) {
		const struct minutes_vote *vote = &minutes->votes[i];
		write_heading(html, vote);
		write_course(html, vote);
		r = write_turnout(html, vote);
		write_end(html, vote);
		write_answers(html, vote);
	}
	return r;
}

/* ---- the annex ---- */

static void write_number(const struct html_writer *html, uint64_t number)
{
	fprintf(html->out, "<td class=\"n\">%" PRIu64 "</td>", number);
}

static void write_counted_head(const struct html_writer *html, const struct minutes_vote *vote)
{
	html_markup(html, "<table><thead><tr><th>");
	html_say(html, TEXT_MINUTES_SITE);
	html_markup(html, "</th><th class=\"n\">");
	html_say(html, TEXT_MINUTES_VOTE_PRESENT);
	html_markup(html, "</th><th class=\"n\">");
	html_say(html, TEXT_MINUTES_VOTE_CAST);
	for (size_t i = 0; i < vote->n_options; i++) {
		html_markup(html, "</th><th class=\"n\">");
		html_text(html, vote->options[i]);
	}
	html_markup(html, "</th><th class=\"n\">");
	html_say(html, TEXT_MINUTES_VOTE_SPOILT);
	html_markup(html, "</th></tr></thead><tbody>\n");
}

static void write_counted(const struct html_writer *html, const struct minutes_ballot *ballot)
{
	html_markup(html, "<tr><td>");
	html_text(html, ballot->site_name);
	if (ballot->has_fault) {
		fprintf(html->out, "<div class=\"topic\">%s</div>",
			sentence_of_vote_fault(ballot->fault, html->language));
	}
	html_markup(html, "</td>");
	write_number(html, ballot->count.present);
	write_number(html, ballot->count.cast);
	for (size_t i = 0; i < ballot->count.n_answers; i++) {
		write_number(html, ballot->count.answers[i]);
	}
	write_number(html, ballot->count.spoilt);
	html_markup(html, "</tr>\n");
}

static void write_named(const struct html_writer *html, const struct minutes_vote *vote)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_SITE},
		{"", TEXT_MINUTES_VOTE_VOTER},
		{"", TEXT_MINUTES_VOTE_CHOICE},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < vote->n_ballots; i++) {
		html_markup(html, "<tr>");
		html_cell(html, "", vote->ballots[i].site_name);
		html_cell(html, "", vote->ballots[i].voter);
		html_cell(html, "", vote->options[vote->ballots[i].choice - 1]);
		html_markup(html, "</tr>\n");
	}
}

static void write_ballots(const struct html_writer *html, const struct minutes_vote *vote)
{
	if (vote->n_ballots == 0) {
		return;
	}
	if (vote->method == VOTE_METHOD_BY_NAME) {
		write_named(html, vote);
	} else {
		write_counted_head(html, vote);
		for (size_t i = 0; i < vote->n_ballots; i++) {
			write_counted(html, &vote->ballots[i]);
		}
	}
	html_markup(html, "</tbody></table>\n");
}

/* present 20, cast 20: 18, 2 (+ 0): 20/20: 18 – 2 – 0. */
static void count_figures(const struct vote_count *count, char ret[static FIGURES_SIZE])
{
	int at = snprintf(
		ret, FIGURES_SIZE, "%" PRIu32 "/%" PRIu32 ":", count->cast, count->present);
	for (size_t i = 0; i < count->n_answers; i++) {
		at += snprintf(
			ret + at, (size_t)(FIGURES_SIZE - at), " %" PRIu32 " –", count->answers[i]);
	}
	snprintf(ret + at, (size_t)(FIGURES_SIZE - at), " %" PRIu32, count->spoilt);
}

static void write_change(const struct html_writer *html, const struct minutes_vote *vote,
	const struct minutes_vote_remark *remark)
{
	char was[FIGURES_SIZE], now[FIGURES_SIZE];
	bool by_name = remark->has_choice_was;
	if (!by_name && !remark->has_was) {
		return;
	}
	count_figures(&remark->was, was);
	count_figures(&remark->now, now);
	html_markup(html, " ");
	html_text(html, remark->voter);
	html_markup(html, " ");
	html_fill(html, TEXT_MINUTES_VOTE_CORRECTED,
		(const struct text_value[]){
			{.name = "was",
				.text = by_name ? vote->options[remark->choice_was - 1] : was},
			{.name = "now",
				.text = by_name ? vote->options[remark->choice_now - 1] : now},
			{0}});
}

static void write_remark(const struct html_writer *html, const struct minutes_vote *vote,
	const struct minutes_vote_remark *remark)
{
	html_markup(html, "<tr>");
	html_cell(html, "t", html_time(html, remark->when.wall).text);
	html_cell(html, "", remark->site_name);
	html_markup(html, "<td>");
	html_text(html, label_of_vote_remark_kind(remark->remark, html->language));
	write_change(html, vote, remark);
	html_markup(html, remark->has_text ? ": " : "");
	html_text(html, remark->text);
	html_markup(html, "</td><td>");
	html_who(html, &remark->by);
	html_markup(html, "</td></tr>\n");
}

static void write_remarks(const struct html_writer *html, const struct minutes_vote *vote)
{
	static const struct html_column columns[] = {
		{"t", TEXT_MINUTES_AT},
		{"", TEXT_MINUTES_SITE},
		{"", TEXT_MINUTES_VOTE_WHAT},
		{"", TEXT_MINUTES_VOTE_NOTED_BY},
	};
	if (vote->n_remarks == 0) {
		return;
	}
	html_element(html, "p", "note", TEXT_MINUTES_VOTE_PROTOCOL, NULL);
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < vote->n_remarks; i++) {
		write_remark(html, vote, &vote->remarks[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

void html_votes_write_annex(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->n_votes == 0 || minutes->abridged) {
		return;
	}
	html_element(html, "h2", "", TEXT_MINUTES_VOTE_BALLOTS, NULL);
	for (size_t i = 0; i < minutes->n_votes; i++) {
		write_heading(html, &minutes->votes[i]);
		write_ballots(html, &minutes->votes[i]);
		write_remarks(html, &minutes->votes[i]);
	}
}
