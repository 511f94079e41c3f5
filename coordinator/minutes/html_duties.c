#include "coordinator/minutes/html_duties.h"

#include <string.h>

#include "coordinator/minutes/html_speaking.h"

enum { TITLE_OF_UNIT_SIZE = 2048 };

/* ---- a row: what, by whom, by when ---- */

static void write_owner(const struct html_writer *html, const struct html_paper *paper,
	const struct minutes_document *document)
{
	if (paper->site) {
		return;
	}
	html_markup(html, "<td>");
	if (document->every_site) {
		html_say(html, TEXT_PAPER_EACH_SITE);
	} else {
		html_text(html, document->has_unit ? document->unit : document->site_name);
	}
	html_markup(html, "</td>");
}

static bool is_owed(const struct html_paper *paper, const struct minutes_document *document)
{
	const struct minutes_site *site = paper->site;
	return !site || (document->every_site && site->kind == SITE_KIND_REMOTE) ||
	       (document->has_site && strcmp(document->site, site->site) == 0);
}

static void write_document(const struct html_writer *html, const struct html_paper *paper,
	const struct minutes_document *document)
{
	char title[TITLE_OF_UNIT_SIZE];
	snprintf(title, sizeof(title), "%s", document->title);
	if (document->has_unit && paper->site) {
		text_fill(title, sizeof(title), TEXT_PAPER_DOCUMENT_OF_UNIT, html->language,
			(const struct text_value[]){{.name = "title", .text = document->title},
				{.name = "unit", .text = document->unit}, {0}});
	}
	html_markup(html, "<tr><td>");
	html_fill(html, TEXT_PAPER_SEND_DOCUMENT,
		(const struct text_value[]){{.name = "document", .text = title}, {0}});
	html_markup(html, "</td>");
	write_owner(html, paper, document);
	html_cell(html, "", document->has_due ? html_date_words(html, document->due).text : "");
	html_markup(html, "</tr>\n");
}

static void write_each_site(const struct html_writer *html, const struct html_paper *paper)
{
	if (!paper->site) {
		html_markup(html, "<td>");
		html_say(html, TEXT_PAPER_EACH_SITE);
		html_markup(html, "</td>");
	}
}

static void write_deadline(const struct html_writer *html, const struct html_paper *paper,
	const struct step_deadline *deadline)
{
	static const enum text_id steps[READINESS_STEP_END] = {
		[READINESS_STEP_REGISTERED] = TEXT_PAPER_STEP_REGISTERED,
		[READINESS_STEP_DOCUMENTS_IN] = TEXT_PAPER_STEP_DOCUMENTS_IN,
		[READINESS_STEP_LINE_TESTED] = TEXT_PAPER_STEP_LINE_TESTED,
		[READINESS_STEP_CHECKLIST] = TEXT_PAPER_STEP_CHECKLIST,
		[READINESS_STEP_ROLL_CALLED] = TEXT_PAPER_STEP_ROLL_CALLED,
		[READINESS_STEP_SEATED] = TEXT_PAPER_STEP_SEATED,
	};
	struct html_value day = html_date_words(html, deadline->date);
	struct html_value time = html_clock_words(html, deadline->has_time ? deadline->time : 0);
	html_markup(html, "<tr><td>");
	html_say(html, steps[deadline->step]);
	html_markup(html, "</td>");
	write_each_site(html, paper);
	html_markup(html, "<td>");
	if (deadline->has_time) {
		html_fill(html, TEXT_PAPER_DUE_AT,
			(const struct text_value[]){{.name = "time", .text = time.text},
				{.name = "day", .text = day.text}, {0}});
	} else {
		html_text(html, day.text);
	}
	html_markup(html, "</td></tr>\n");
}

static void write_post(const struct html_writer *html, const struct html_paper *paper)
{
	const struct preparation *preparation = &paper->minutes->preparation;
	struct html_value time = html_clock_words(html, preparation->post_due);
	if (!preparation->has_post_due) {
		return;
	}
	html_markup(html, "<tr><td>");
	html_say(html, TEXT_PAPER_POST);
	html_markup(html, "</td>");
	write_each_site(html, paper);
	html_markup(html, "<td>");
	html_fill(html, TEXT_PAPER_FROM_TIME,
		(const struct text_value[]){{.name = "time", .text = time.text}, {0}});
	html_markup(html, "</td></tr>\n");
}

/* ---- the table ---- */

static bool has_duties(const struct html_paper *paper)
{
	const struct minutes *minutes = paper->minutes;
	bool any = minutes->has_preparation;
	for (size_t i = 0; i < minutes->n_documents; i++) {
		any = any || is_owed(paper, &minutes->documents[i]);
	}
	return any;
}

static void write_head(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_column of_all[] = {
		{"", TEXT_PAPER_DUTY},
		{"", TEXT_PAPER_OWED_BY},
		{"", TEXT_PAPER_DUE},
	};
	static const struct html_column of_one[] = {
		{"", TEXT_PAPER_DUTY},
		{"", TEXT_PAPER_DUE},
	};
	if (paper->site) {
		html_table(html, of_one, sizeof(of_one) / sizeof(of_one[0]));
	} else {
		html_table(html, of_all, sizeof(of_all) / sizeof(of_all[0]));
	}
}

static void write_table(const struct html_writer *html, const struct html_paper *paper)
{
	const struct minutes *minutes = paper->minutes;
	html_element(
		html, "h2", "", paper->site ? TEXT_PAPER_DUTIES_OF_SITE : TEXT_PAPER_DUTIES, NULL);
	write_head(html, paper);
	for (size_t i = 0; i < minutes->n_documents; i++) {
		if (is_owed(paper, &minutes->documents[i])) {
			write_document(html, paper, &minutes->documents[i]);
		}
	}
	for (size_t i = 0; i < minutes->preparation.n_deadlines; i++) {
		write_deadline(html, paper, &minutes->preparation.deadlines[i]);
	}
	write_post(html, paper);
	html_markup(html, "</tbody></table>\n");
}

void html_duties_write(const struct html_writer *html, const struct html_paper *paper)
{
	if (has_duties(paper)) {
		write_table(html, paper);
	}
	if (paper->site) {
		html_speaking_write_of_site(html, paper);
	}
}
