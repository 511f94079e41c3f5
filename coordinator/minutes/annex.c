/* The annex: a row for each site. */
#include "coordinator/minutes/annex.h"

#include <inttypes.h>

/* The share of a span in permille, as 99,5 % or 99.5%. */
static void write_share(const struct page *page, struct span part, struct span whole)
{
	page_markup(page, "<td class=\"n\">");
	if (whole.ms > 0) {
		int64_t permille = (part.ms * 1000 + whole.ms / 2) / whole.ms;
		fprintf(page->out,
			page_is_english(page) ? "%" PRId64 ".%" PRId64 "%%"
					      : "%" PRId64 ",%" PRId64 " %%",
			permille / 10, permille % 10);
	}
	page_markup(page, "</td>");
}

static void write_steps(const struct page *page, const struct minutes_site *site)
{
	static const char *const marks[][2] = {
		[READINESS_STEP_REGISTERED] = {"đăng ký", "registered"},
		[READINESS_STEP_DOCUMENTS_IN] = {"tài liệu", "documents"},
		[READINESS_STEP_LINE_TESTED] = {"thử đường truyền", "line test"},
		[READINESS_STEP_ROLL_CALLED] = {"điểm danh", "roll call"},
		[READINESS_STEP_SEATED] = {"ổn định", "seated"},
	};
	page_markup(page, "<td>");
	for (size_t i = 0; i < site->n_steps; i++) {
		const char *const *mark = marks[site->steps[i].step];
		page_markup(page, i > 0 ? ", " : "");
		page_say(page, mark[0], mark[1]);
	}
	page_markup(page, "</td>");
}

static void write_site(const struct page *page, const struct minutes *minutes,
	const struct minutes_site *site, size_t at)
{
	fprintf(page->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	page_cell(page, "", site->name);
	page_markup(page, "<td class=\"n\">");
	if (site->has_first_online) {
		page_time(page, site->first_online.wall);
	} else {
		page_say(page, "vắng", "absent");
	}
	page_markup(page, "</td>");
	write_steps(page, site);
	write_share(page, site->online, minutes->live);
	write_share(page, site->media, minutes->live);
	fprintf(page->out, "<td class=\"n\">%" PRIu32 "</td><td class=\"n\">%" PRIu32 "</td>",
		site->losses, site->silences);
	page_markup(page, "<td class=\"n\">");
	if (site->spoken.ms > 0) {
		page_span(page, site->spoken);
	}
	page_markup(page, "</td></tr>\n");
}

void annex_write(const struct page *page, const struct minutes *minutes)
{
	page_say(page,
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
		write_site(page, minutes, &minutes->sites[i], i);
	}
	page_markup(page, "</tbody></table>\n");
}
