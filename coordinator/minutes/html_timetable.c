/* Where no item has a clock, the column of times has lengths. */
#include "coordinator/minutes/html_timetable.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "coordinator/minutes/html_foot.h"
#include "coordinator/minutes/html_invitation.h"
#include "coordinator/minutes/html_letterhead.h"
#include "coordinator/minutes/html_speaking.h"

enum { MINUTE_MS = 60000, TWO_DIGITS = 12 };

static bool has_clock(const struct minutes *minutes)
{
	for (size_t i = 0; i < minutes->n_items; i++) {
		if (minutes->items[i].has_planned_start) {
			return true;
		}
	}
	return false;
}

/* 07h30; of a later day with its date. */
static struct html_value short_clock(
	const struct html_writer *html, const struct minutes *minutes, int64_t time_of_day)
{
	int64_t minutes_of_day = time_of_day % DAY_MS / MINUTE_MS;
	char hour[TWO_DIGITS], minute[TWO_DIGITS];
	struct html_value value;
	if (time_of_day >= DAY_MS) {
		return html_clock(html, minutes, (uint32_t)time_of_day);
	}
	snprintf(hour, sizeof(hour), "%02d", (int)(minutes_of_day / 60));
	snprintf(minute, sizeof(minute), "%02d", (int)(minutes_of_day % 60));
	text_fill(value.text, sizeof(value.text), TEXT_PAPER_CLOCK_SHORT, html->language,
		(const struct text_value[]){
			{.name = "hour", .text = hour}, {.name = "minute", .text = minute}, {0}});
	return value;
}

static void write_clock(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_item *item)
{
	int64_t end = item->has_planned_length
			      ? (int64_t)item->planned_start + item->planned_length.ms
			      : (int64_t)item->fixed_end;
	struct html_value from = short_clock(html, minutes, item->planned_start);
	struct html_value to = short_clock(html, minutes, end);
	bool has_end = item->has_planned_length || item->has_fixed_end;
	if (item->has_planned_start) {
		html_fill(html, has_end ? TEXT_PAPER_CLOCK_RANGE : TEXT_PAPER_CLOCK_OPEN,
			(const struct text_value[]){{.name = "from", .text = from.text},
				{.name = "to", .text = to.text}, {0}});
	}
}

static void write_item(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_item *item, size_t number)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td><td class=\"c\">", number);
	if (has_clock(minutes)) {
		write_clock(html, minutes, item);
	} else if (item->has_planned_length) {
		html_fill(html, TEXT_MINUTES_MINUTES,
			(const struct text_value[]){
				{.name = "n", .number = item->planned_length.ms / MINUTE_MS}, {0}});
	}
	html_markup(html, "</td>");
	html_cell(html, "", item->title);
	html_cell(html, "", item->by);
	html_markup(html, "</tr>\n");
}

static void write_items(const struct html_writer *html, const struct minutes *minutes)
{
	const struct html_column columns[] = {
		{"n", TEXT_PAPER_NUMBER},
		{"c", has_clock(minutes) ? TEXT_PAPER_CLOCK : TEXT_PAPER_LENGTH},
		{"", TEXT_PAPER_WHAT},
		{"", TEXT_PAPER_BY},
	};
	size_t number = 0;
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_items; i++) {
		if (minutes->items[i].state != ITEM_STATE_REMOVED) {
			write_item(html, minutes, &minutes->items[i], ++number);
		}
	}
	html_markup(html, "</tbody></table>\n");
}

int html_timetable_write(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_heading heading = {TEXT_PAPER_TITLE_PROGRAMME,
		TEXT_PAPER_TYPE_PROGRAMME, TEXT_PAPER_HEADING_PROGRAMME, TEXT_PAPER_SUBJECT_SAME,
		false};
	html_letterhead_write(html, paper->minutes, &heading);
	html_invitation_write_time_and_place(html, paper);
	int r = html_paper_write_chairs(html, paper->minutes, "text");
	write_items(html, paper->minutes);
	if (paper->site) {
		html_speaking_write_of_site(html, paper);
	}
	html_speaking_write(html, paper);
	html_foot_write(html, paper);
	return r;
}
