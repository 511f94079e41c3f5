/* The annex: a row for each site, then a row for each alarm. */
#include "coordinator/minutes/html_annex.h"

#include <inttypes.h>

#include "coordinator/minutes/html_documents.h"
#include "coordinator/minutes/html_uptime.h"
#include "coordinator/minutes/html_votes.h"
#include "proto/gen/words.h"

static void write_steps(const struct html_writer *html, const struct minutes_site *site)
{
	static const enum text_id steps[READINESS_STEP_END] = {
		[READINESS_STEP_REGISTERED] = TEXT_MINUTES_STEP_REGISTERED,
		[READINESS_STEP_DOCUMENTS_IN] = TEXT_MINUTES_STEP_DOCUMENTS_IN,
		[READINESS_STEP_LINE_TESTED] = TEXT_MINUTES_STEP_LINE_TESTED,
		[READINESS_STEP_CHECKLIST] = TEXT_MINUTES_STEP_CHECKLIST,
		[READINESS_STEP_ROLL_CALLED] = TEXT_MINUTES_STEP_ROLL_CALLED,
		[READINESS_STEP_SEATED] = TEXT_MINUTES_STEP_SEATED,
	};
	html_markup(html, "<td>");
	for (size_t i = 0; i < site->n_steps; i++) {
		html_markup(html, i > 0 ? ", " : "");
		html_say(html, steps[site->steps[i].step]);
	}
	html_markup(html, "</td>");
}

static void write_site(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_site *site, size_t at)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	html_markup(html, "<td>");
	html_text(html, site->name);
	if (site->has_removed) {
		html_element(html, "p", "note", TEXT_MINUTES_REMOVED_AT,
			(const struct text_value[]){
				{.name = "time", .text = html_time(html, site->removed.wall).text},
				{0}});
	}
	html_markup(html, "</td><td class=\"t\">");
	if (site->has_first_online) {
		html_text(html, html_time(html, site->first_online.wall).text);
	} else {
		html_say(html, TEXT_MINUTES_NEVER_CAME);
	}
	html_markup(html, "</td>");
	write_steps(html, site);
	html_uptime_write_share(html, site->online, minutes->live);
	html_uptime_write_share(html, site->media, minutes->live);
	fprintf(html->out, "<td class=\"n\">%" PRIu32 "</td><td class=\"n\">%" PRIu32 "</td>",
		site->losses, site->silences);
	html_markup(html, "<td class=\"n\">");
	if (site->spoken.ms > 0) {
		html_text(html, html_span(site->spoken).text);
	}
	html_markup(html, "</td></tr>\n");
}

static void write_sites(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_NUMBER},
		{"", TEXT_MINUTES_SITE},
		{"t", TEXT_MINUTES_JOINED},
		{"wide", TEXT_MINUTES_SIGNED},
		{"n", TEXT_MINUTES_LINK},
		{"n", TEXT_MINUTES_MEDIA},
		{"n", TEXT_MINUTES_LOSSES},
		{"n", TEXT_MINUTES_SILENCES},
		{"n", TEXT_MINUTES_SPOKEN},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_sites; i++) {
		write_site(html, minutes, &minutes->sites[i], i);
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_alarm_sites(const struct html_writer *html, const struct minutes_alarm *alarm)
{
	html_markup(html, "<td>");
	html_text(html, alarm->site_name);
	for (size_t i = 0; i < alarm->n_sites; i++) {
		html_markup(html, i > 0 ? "; " : "");
		html_text(html, alarm->sites[i]);
	}
	html_markup(html, "</td>");
}

static void write_alarm(const struct html_writer *html, const struct minutes_alarm *alarm)
{
	html_markup(html, "<tr>");
	html_cell(html, "t", html_time(html, alarm->raised.wall).text);
	write_alarm_sites(html, alarm);
	html_cell(html, "", label_of_alarm_kind(alarm->kind, html->language));
	html_markup(html, "<td>");
	if (alarm->has_acknowledged) {
		html_text(html, html_time(html, alarm->acknowledged.wall).text);
		html_markup(html, " ");
		html_who(html, &alarm->acknowledged_by);
	}
	if (alarm->has_note) {
		html_markup(html, "<div class=\"topic\">");
		html_text(html, alarm->note);
		html_markup(html, "</div>");
	}
	html_markup(html, "</td><td class=\"n\">");
	if (alarm->has_cleared) {
		html_text(html, html_span(span_between(alarm->raised.at, alarm->cleared.at)).text);
	} else {
		html_say(html, TEXT_MINUTES_STILL_OPEN);
	}
	html_markup(html, "</td></tr>\n");
}

void html_annex_write_restart(const struct html_writer *html, const struct minutes_restart *restart)
{
	bool by_wall = restart->source == CLOCK_SOURCE_WALL_CLOCK;
	struct html_value time = html_time(html, restart->when.wall),
			  gap = html_span_words(html, restart->gap);
	html_element(html, "p", "note",
		by_wall ? TEXT_MINUTES_RESTART_BY_WALL : TEXT_MINUTES_RESTART,
		(const struct text_value[]){{.name = "time", .text = time.text},
			{.name = "gap", .text = gap.text}, {0}});
}

static void write_alarms(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"t", TEXT_MINUTES_AT},
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
	if (minutes->alarms_left_out > 0) {
		html_element(html, "p", "note", TEXT_MINUTES_LEFT_OUT,
			(const struct text_value[]){
				{.name = "n", .number = minutes->alarms_left_out}, {0}});
	}
}

static void write_incidents(const struct html_writer *html, const struct minutes *minutes)
{
	html_element(html, "h2", "", TEXT_MINUTES_INCIDENTS, NULL);
	if (minutes->abridged) {
		html_element(html, "p", "note", TEXT_MINUTES_FULL_ONLY, NULL);
		return;
	}
	for (size_t i = 0; i < minutes->n_restarts; i++) {
		html_annex_write_restart(html, &minutes->restarts[i]);
	}
	if (minutes->n_alarms == 0) {
		html_element(html, "p", "", TEXT_MINUTES_NO_ALARMS, NULL);
		return;
	}
	write_alarms(html, minutes);
}

static void write_direction(
	const struct html_writer *html, const struct minutes_direction *direction)
{
	html_markup(html, "<tr>");
	html_cell(html, "", direction->account);
	html_cell(html, "t", html_time(html, direction->from.wall).text);
	html_cell(
		html, "t", direction->has_until ? html_time(html, direction->until.wall).text : "");
	html_cell(html, "", label_of_direction_begin(direction->begin, html->language));
	html_cell(html, "", direction->note);
	html_markup(html, "</tr>\n");
}

static void write_directions(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_DIRECTION_ACCOUNT},
		{"t", TEXT_MINUTES_DIRECTION_FROM},
		{"t", TEXT_MINUTES_DIRECTION_UNTIL},
		{"", TEXT_MINUTES_DIRECTION_HOW},
		{"", TEXT_MINUTES_DIRECTION_NOTE},
	};
	if (minutes->n_directions == 0) {
		return;
	}
	html_element(html, "h2", "", TEXT_MINUTES_DIRECTIONS, NULL);
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_directions; i++) {
		write_direction(html, &minutes->directions[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

static const char *member_label(const struct html_writer *html, enum minutes_member member)
{
	static const enum text_id labels[MINUTES_MEMBER_END] = {
		[MINUTES_MEMBER_NAME] = TEXT_MINUTES_MEMBER_NAME,
		[MINUTES_MEMBER_HOST] = TEXT_MINUTES_MEMBER_HOST,
		[MINUTES_MEMBER_PLACE] = TEXT_MINUTES_MEMBER_PLACE,
		[MINUTES_MEMBER_CHAIRS] = TEXT_MINUTES_MEMBER_CHAIRS,
		[MINUTES_MEMBER_DATE] = TEXT_MINUTES_MEMBER_DATE,
		[MINUTES_MEMBER_TITLE_LINES] = TEXT_MINUTES_MEMBER_TITLE_LINES,
		[MINUTES_MEMBER_TITLE] = TEXT_MINUTES_MEMBER_TITLE,
		[MINUTES_MEMBER_BY] = TEXT_MINUTES_MEMBER_BY,
		[MINUTES_MEMBER_PLANNED_START] = TEXT_MINUTES_MEMBER_PLANNED_START,
		[MINUTES_MEMBER_PLANNED_LENGTH] = TEXT_MINUTES_MEMBER_PLANNED_LENGTH,
		[MINUTES_MEMBER_FIXED_END] = TEXT_MINUTES_MEMBER_FIXED_END,
		[MINUTES_MEMBER_REMOVED] = TEXT_MINUTES_MEMBER_REMOVED,
		[MINUTES_MEMBER_SITE] = TEXT_MINUTES_MEMBER_SITE,
		[MINUTES_MEMBER_UNIT] = TEXT_MINUTES_MEMBER_UNIT,
		[MINUTES_MEMBER_SPEAKER] = TEXT_MINUTES_MEMBER_SPEAKER,
		[MINUTES_MEMBER_OFFICE] = TEXT_MINUTES_MEMBER_OFFICE,
		[MINUTES_MEMBER_TOPIC] = TEXT_MINUTES_MEMBER_TOPIC,
	};
	return text_of(labels[member], html->language);
}

static void write_correction(
	const struct html_writer *html, const struct minutes_correction *correction)
{
	html_markup(html, "<tr>");
	html_cell(html, "t", html_time(html, correction->when.wall).text);
	html_cell(html, "", correction->of);
	html_cell(html, "", member_label(html, correction->member));
	html_cell(html, "", correction->was);
	html_cell(html, "", correction->now);
	html_markup(html, "<td>");
	html_who(html, &correction->by);
	html_markup(html, "</td></tr>\n");
}

/* What was put right after the opening: what was said first is not lost. */
static void write_corrections(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"t", TEXT_MINUTES_AT},
		{"", TEXT_MINUTES_CORRECTED_OF},
		{"", TEXT_MINUTES_CORRECTED_MEMBER},
		{"", TEXT_MINUTES_CORRECTED_WAS},
		{"", TEXT_MINUTES_CORRECTED_NOW},
		{"", TEXT_MINUTES_CORRECTED_BY},
	};
	if (minutes->n_corrections == 0) {
		return;
	}
	html_element(html, "h2", "", TEXT_MINUTES_CORRECTIONS, NULL);
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_corrections; i++) {
		write_correction(html, &minutes->corrections[i]);
	}
	html_markup(html, "</tbody></table>\n");
	if (minutes->corrections_left_out > 0) {
		html_element(html, "p", "note", TEXT_MINUTES_CORRECTIONS_LEFT_OUT,
			(const struct text_value[]){
				{.name = "n", .number = minutes->corrections_left_out}, {0}});
	}
}

/* What ties the printed page to the journal. */
static void write_head(const struct html_writer *html, const struct minutes *minutes)
{
	if (minutes->has_head) {
		html_element(html, "p", "note", TEXT_MINUTES_HEAD,
			(const struct text_value[]){
				{.name = "seq", .number = (int64_t)minutes->seq},
				{.name = "hash", .text = minutes->head}, {0}});
	}
}

void html_annex_write(const struct html_writer *html, const struct minutes *minutes)
{
	html_element(html, "h2", "annex", TEXT_MINUTES_ANNEX, NULL);
	html_element(html, "h2", "", TEXT_MINUTES_SITES, NULL);
	write_sites(html, minutes);
	write_incidents(html, minutes);
	write_directions(html, minutes);
	write_corrections(html, minutes);
	html_documents_write(html, minutes);
	html_votes_write_annex(html, minutes);
	write_head(html, minutes);
}
