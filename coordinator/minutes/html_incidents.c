/* Alarms, and the losses that were too short for one, put in one order. */
#include "coordinator/minutes/html_incidents.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/minutes/html_annex.h"
#include "proto/gen/words.h"

/* One of both. */
struct incident {
	struct minutes_moment from;
	const struct minutes_alarm *alarm;
	const struct minutes_spell *spell;
	const char *site_name; /* of a spell */
};

struct incidents {
	struct incident *list;
	size_t n;
};

static bool is_loss(const struct minutes_spell *spell)
{
	return spell->kind != MINUTES_SPELL_KIND_POST;
}

static bool names(const struct html_paper *paper, const struct minutes_alarm *alarm)
{
	if (!paper->site || (alarm->has_site && html_paper_has_site(paper, alarm->site))) {
		return true;
	}
	for (size_t i = 0; i < alarm->n_sites; i++) {
		if (strcmp(alarm->sites[i], paper->site->name) == 0) {
			return true;
		}
	}
	return false;
}

static int by_begin(const void *one, const void *other)
{
	const struct incident *a = one, *b = other;
	return a->from.at.ms < b->from.at.ms ? -1 : a->from.at.ms > b->from.at.ms;
}

static void gather(const struct html_paper *paper, struct incidents *incidents)
{
	const struct minutes *minutes = paper->minutes;
	for (size_t i = 0; i < minutes->n_alarms; i++) {
		if (names(paper, &minutes->alarms[i])) {
			incidents->list[incidents->n++] = (struct incident){
				.from = minutes->alarms[i].raised, .alarm = &minutes->alarms[i]};
		}
	}
	for (size_t i = 0; i < minutes->n_sites; i++) {
		const struct minutes_site *site = &minutes->sites[i];
		for (size_t j = 0; j < site->n_spells && html_paper_has_site(paper, site->site);
			j++) {
			if (is_loss(&site->spells[j])) {
				incidents->list[incidents->n++] =
					(struct incident){.from = site->spells[j].from,
						.spell = &site->spells[j],
						.site_name = site->name};
			}
		}
	}
	if (incidents->n > 0) {
		qsort(incidents->list, incidents->n, sizeof(*incidents->list), by_begin);
	}
}

static size_t count_most(const struct minutes *minutes)
{
	size_t n = minutes->n_alarms;
	for (size_t i = 0; i < minutes->n_sites; i++) {
		n += minutes->sites[i].n_spells;
	}
	return n;
}

/* ---- a row ---- */

static void write_times(const struct html_writer *html, const struct incident *incident)
{
	const struct minutes_alarm *alarm = incident->alarm;
	const struct minutes_spell *spell = incident->spell;
	bool has_end = alarm ? alarm->has_cleared : spell->has_to;
	html_cell(html, "t", html_time(html, incident->from.wall).text);
	html_markup(html, "<td class=\"t\">");
	if (has_end) {
		html_text(html, html_time(html, alarm ? alarm->cleared.wall : spell->to.wall).text);
	} else {
		html_say(html, TEXT_MINUTES_STILL_OPEN);
	}
	html_markup(html, "</td>");
}

static void write_where(const struct html_writer *html, const struct incident *incident)
{
	html_markup(html, "<td>");
	if (incident->spell) {
		html_text(html, incident->site_name);
	} else {
		html_text(html, incident->alarm->site_name);
		for (size_t i = 0; i < incident->alarm->n_sites; i++) {
			html_markup(html, i > 0 ? "; " : "");
			html_text(html, incident->alarm->sites[i]);
		}
	}
	html_markup(html, "</td>");
}

static void write_what(const struct html_writer *html, const struct incident *incident)
{
	html_markup(html, "<td>");
	if (incident->alarm) {
		html_text(html, label_of_alarm_kind(incident->alarm->kind, html->language));
	} else {
		html_say(html, incident->spell->kind == MINUTES_SPELL_KIND_LINK_LOST
				       ? TEXT_PAPER_LINK_LOST
				       : TEXT_PAPER_MEDIA_SILENT);
	}
	html_markup(html, "</td>");
}

static void write_handled(const struct html_writer *html, const struct minutes_alarm *alarm)
{
	html_markup(html, "<td>");
	if (alarm && alarm->has_acknowledged) {
		const struct actor *by = &alarm->acknowledged_by;
		html_fill(html, TEXT_PAPER_ACKNOWLEDGED,
			(const struct text_value[]){
				{.name = "time",
					.text = html_time(html, alarm->acknowledged.wall).text},
				{.name = "who",
					.text = by->has_account
							? by->account
							: label_of_role(by->role, html->language)},
				{0}});
	}
	if (alarm && alarm->has_note) {
		html_markup(html, " ");
		html_text(html, alarm->note);
	}
	html_markup(html, "</td>");
}

static void write_table(const struct html_writer *html, const struct incidents *incidents)
{
	static const struct html_column columns[] = {
		{"t", TEXT_PAPER_FROM},
		{"t", TEXT_PAPER_TO},
		{"", TEXT_MINUTES_SITE},
		{"mid", TEXT_PAPER_INCIDENT},
		{"wide", TEXT_PAPER_HANDLED},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < incidents->n; i++) {
		const struct incident *incident = &incidents->list[i];
		html_markup(html, "<tr>");
		write_times(html, incident);
		write_where(html, incident);
		write_what(html, incident);
		write_handled(html, incident->alarm);
		html_markup(html, "</tr>\n");
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_left_out(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->alarms_left_out > 0) {
		html_element(html, "p", "note", TEXT_MINUTES_LEFT_OUT,
			(const struct text_value[]){
				{.name = "n", .number = minutes->alarms_left_out}, {0}});
	}
	if (minutes->spells_left_out > 0) {
		html_element(html, "p", "note", TEXT_PAPER_SPELLS_LEFT_OUT,
			(const struct text_value[]){
				{.name = "n", .number = minutes->spells_left_out}, {0}});
	}
}

int html_incidents_write(const struct html_writer *html, const struct html_paper *paper)
{
	const struct minutes *minutes = paper->minutes;
	struct incidents incidents = {
		.list = calloc(count_most(minutes) + 1, sizeof(*incidents.list))};
	if (!incidents.list) {
		return -ENOMEM;
	}
	gather(paper, &incidents);
	html_element(html, "h2", "", TEXT_PAPER_INCIDENTS, NULL);
	for (size_t i = 0; i < minutes->n_restarts; i++) {
		html_annex_write_restart(html, &minutes->restarts[i]);
	}
	if (incidents.n > 0) {
		write_table(html, &incidents);
	} else if (minutes->n_restarts == 0) {
		html_element(html, "p", "", TEXT_PAPER_NO_INCIDENTS, NULL);
	}
	write_left_out(html, minutes);
	free(incidents.list);
	return 0;
}
