#include "coordinator/minutes/html_uptime.h"

#include <inttypes.h>

void html_uptime_write_share(const struct html_writer *html, struct span part, struct span whole)
{
	html_markup(html, "<td class=\"n\">");
	if (whole.ms > 0) {
		int64_t permille = (part.ms * 1000 + whole.ms / 2) / whole.ms;
		html_fill(html, TEXT_MINUTES_SHARE,
			(const struct text_value[]){{.name = "whole", .number = permille / 10},
				{.name = "tenth", .number = permille % 10}, {0}});
	}
	html_markup(html, "</td>");
}

static void write_site(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_site *site)
{
	html_markup(html, "<tr>");
	html_cell(html, "", site->name);
	html_markup(html, "<td class=\"t\">");
	if (site->has_first_online) {
		html_text(html, html_time(html, site->first_online.wall).text);
	} else {
		html_say(html, TEXT_MINUTES_NEVER_CAME);
	}
	html_markup(html, "</td>");
	html_uptime_write_share(html, site->online, minutes->live);
	html_uptime_write_share(html, site->media, minutes->live);
	fprintf(html->out,
		"<td class=\"n\">%" PRIu32 "</td><td class=\"n\">%" PRIu32 "</td></tr>\n",
		site->losses, site->silences);
}

void html_uptime_write(const struct html_writer *html, const struct html_paper *paper)
{
	static const struct html_column columns[] = {
		{"", TEXT_MINUTES_SITE},
		{"t", TEXT_MINUTES_JOINED},
		{"n", TEXT_MINUTES_LINK},
		{"n", TEXT_MINUTES_MEDIA},
		{"n", TEXT_MINUTES_LOSSES},
		{"n", TEXT_MINUTES_SILENCES},
	};
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < paper->minutes->n_sites; i++) {
		if (html_paper_has_site(paper, paper->minutes->sites[i].site)) {
			write_site(html, paper->minutes, &paper->minutes->sites[i]);
		}
	}
	html_markup(html, "</tbody></table>\n");
}
