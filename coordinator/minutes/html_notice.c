/* A section stands where there is something to say; room for conclusions always. */
#include "coordinator/minutes/html_notice.h"

#include <inttypes.h>
#include <string.h>

#include "coordinator/minutes/html_foot.h"
#include "coordinator/minutes/html_letterhead.h"
#include "proto/gen/words.h"

/* ---- what was held ---- */

static int64_t count_attended(const struct minutes *minutes)
{
	int64_t n = 0;
	for (size_t i = 0; i < minutes->n_sites; i++) {
		n += minutes->sites[i].attended;
	}
	return n;
}

static int64_t count_speeches(const struct minutes *minutes)
{
	int64_t n = 0;
	for (size_t i = 0; i < minutes->n_speeches; i++) {
		n += minutes->speeches[i].n_stretches > 0;
	}
	return n;
}

/* The day of the opening, and before it as planned; with a capital where a sentence begins. */
static struct html_value day_of(const struct html_writer *html, const struct minutes *minutes)
{
	struct html_value day = minutes->has_opened ? html_day_words(html, minutes->opened.wall)
						    : html_date_words(html, minutes->date);
	if (day.text[0] == 'n') {
		day.text[0] = 'N';
	}
	return day;
}

static int write_held(const struct html_writer *html, const struct minutes *minutes)
{
	struct html_value day = day_of(html, minutes);
	html_element(html, "p", "text", TEXT_PAPER_HELD,
		(const struct text_value[]){{.name = "day", .text = day.text},
			{.name = "place", .text = minutes->place},
			{.name = "host", .text = minutes->host},
			{.name = "name", .text = minutes->name}, {0}});
	int r = html_paper_write_chairs(html, minutes, "text");
	html_element(html, "p", "text", TEXT_PAPER_HELD_SITES,
		(const struct text_value[]){{.name = "attended", .number = count_attended(minutes)},
			{.name = "sites", .number = (int64_t)minutes->n_sites}, {0}});
	if (count_speeches(minutes) > 0) {
		html_element(html, "p", "text", TEXT_PAPER_HELD_SPEECHES,
			(const struct text_value[]){
				{.name = "n", .number = count_speeches(minutes)}, {0}});
	}
	if (!minutes->has_closed) {
		html_element(html, "p", "note", TEXT_PAPER_NOT_CLOSED, NULL);
	}
	html_element(html, "p", "text", TEXT_PAPER_FOLLOWS, NULL);
	return r;
}

/* ---- what was done ---- */

static bool is_content(const struct minutes_item *item)
{
	return item->state == ITEM_STATE_DONE && item->kind != ITEM_KIND_RECEPTION &&
	       item->kind != ITEM_KIND_OPENING && item->kind != ITEM_KIND_BREAK &&
	       item->kind != ITEM_KIND_CLOSING;
}

static void write_done(const struct html_writer *html, const struct minutes *minutes)
{
	bool headed = false;
	for (size_t i = 0; i < minutes->n_items; i++) {
		const struct minutes_item *item = &minutes->items[i];
		if (!is_content(item)) {
			continue;
		}
		if (!headed) {
			html_element(html, "h2", "", TEXT_PAPER_DONE, NULL);
			headed = true;
		}
		html_markup(html, "<p class=\"dash\">- ");
		html_text(html, item->title);
		html_markup(html, item->has_by ? " (" : "");
		html_text(html, item->by);
		html_markup(html, item->has_by ? ").</p>\n" : ".</p>\n");
	}
}

/* ---- conclusions ---- */

static size_t write_notes_of(const struct html_writer *html, const struct minutes_item *item)
{
	for (size_t i = 0; i < item->n_notes; i++) {
		html_element(html, "p", "dash", TEXT_PAPER_CONCLUDED_OF,
			(const struct text_value[]){{.name = "title", .text = item->title},
				{.name = "text", .text = item->notes[i].text}, {0}});
	}
	return item->n_notes;
}

/* What was noted of remarks and closing stands last: it concludes the rest. */
static void write_concluded(const struct html_writer *html, const struct minutes *minutes)
{
	size_t n = 0;
	html_element(html, "h2", "", TEXT_PAPER_CONCLUDED, NULL);
	for (int concluding = 0; concluding < 2; concluding++) {
		for (size_t i = 0; i < minutes->n_items; i++) {
			const struct minutes_item *item = &minutes->items[i];
			bool concludes =
				item->kind == ITEM_KIND_REMARKS || item->kind == ITEM_KIND_CLOSING;
			n += concludes == (concluding == 1) ? write_notes_of(html, item) : 0;
		}
	}
	if (n == 0) {
		html_element(html, "p", "dash", TEXT_PAPER_DOTTED, NULL);
		html_element(html, "p", "dash", TEXT_PAPER_DOTTED, NULL);
	}
}

/* ---- votes ---- */

static int write_vote(const struct html_writer *html, const struct minutes_vote *vote)
{
	struct html_names answers;
	char answer[VOTE_OPTION_SIZE + HTML_VALUE_SIZE];
	int r = html_names_begin(&answers);
	if (r < 0) {
		return r;
	}
	for (size_t i = 0; i < vote->n_options && i < vote->n_answers; i++) {
		text_fill(answer, sizeof(answer), TEXT_PAPER_ANSWER, html->language,
			(const struct text_value[]){{.name = "option", .text = vote->options[i]},
				{.name = "n", .number = (int64_t)vote->answers[i]}, {0}});
		html_names_add(&answers, answer);
	}
	return html_names_write_of(&answers, html, TEXT_PAPER_VOTED_AS,
		(struct html_named){"dash", "answers", "question", vote->question});
}

static int write_votes(const struct html_writer *html, const struct minutes *minutes)
{
	bool headed = false;
	int r = 0;
	for (size_t i = 0; i < minutes->n_votes && r == 0; i++) {
		if (minutes->votes[i].state != VOTE_STATE_CLOSED) {
			continue;
		}
		if (!headed) {
			html_element(html, "h2", "", TEXT_PAPER_VOTED, NULL);
			headed = true;
		}
		r = write_vote(html, &minutes->votes[i]);
	}
	return r;
}

/* ---- awards and signatures ---- */

static int64_t count_done(const struct minutes_item *item, enum recipient recipient)
{
	int64_t n = 0;
	for (size_t i = 0; i < item->n_acts; i++) {
		const struct minutes_act *act = &item->acts[i];
		n += act->state == ACT_STATE_DONE &&
		     (recipient == RECIPIENT_UNSET || act->recipient == recipient);
	}
	return n;
}

static void write_awards(const struct html_writer *html, const struct minutes_item *item)
{
	int64_t collectives = count_done(item, RECIPIENT_COLLECTIVE);
	int64_t individuals = count_done(item, RECIPIENT_INDIVIDUAL);
	int64_t all = count_done(item, RECIPIENT_UNSET);
	html_element(html, "p", "dash",
		collectives + individuals == all ? TEXT_PAPER_AWARDED_BY_RECIPIENT
						 : TEXT_PAPER_AWARDED,
		(const struct text_value[]){{.name = "title", .text = item->title},
			{.name = "collectives", .number = collectives},
			{.name = "individuals", .number = individuals},
			{.name = "n", .number = all}, {0}});
}

static int write_signed(const struct html_writer *html, const struct minutes_item *item)
{
	struct html_names parties;
	int r = html_names_begin(&parties);
	if (r < 0) {
		return r;
	}
	for (size_t i = 0; i < item->n_acts; i++) {
		if (item->acts[i].state == ACT_STATE_DONE) {
			html_names_add(&parties, item->acts[i].name);
		}
	}
	return html_names_write_of(&parties, html, TEXT_PAPER_SIGNED,
		(struct html_named){"dash", "names", "title", item->title});
}

static int write_ceremonies(const struct html_writer *html, const struct minutes *minutes)
{
	bool headed = false;
	int r = 0;
	for (size_t i = 0; i < minutes->n_items && r == 0; i++) {
		const struct minutes_item *item = &minutes->items[i];
		if (count_done(item, RECIPIENT_UNSET) == 0) {
			continue;
		}
		if (!headed) {
			html_element(html, "h2", "", TEXT_PAPER_HONOURED, NULL);
			headed = true;
		}
		if (item->kind == ITEM_KIND_SIGNING) {
			r = write_signed(html, item);
		} else {
			write_awards(html, item);
		}
	}
	return r;
}

/* ---- tasks ---- */

static void write_task(const struct html_writer *html, const struct minutes_task *task)
{
	html_markup(html, "<tr>");
	html_cell(html, "", task->title);
	html_cell(html, "", task->owner);
	html_cell(html, "", task->has_due ? html_date_words(html, task->due).text : "");
	html_markup(html, "<td>");
	html_say(html, task->done ? TEXT_PAPER_TASK_DONE : TEXT_PAPER_TASK_OPEN);
	if (task->has_note) {
		html_markup(html, "<div class=\"topic\">");
		html_text(html, task->note);
		html_markup(html, "</div>");
	}
	html_markup(html, "</td></tr>\n");
}

static void write_tasks(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"", TEXT_PAPER_TASK},
		{"", TEXT_PAPER_TASK_OWNER},
		{"", TEXT_PAPER_DUE},
		{"", TEXT_PAPER_TASK_STATE},
	};
	if (minutes->n_tasks == 0) {
		return;
	}
	html_element(html, "h2", "", TEXT_PAPER_TASKS, NULL);
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_tasks; i++) {
		write_task(html, &minutes->tasks[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

int html_notice_write(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_heading heading = {TEXT_PAPER_TITLE_NOTICE, TEXT_PAPER_TYPE_NOTICE,
		TEXT_PAPER_HEADING_NOTICE, TEXT_PAPER_SUBJECT_NOTICE, false};
	const struct minutes *minutes = paper->minutes;
	html_letterhead_write(html, minutes, &heading);
	html_element(html, "p", "sample", TEXT_PAPER_DRAFT, NULL);
	int r = write_held(html, minutes);
	write_done(html, minutes);
	write_concluded(html, minutes);
	r = r == 0 ? write_votes(html, minutes) : r;
	r = r == 0 ? write_ceremonies(html, minutes) : r;
	write_tasks(html, minutes);
	html_element(html, "p", "text", TEXT_PAPER_NOTICE_END,
		(const struct text_value[]){{.name = "name", .text = minutes->name}, {0}});
	html_foot_write(html, paper);
	return r;
}
