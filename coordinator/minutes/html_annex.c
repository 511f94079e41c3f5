/* The annex: a row for each site. */
#include "coordinator/minutes/html_annex.h"

#include <inttypes.h>

/* The share of a span in permille, as 99,5 % or 99.5%. */
static void write_share(const struct html_writer *html, struct span part, struct span whole)
{
	html_markup(html, "<td class=\"n\">");
	if (whole.ms > 0) {
		int64_t permille = (part.ms * 1000 + whole.ms / 2) / whole.ms;
		fprintf(html->out,
			html_is_english(html) ? "%" PRId64 ".%" PRId64 "%%"
					      : "%" PRId64 ",%" PRId64 " %%",
			permille / 10, permille % 10);
	}
	html_markup(html, "</td>");
}

static void write_steps(const struct html_writer *html, const struct minutes_site *site)
{
	static const char *const marks[][2] = {
		[READINESS_STEP_REGISTERED] = {"đăng ký", "registered"},
		[READINESS_STEP_DOCUMENTS_IN] = {"tài liệu", "documents"},
		[READINESS_STEP_LINE_TESTED] = {"thử đường truyền", "line test"},
		[READINESS_STEP_ROLL_CALLED] = {"điểm danh", "roll call"},
		[READINESS_STEP_SEATED] = {"ổn định", "seated"},
	};
	html_markup(html, "<td>");
	for (size_t i = 0; i < site->n_steps; i++) {
		const char *const *mark = marks[site->steps[i].step];
		html_markup(html, i > 0 ? ", " : "");
		html_bilingual(html, mark[0], mark[1]);
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
		html_time(html, site->first_online.wall);
	} else {
		html_bilingual(html, "vắng", "absent");
	}
	html_markup(html, "</td>");
	write_steps(html, site);
	write_share(html, site->online, minutes->live);
	write_share(html, site->media, minutes->live);
	fprintf(html->out, "<td class=\"n\">%" PRIu32 "</td><td class=\"n\">%" PRIu32 "</td>",
		site->losses, site->silences);
	html_markup(html, "<td class=\"n\">");
	if (site->spoken.ms > 0) {
		html_span(html, site->spoken);
	}
	html_markup(html, "</td></tr>\n");
}

void html_annex_write(const struct html_writer *html, const struct minutes *minutes)
{
	html_bilingual(html,
		"<h2 class=\"annex\">Phụ lục: các điểm cầu</h2>\n<table><thead><tr><th "
		"class=\"n\">TT</th>"
		"<th>Điểm cầu</th><th class=\"n\">Vào lúc</th><th>Đã xác nhận</th>"
		"<th class=\"n\">Kết nối</th><th class=\"n\">Hình, tiếng</th>"
		"<th class=\"n\">Mất liên lạc</th><th class=\"n\">Mất tín hiệu</th>"
		"<th class=\"n\">Đã nói</th></tr></thead><tbody>\n",
		"<h2 class=\"annex\">Annex: sites</h2>\n<table><thead><tr><th class=\"n\">No.</th>"
		"<th>Site</th><th class=\"n\">Joined</th><th>Signed</th>"
		"<th class=\"n\">Link</th><th class=\"n\">Media</th>"
		"<th class=\"n\">Link losses</th><th class=\"n\">Silences</th>"
		"<th class=\"n\">Spoke</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < minutes->n_sites; i++) {
		write_site(html, minutes, &minutes->sites[i], i);
	}
	html_markup(html, "</tbody></table>\n");
}
