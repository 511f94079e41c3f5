/* Two tables. A row of each is one function. */
#include "coordinator/minutes/html_programme.h"

#include <inttypes.h>
#include <string.h>

#include "coordinator/minutes/html_acts.h"
#include "proto/gen/words.h"

enum { TAKES_SIZE = sizeof("4294967295") };

static void write_planned(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_item *item)
{
	html_cell(html, "t",
		item->has_planned_start ? html_clock(html, minutes, item->planned_start).text : "");
	html_cell(html, "n", item->has_expected ? html_span(item->expected).text : "");
}

static void write_actual(const struct html_writer *html, const struct minutes_item *item)
{
	html_cell(html, "t", item->has_started ? html_time(html, item->started.wall).text : "");
	html_cell(html, "t", item->has_finished ? html_time(html, item->finished.wall).text : "");
	html_cell(html, "n", item->has_length ? html_span(item->length).text : "");
	html_cell(html, "n", item->has_difference ? html_difference(item->difference).text : "");
}

static void write_notes(const struct html_writer *html, const struct minutes_item *item)
{
	for (size_t i = 0; i < item->n_notes; i++) {
		html_markup(html, "<div class=\"topic\">");
		html_text(html, html_time(html, item->notes[i].when.wall).text);
		html_markup(html, " ");
		html_who(html, &item->notes[i].by);
		html_markup(html, ": ");
		html_text(html, item->notes[i].text);
		html_markup(html, "</div>");
	}
}

static void write_opinion(const struct html_writer *html, const struct minutes_opinion *opinion)
{
	html_markup(html, "<div class=\"topic\">");
	html_text(html, html_time(html, opinion->when.wall).text);
	html_markup(html, " ");
	html_text(html, opinion->site_name);
	if (opinion->has_unit) {
		html_markup(html, ", ");
		html_element(html, "span", "", TEXT_MINUTES_OPINION_FOR,
			(const struct text_value[]){{.name = "unit", .text = opinion->unit}, {0}});
	}
	html_markup(html, ": ");
	html_text(html, opinion->text);
	fprintf(html->out, " <span class=\"note\">(%s)</span>",
		label_of_opinion_state(opinion->state, html->language));
	if (opinion->has_note) {
		html_element(html, "div", "note", TEXT_MINUTES_OPINION_ANSWER,
			(const struct text_value[]){{.name = "note", .text = opinion->note}, {0}});
	}
	html_markup(html, "</div>");
}

static void write_opinions(const struct html_writer *html, const struct minutes_item *item)
{
	if (item->n_opinions > 0) {
		html_element(html, "div", "topic", TEXT_MINUTES_OPINIONS, NULL);
	}
	for (size_t i = 0; i < item->n_opinions; i++) {
		write_opinion(html, &item->opinions[i]);
	}
}

static void write_change(const struct html_writer *html, const struct minutes_item *item)
{
	struct html_value by = html_difference(item->extended);
	if (item->has_extended) {
		html_element(html, "div", "topic", TEXT_MINUTES_CHANGED,
			(const struct text_value[]){{.name = "by", .text = by.text}, {0}});
	}
}

static void write_item(const struct html_writer *html, const struct minutes *minutes, size_t at)
{
	const struct minutes_item *item = &minutes->items[at];
	fprintf(html->out, "<tr><td class=\"n\">%zu</td><td>", at + 1);
	html_text(html, item->title);
	if (item->has_by) {
		html_markup(html, "<div class=\"topic\">");
		html_text(html, item->by);
		html_markup(html, "</div>");
	}
	if (item->state != ITEM_STATE_DONE) {
		fprintf(html->out, " <span class=\"note\">(%s)</span>",
			label_of_item_state(item->state, html->language));
	}
	write_change(html, item);
	write_notes(html, item);
	write_opinions(html, item);
	html_markup(html, "</td>");
	write_planned(html, minutes, item);
	write_actual(html, item);
	html_markup(html, "</tr>\n");
}

/* A row that adds its column up: the difference only where every row has one. */
static void write_total(const struct html_writer *html, const struct minutes *minutes)
{
	bool has_all = true;
	for (size_t i = 0; i < minutes->n_items; i++) {
		has_all = has_all && minutes->items[i].has_difference;
	}
	struct span difference = {minutes->length.ms - minutes->expected.ms};
	html_markup(html, "<tr class=\"total\"><td></td><td>");
	html_say(html, TEXT_MINUTES_TOTAL);
	html_markup(html, "</td><td></td>");
	html_cell(html, "n", html_span(minutes->expected).text);
	html_markup(html, "<td></td><td></td>");
	html_cell(html, "n", html_span(minutes->length).text);
	html_cell(html, "n", has_all ? html_difference(difference).text : "");
	html_markup(html, "</tr>\n");
}

static void write_programme(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_NUMBER},
		{"", TEXT_MINUTES_CONTENT},
		{"t", TEXT_MINUTES_PLANNED_AT},
		{"n", TEXT_MINUTES_PLANNED},
		{"t", TEXT_MINUTES_BEGAN},
		{"t", TEXT_MINUTES_ENDED},
		{"n", TEXT_MINUTES_ACTUAL},
		{"n", TEXT_MINUTES_DIFFERENCE},
	};
	html_element(html, "h2", "", TEXT_MINUTES_PROGRAMME, NULL);
	html_element(html, "p", "note", TEXT_MINUTES_FORMAT, NULL);
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_items; i++) {
		write_item(html, minutes, i);
	}
	write_total(html, minutes);
	html_markup(html, "</tbody></table>\n");
	if (minutes->notes_left_out > 0) {
		html_element(html, "p", "note", TEXT_MINUTES_NOTES_LEFT_OUT,
			(const struct text_value[]){
				{.name = "n", .number = minutes->notes_left_out}, {0}});
	}
}

/* Name and office, as far as they are known. */
static void write_person(const struct html_writer *html, const struct minutes_speech *speech)
{
	html_text(html, speech->speaker);
	html_markup(html, speech->has_speaker && speech->has_office ? ", " : "");
	html_text(html, speech->office);
	html_markup(html, speech->has_speaker || speech->has_office ? "<br/>" : "");
}

static void write_aside(const struct html_writer *html, const char *text)
{
	html_markup(html, " <span class=\"note\">(");
	html_text(html, text);
	html_markup(html, ")</span>");
}

static void write_speaker(const struct html_writer *html, const struct minutes_speech *speech)
{
	html_markup(html, "<td><strong>");
	html_text(html, speech->unit);
	html_markup(html, "</strong><br/>");
	write_person(html, speech);
	html_text(html, speech->site_name);
	if (speech->has_telephone && speech->telephone) {
		write_aside(html, text_of(TEXT_MINUTES_BY_TELEPHONE, html->language));
	}
	if (speech->has_class) {
		fprintf(html->out, " <span class=\"note\">(%s)</span>",
			label_of_turn_class(speech->class, html->language));
	}
	if (speech->topic[0]) {
		html_markup(html, "<div class=\"topic\">");
		html_text(html, speech->topic);
		html_markup(html, "</div>");
	}
	html_markup(html, "</td>");
}

static void write_stretch(const struct html_writer *html, const struct minutes_stretch *stretch)
{
	html_text(html, html_time(html, stretch->started.wall).text);
	if (stretch->has_site_name) {
		write_aside(html, stretch->site_name);
	}
	if (stretch->has_cause) {
		write_aside(html, label_of_interrupt_cause(stretch->cause, html->language));
	}
	html_markup(html, "<br/>");
}

/* The title of the item with this id, "" where there is none. */
static const char *title_of(const struct minutes *minutes, const char *item)
{
	for (size_t i = 0; i < minutes->n_items; i++) {
		if (strcmp(minutes->items[i].item, item) == 0) {
			return minutes->items[i].title;
		}
	}
	return "";
}

static void write_speech(const struct html_writer *html, const struct minutes *minutes, size_t at)
{
	const struct minutes_speech *speech = &minutes->speeches[at];
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	html_cell(html, "", title_of(minutes, speech->item));
	write_speaker(html, speech);
	html_markup(html, "<td>");
	for (size_t i = 0; i < speech->n_stretches; i++) {
		write_stretch(html, &speech->stretches[i]);
	}
	if (speech->state != TURN_STATE_DONE) {
		fprintf(html->out, "<span class=\"note\">%s</span>",
			label_of_turn_state(speech->state, html->language));
	}
	html_markup(html, "</td>");
	html_cell(html, "n", html_span(speech->spoken).text);
	html_cell(html, "n", speech->has_allowed ? html_span(speech->allowed).text : "");
	html_cell(html, "n", speech->over.ms > 0 ? html_difference(speech->over).text : "");
	html_markup(html, "</tr>\n");
}

static void write_spoken(const struct html_writer *html, const struct minutes *minutes)
{
	html_markup(html, "<tr class=\"total\"><td></td><td></td><td>");
	html_say(html, TEXT_MINUTES_TOTAL);
	html_markup(html, "</td><td></td>");
	html_cell(html, "n", html_span(minutes->spoken).text);
	html_markup(html, "<td></td><td></td></tr>\n");
}

static void write_undone(const struct html_writer *html, const struct minutes *minutes)
{
	char takes[TAKES_SIZE];
	if (minutes->undone == 0) {
		return;
	}
	snprintf(takes, sizeof(takes), html->language == LANGUAGE_EN ? "%" PRIu32 : "%02" PRIu32,
		minutes->undone);
	html_element(html, "p", "note",
		minutes->undone == 1 ? TEXT_MINUTES_UNDONE : TEXT_MINUTES_UNDONE_MANY,
		(const struct text_value[]){{.name = "takes", .text = takes}, {0}});
}

static void write_speeches(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_NUMBER},
		{"", TEXT_MINUTES_ITEM},
		{"", TEXT_MINUTES_SPEAKER},
		{"", TEXT_MINUTES_ON_AIR},
		{"n", TEXT_MINUTES_SPOKEN},
		{"n", TEXT_MINUTES_ALLOWED},
		{"n", TEXT_MINUTES_OVER},
	};
	html_element(html, "h2", "", TEXT_MINUTES_SPEECHES, NULL);
	if (minutes->n_speeches == 0) {
		html_element(html, "p", "", TEXT_MINUTES_NONE, NULL);
		return;
	}
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_speeches; i++) {
		write_speech(html, minutes, i);
	}
	write_spoken(html, minutes);
	html_markup(html, "</tbody></table>\n");
	write_undone(html, minutes);
}

void html_programme_write(const struct html_writer *html, const struct minutes *minutes)
{
	write_programme(html, minutes);
	html_acts_write(html, minutes);
	write_speeches(html, minutes);
}
