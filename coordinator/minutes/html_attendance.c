#include "coordinator/minutes/html_attendance.h"

#include <inttypes.h>

#include "proto/gen/words.h"

static void write_number(const struct html_writer *html, uint32_t number)
{
	fprintf(html->out, "<td class=\"n\">%" PRIu32 "</td>", number);
}

static void write_figures(const struct html_writer *html, uint32_t expected, uint32_t present,
	uint32_t online, uint32_t absent)
{
	write_number(html, expected);
	write_number(html, present);
	write_number(html, online);
	write_number(html, absent);
}

static void write_row(const struct html_writer *html, const struct minutes_attendance_sum *sum)
{
	html_markup(html, "<tr>");
	html_cell(html, "", sum->name);
	write_figures(html, sum->expected, sum->present, sum->online, sum->absent);
}

static void write_categories(
	const struct html_writer *html, const struct minutes_attendance *attendance)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_DELEGATES_CATEGORY},
		{"n", TEXT_MINUTES_DELEGATES_EXPECTED},
		{"n", TEXT_MINUTES_DELEGATES_PRESENT},
		{"n", TEXT_MINUTES_DELEGATES_ONLINE},
		{"n", TEXT_MINUTES_DELEGATES_ABSENT},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < attendance->n_categories; i++) {
		write_row(html, &attendance->categories[i]);
		html_markup(html, "</tr>\n");
	}
	html_markup(html, "<tr><td>");
	html_say(html, TEXT_MINUTES_DELEGATES_SUM);
	html_markup(html, "</td>");
	write_figures(html, attendance->expected, attendance->present, attendance->online,
		attendance->absent);
	html_markup(html, "</tr>\n</tbody></table>\n");
}

static void write_sites(const struct html_writer *html, const struct minutes_attendance *attendance)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_SITE},
		{"n", TEXT_MINUTES_DELEGATES_EXPECTED},
		{"n", TEXT_MINUTES_DELEGATES_PRESENT},
		{"n", TEXT_MINUTES_DELEGATES_ONLINE},
		{"n", TEXT_MINUTES_DELEGATES_ABSENT},
		{"", TEXT_MINUTES_DELEGATES_REASON},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < attendance->n_sites; i++) {
		write_row(html, &attendance->sites[i]);
		html_cell(html, "",
			attendance->sites[i].has_reason ? attendance->sites[i].reason : "");
		html_markup(html, "</tr>\n");
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_quorum(
	const struct html_writer *html, const struct minutes_attendance *attendance)
{
	if (!attendance->has_quorum) {
		return;
	}
	html_element(html, "p", "",
		attendance->reached ? TEXT_MINUTES_QUORUM_REACHED : TEXT_MINUTES_QUORUM_NOT_REACHED,
		(const struct text_value[]){
			{.name = "there",
				.number = (int64_t)attendance->present + attendance->online},
			{.name = "quorum", .number = attendance->quorum}, {0}});
}

void html_attendance_write(const struct html_writer *html, const struct minutes *minutes)
{
	const struct minutes_attendance *attendance = &minutes->attendance;
	if (!minutes->has_attendance) {
		return;
	}
	html_element(html, "h2", "", TEXT_MINUTES_DELEGATES, NULL);
	write_categories(html, attendance);
	write_quorum(html, attendance);
	if (attendance->unreported > 0) {
		html_element(html, "p", "note", TEXT_MINUTES_DELEGATES_UNREPORTED,
			(const struct text_value[]){
				{.name = "sites", .number = attendance->unreported}, {0}});
	}
	write_sites(html, attendance);
}
