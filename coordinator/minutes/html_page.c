/*
 * The page: letterhead, then the sections in the order minutes have, then signatures and annex.
 * Each section is one function; each row of a table another.
 */
#include "coordinator/minutes/html_page.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>

#include "coordinator/minutes/html_annex.h"
#include "coordinator/minutes/html_letterhead.h"
#include "coordinator/minutes/html_writer.h"
#include "proto/gen/words.h"

static void write_moment(
	const struct html_writer *html, enum text_id id, const struct minutes_moment *moment)
{
	struct html_value time = html_time(html, moment->wall), day = html_day(html, moment->wall);
	html_element(html, "p", "", id,
		(const struct text_value[]){{.name = "time", .text = time.text},
			{.name = "day", .text = day.text}, {0}});
}

static void write_time_and_place(const struct html_writer *html, const struct minutes *minutes)
{
	struct html_value until = html_time(html, minutes->until.wall);
	struct html_value length = html_span(minutes->live);
	html_element(html, "h2", "", TEXT_MINUTES_TIME_AND_PLACE, NULL);
	if (minutes->has_opened) {
		write_moment(html, TEXT_MINUTES_OPENED, &minutes->opened);
	}
	if (minutes->has_closed) {
		write_moment(html, TEXT_MINUTES_CLOSED, &minutes->closed);
	} else {
		html_element(html, "p", "note", TEXT_MINUTES_NOT_CLOSED,
			(const struct text_value[]){{.name = "time", .text = until.text}, {0}});
	}
	html_element(html, "p", "", TEXT_MINUTES_LENGTH,
		(const struct text_value[]){{.name = "length", .text = length.text},
			{.name = "place", .text = minutes->place}, {0}});
	if (minutes->speed > 1) {
		html_element(html, "p", "note", TEXT_MINUTES_SPEED,
			(const struct text_value[]){
				{.name = "speed", .number = minutes->speed}, {0}});
	}
}

static size_t count_step(const struct minutes *minutes, enum readiness_step step)
{
	size_t n = 0;
	for (size_t i = 0; i < minutes->n_sites; i++) {
		for (size_t j = 0; j < minutes->sites[i].n_steps; j++) {
			n += minutes->sites[i].steps[j].step == step;
		}
	}
	return n;
}

static size_t count_attended(const struct minutes *minutes)
{
	size_t n = 0;
	for (size_t i = 0; i < minutes->n_sites; i++) {
		n += minutes->sites[i].attended;
	}
	return n;
}

static int write_absent(const struct html_writer *html, const struct minutes *minutes)
{
	char *names = NULL;
	size_t length = 0;
	FILE *list = open_memstream(&names, &length);
	if (!list) {
		return -ENOMEM;
	}
	const char *separator = "";
	for (size_t i = 0; i < minutes->n_sites; i++) {
		if (!minutes->sites[i].attended) {
			fprintf(list, "%s%s", separator, minutes->sites[i].name);
			separator = ", ";
		}
	}
	bool failed = ferror(list) != 0;
	failed = fclose(list) != 0 || failed;
	if (!failed && length > 0) {
		html_element(html, "p", "", TEXT_MINUTES_ABSENT,
			(const struct text_value[]){{.name = "sites", .text = names}, {0}});
	}
	free(names);
	return failed ? -ENOMEM : 0;
}

static int write_attendance(const struct html_writer *html, const struct minutes *minutes)
{
	size_t roll_called = count_step(minutes, READINESS_STEP_ROLL_CALLED);
	size_t seated = count_step(minutes, READINESS_STEP_SEATED);
	html_element(html, "h2", "", TEXT_MINUTES_SITES, NULL);
	html_element(html, "p", "", TEXT_MINUTES_ATTENDANCE,
		(const struct text_value[]){
			{.name = "attended", .number = (int64_t)count_attended(minutes)},
			{.name = "sites", .number = (int64_t)minutes->n_sites},
			{.name = "roll_called", .number = (int64_t)roll_called},
			{.name = "seated", .number = (int64_t)seated},
			{0},
		});
	return write_absent(html, minutes);
}

static void write_planned(const struct html_writer *html, const struct minutes_item *item)
{
	html_markup(html, "<td class=\"n\">");
	if (item->has_planned_start) {
		html_text(html, html_clock(item->planned_start).text);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (item->has_planned_length) {
		html_text(html, html_span(span_sum(item->planned_length, item->extended)).text);
	}
	html_markup(html, "</td>");
}

static void write_actual(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_item *item)
{
	html_markup(html, "<td class=\"n\">");
	if (item->has_started) {
		html_text(html, html_time(html, item->started.wall).text);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (item->has_finished) {
		html_text(html, html_time(html, item->finished.wall).text);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (item->has_length) {
		html_text(html, html_span(item->length).text);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (item->has_length && item->has_planned_length) {
		int64_t planned = (item->planned_length.ms + item->extended.ms) / minutes->speed;
		html_text(html, html_difference((struct span){item->length.ms - planned}).text);
	}
	html_markup(html, "</td>");
}

static void write_who(const struct html_writer *html, const struct actor *actor)
{
	if (actor->has_account) {
		html_text(html, actor->account);
	} else {
		html_text(html, label_of_role(actor->role, html->language));
	}
}

static void write_notes(const struct html_writer *html, const struct minutes_item *item)
{
	for (size_t i = 0; i < item->n_notes; i++) {
		html_markup(html, "<div class=\"topic\">");
		html_time(html, item->notes[i].when.wall);
		html_markup(html, " ");
		write_who(html, &item->notes[i].by);
		html_markup(html, ": ");
		html_text(html, item->notes[i].text);
		html_markup(html, "</div>");
	}
}

static void write_item(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_item *item)
{
	html_markup(html, "<tr>");
	html_cell(html, "n", item->item);
	html_markup(html, "<td>");
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
	write_notes(html, item);
	html_markup(html, "</td>");
	write_planned(html, item);
	write_actual(html, minutes, item);
	html_markup(html, "</tr>\n");
}

static void write_programme(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_ITEM},
		{"", TEXT_MINUTES_CONTENT},
		{"n", TEXT_MINUTES_PLANNED_AT},
		{"n", TEXT_MINUTES_PLANNED},
		{"n", TEXT_MINUTES_BEGAN},
		{"n", TEXT_MINUTES_ENDED},
		{"n", TEXT_MINUTES_ACTUAL},
		{"n", TEXT_MINUTES_DIFFERENCE},
	};
	html_element(html, "h2", "", TEXT_MINUTES_PROGRAMME, NULL);
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_items; i++) {
		write_item(html, minutes, &minutes->items[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_speaker(const struct html_writer *html, const struct minutes_speech *speech)
{
	html_markup(html, "<td><strong>");
	html_text(html, speech->unit);
	html_markup(html, "</strong><br>");
	html_text(html, speech->site_name);
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
	if (stretch->has_cause) {
		fprintf(html->out, " <span class=\"note\">(%s)</span>",
			label_of_interrupt_cause(stretch->cause, html->language));
	}
	html_markup(html, "<br>");
}

static void write_speech(
	const struct html_writer *html, const struct minutes_speech *speech, size_t at)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	html_cell(html, "n", speech->item);
	write_speaker(html, speech);
	html_markup(html, "<td>");
	for (size_t i = 0; i < speech->n_stretches; i++) {
		write_stretch(html, &speech->stretches[i]);
	}
	if (speech->state != TURN_STATE_DONE) {
		fprintf(html->out, "<span class=\"note\">%s</span>",
			label_of_turn_state(speech->state, html->language));
	}
	html_markup(html, "</td><td class=\"n\">");
	html_text(html, html_span(speech->spoken).text);
	html_markup(html, "</td><td class=\"n\">");
	if (speech->allowance.ms > 0) {
		html_text(html, html_span(speech->allowance).text);
	}
	html_markup(html, "</td><td class=\"n\">");
	html_text(html, html_difference(speech->over).text);
	html_markup(html, "</td></tr>\n");
}

static void write_speeches(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_NUMBER},
		{"n", TEXT_MINUTES_ITEM},
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
		write_speech(html, &minutes->speeches[i], i);
	}
	html_markup(html, "</tbody></table>\n");
	if (minutes->undone > 0) {
		html_element(html, "p", "note", TEXT_MINUTES_UNDONE,
			(const struct text_value[]){
				{.name = "takes", .number = minutes->undone}, {0}});
	}
}

static void write_alarm(const struct html_writer *html, const struct minutes_alarm *alarm)
{
	html_markup(html, "<tr><td class=\"n\">");
	html_text(html, html_time(html, alarm->raised.wall).text);
	html_markup(html, "</td>");
	html_cell(html, "", alarm->site_name);
	html_cell(html, "", label_of_alarm_kind(alarm->kind, html->language));
	html_markup(html, "<td>");
	if (alarm->has_acknowledged) {
		html_text(html, html_time(html, alarm->acknowledged.wall).text);
		html_markup(html, " ");
		write_who(html, &alarm->acknowledged_by);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (alarm->has_cleared) {
		html_text(html, html_span(span_between(alarm->raised.at, alarm->cleared.at)).text);
	} else {
		html_say(html, TEXT_MINUTES_STILL_OPEN);
	}
	html_markup(html, "</td></tr>\n");
}

static void write_restart(const struct html_writer *html, const struct minutes_restart *restart)
{
	bool by_wall = restart->source == CLOCK_SOURCE_WALL_CLOCK;
	struct html_value time = html_time(html, restart->when.wall), gap = html_span(restart->gap);
	html_element(html, "p", "note",
		by_wall ? TEXT_MINUTES_RESTART_BY_WALL : TEXT_MINUTES_RESTART,
		(const struct text_value[]){{.name = "time", .text = time.text},
			{.name = "gap", .text = gap.text}, {0}});
}

static void write_alarms(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_AT},
		{"", TEXT_MINUTES_SITE},
		{"", TEXT_MINUTES_ALARM},
		{"", TEXT_MINUTES_ACKNOWLEDGED},
		{"n", TEXT_MINUTES_LASTED},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_alarms; i++) {
		write_alarm(html, &minutes->alarms[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_incidents(const struct html_writer *html, const struct minutes *minutes)
{
	html_element(html, "h2", "", TEXT_MINUTES_INCIDENTS, NULL);
	if (minutes->abridged) {
		html_element(html, "p", "note", TEXT_MINUTES_FULL_ONLY, NULL);
		return;
	}
	for (size_t i = 0; i < minutes->n_restarts; i++) {
		write_restart(html, &minutes->restarts[i]);
	}
	if (minutes->n_alarms == 0) {
		html_element(html, "p", "", TEXT_MINUTES_NO_ALARMS, NULL);
		return;
	}
	write_alarms(html, minutes);
}

static void write_signature(const struct html_writer *html, enum text_id who)
{
	html_markup(html, "<div><p><strong>");
	html_say(html, who);
	html_markup(html, "</strong></p><p class=\"room\"></p></div>");
}

static void write_signatures(const struct html_writer *html)
{
	html_markup(html, "<div class=\"signatures\">");
	write_signature(html, TEXT_MINUTES_SECRETARY);
	write_signature(html, TEXT_MINUTES_CHAIR);
	html_markup(html, "</div>\n");
}

int minutes_html(
	const struct minutes *minutes, enum language language, char **ret_html, size_t *ret_length)
{
	char *text = NULL;
	size_t length = 0;
	struct html_writer html = {.out = open_memstream(&text, &length),
		.language = language,
		.utc_offset = minutes->utc_offset};
	if (!html.out) {
		return -ENOMEM;
	}
	html_letterhead_write(&html, minutes);
	write_time_and_place(&html, minutes);
	int r = write_attendance(&html, minutes);
	write_programme(&html, minutes);
	write_speeches(&html, minutes);
	write_incidents(&html, minutes);
	write_signatures(&html);
	html_annex_write(&html, minutes);
	html_markup(&html, "</body>\n</html>\n");
	bool failed = ferror(html.out) != 0;
	if (fclose(html.out) != 0 || failed || r != 0) {
		free(text);
		return -ENOMEM;
	}
	*ret_html = text;
	*ret_length = length;
	return 0;
}
