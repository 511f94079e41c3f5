#include "coordinator/minutes/html_tested.h"

#include <inttypes.h>

#include "proto/gen/words.h"

/* ---- the line ---- */

static void write_way(const struct html_writer *html, bool measured, const struct line_way *way)
{
	html_markup(html, "<td>");
	if (measured) {
		html_fill(html, TEXT_PAPER_WAY,
			(const struct text_value[]){
				{.name = "rate", .number = way->bits_per_second / 1000},
				{.name = "whole", .number = way->loss_permille / 10},
				{.name = "tenth", .number = way->loss_permille % 10}, {0}});
	}
	html_markup(html, "</td>");
}

static void write_number(const struct html_writer *html, bool measured, int64_t number)
{
	html_markup(html, "<td class=\"n\">");
	if (measured) {
		fprintf(html->out, "%" PRId64, number);
	}
	html_markup(html, "</td>");
}

static void write_verdict(const struct html_writer *html, const struct minutes_line *line)
{
	html_markup(html, "<td>");
	if (line->n_findings == 0) {
		html_say(html, TEXT_PAPER_PASSED);
	}
	for (size_t i = 0; i < line->n_findings; i++) {
		html_markup(html, i > 0 ? "; " : "");
		html_text(html, label_of_line_finding(line->findings[i], html->language));
	}
	html_markup(html, "</td>");
}

static void write_line(const struct html_writer *html, const struct minutes_site *site)
{
	const struct minutes_line *line = &site->line;
	const struct line_figures *figures = &line->figures;
	bool measured = line->has_figures;
	html_markup(html, "<tr>");
	html_cell(html, "", site->name);
	write_number(html, measured && figures->has_round_trip, figures->round_trip.ms);
	write_way(html, measured && figures->has_up, &figures->up);
	write_way(html, measured && figures->has_down, &figures->down);
	html_cell(
		html, "", measured ? label_of_line_picture(figures->picture, html->language) : "");
	write_number(html, measured, figures->level_dbfs);
	write_number(html, measured && figures->has_echo_dbfs, figures->echo_dbfs);
	write_verdict(html, line);
	html_markup(html, "</tr>\n");
}

static void write_lines(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_SITE},
		{"n", TEXT_PAPER_ROUND_TRIP},
		{"", TEXT_PAPER_WAY_UP},
		{"", TEXT_PAPER_WAY_DOWN},
		{"", TEXT_PAPER_PICTURE},
		{"n", TEXT_PAPER_LEVEL},
		{"n", TEXT_PAPER_ECHO},
		{"", TEXT_PAPER_VERDICT},
	};
	const struct minutes *minutes = paper->minutes;
	struct html_value time = html_time_words(html, minutes->line_tested.wall);
	struct html_value day = html_day_words(html, minutes->line_tested.wall);
	html_element(html, "p", "", TEXT_PAPER_LINE_AT,
		(const struct text_value[]){{.name = "time", .text = time.text},
			{.name = "day", .text = day.text}, {0}});
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_sites; i++) {
		const struct minutes_site *site = &minutes->sites[i];
		if (site->has_line && html_paper_has_site(paper, site->site)) {
			write_line(html, site);
		}
	}
	html_markup(html, "</tbody></table>\n");
}

/* ---- the checklist ---- */

static void write_noted(const struct html_writer *html, const struct minutes_check *check)
{
	html_markup(html, "<div class=\"topic\">");
	html_text(html, check->title);
	html_markup(html, check->has_note ? ": " : "");
	html_text(html, check->note);
	html_markup(html, "</div>");
}

static void write_summary(const struct html_writer *html, const struct minutes_site *site)
{
	int64_t done = 0;
	for (size_t i = 0; i < site->n_checks; i++) {
		done += site->checks[i].done;
	}
	html_markup(html, "<tr>");
	html_cell(html, "", site->name);
	html_markup(html, "<td class=\"c\">");
	html_fill(html, TEXT_PAPER_TICKED,
		(const struct text_value[]){{.name = "n", .number = done},
			{.name = "of", .number = (int64_t)site->n_checks}, {0}});
	html_markup(html, "</td><td>");
	for (size_t i = 0; i < site->n_checks && done > 0; i++) {
		if (!site->checks[i].done || site->checks[i].has_note) {
			write_noted(html, &site->checks[i]);
		}
	}
	html_markup(html, "</td></tr>\n");
}

/* All sites: how many lines each has ticked, and which it has not; nothing of one that began none.
 */
static void write_summaries(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_SITE},
		{"c", TEXT_PAPER_CHECKED},
		{"", TEXT_PAPER_REMAINING},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_sites; i++) {
		write_summary(html, &minutes->sites[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_check(const struct html_writer *html, const struct minutes_check *check)
{
	html_markup(html, "<tr>");
	html_cell(html, "", check->title);
	html_markup(html, "<td class=\"c\">");
	if (check->done) {
		html_markup(html, "✓");
	} else {
		html_say(html, TEXT_PAPER_NOT_CHECKED);
	}
	html_markup(html, "</td>");
	html_cell(html, "t", check->has_when ? html_time(html, check->when.wall).text : "");
	html_markup(html, "<td>");
	if (check->has_by) {
		html_who(html, &check->by);
	}
	html_markup(html, "</td>");
	html_cell(html, "", check->note);
	html_markup(html, "</tr>\n");
}

static void write_checks(const struct html_writer *html, const struct minutes_site *site)
{
	static const struct html_column columns[] = {
		{"", TEXT_PAPER_DUTY},
		{"c", TEXT_PAPER_CHECKED},
		{"t", TEXT_MINUTES_AT},
		{"", TEXT_PAPER_NOTED_BY},
		{"", TEXT_PAPER_NOTE},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < site->n_checks; i++) {
		write_check(html, &site->checks[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

void html_tested_write(const struct html_writer *html, const struct html_paper *paper)
{
	html_element(html, "h2", "", TEXT_PAPER_LINE, NULL);
	if (paper->minutes->has_line_tested) {
		write_lines(html, paper);
	} else {
		html_element(html, "p", "", TEXT_PAPER_LINE_NEVER, NULL);
	}
	html_element(html, "h2", "", TEXT_PAPER_CHECKS, NULL);
	if (paper->minutes->n_sites == 0 || paper->minutes->sites[0].n_checks == 0) {
		html_element(html, "p", "", TEXT_MINUTES_NONE, NULL);
	} else if (paper->site) {
		write_checks(html, paper->site);
	} else {
		write_summaries(html, paper->minutes);
	}
}
