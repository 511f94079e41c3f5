/* The annex: a row for each site. */
#include "coordinator/minutes/html_annex.h"

#include <inttypes.h>

/* The share of a span: 99,5 % or 99.5%. */
static void write_share(const struct html_writer *html, struct span part, struct span whole)
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

static void write_steps(const struct html_writer *html, const struct minutes_site *site)
{
	html_markup(html, "<td>");
	for (size_t i = 0; i < site->n_steps; i++) {
		html_markup(html, i > 0 ? ", " : "");
		html_text(html, label_of_readiness_step(site->steps[i].step, html->language));
	}
	html_markup(html, "</td>");
}

static void write_site(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_site *site, size_t at)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	html_cell(html, "", site->name);
	html_markup(html, "<td class=\"n\">");
	if (site->has_first_online) {
		html_text(html, html_time(html, site->first_online.wall).text);
	} else {
		html_say(html, TEXT_MINUTES_NEVER_CAME);
	}
	html_markup(html, "</td>");
	write_steps(html, site);
	write_share(html, site->online, minutes->live);
	write_share(html, site->media, minutes->live);
	fprintf(html->out, "<td class=\"n\">%" PRIu32 "</td><td class=\"n\">%" PRIu32 "</td>",
		site->losses, site->silences);
	html_markup(html, "<td class=\"n\">");
	if (site->spoken.ms > 0) {
		html_text(html, html_span(site->spoken).text);
	}
	html_markup(html, "</td></tr>\n");
}

void html_annex_write(const struct html_writer *html, const struct minutes *minutes)
{
	static const struct html_column columns[] = {
		{"n", TEXT_MINUTES_NUMBER},
		{"", TEXT_MINUTES_SITE},
		{"n", TEXT_MINUTES_JOINED},
		{"", TEXT_MINUTES_SIGNED},
		{"n", TEXT_MINUTES_LINK},
		{"n", TEXT_MINUTES_MEDIA},
		{"n", TEXT_MINUTES_LOSSES},
		{"n", TEXT_MINUTES_SILENCES},
		{"n", TEXT_MINUTES_SPOKEN},
	};
	html_element(html, "h2", "annex", TEXT_MINUTES_ANNEX, NULL);
	html_table(html, columns, sizeof(columns) / sizeof(columns[0]));
	for (size_t i = 0; i < minutes->n_sites; i++) {
		write_site(html, minutes, &minutes->sites[i], i);
	}
	html_markup(html, "</tbody></table>\n");
}
