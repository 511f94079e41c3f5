/*
 * The page: head as the form of the papers wants it, then the sections in the order minutes have.
 * Each section is one function; each row of a table another.
 */
#include "coordinator/minutes/html.h"

#include "coordinator/minutes/page.h"
#include "coordinator/minutes/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Margins and letter as Decree 30/2020/NĐ-CP and Guidance 36-HD/VPTW want them on A4. */
static const char style[] =
	"@page{size:A4;margin:20mm 15mm 20mm 30mm}"
	"html{font:13pt/1.35 'Liberation Serif','Times New Roman',serif;color:#000;background:#fff}"
	"body{max-width:180mm;margin:12mm auto;padding:0 8mm}"
	"header{display:flex;justify-content:space-between;gap:8mm;text-align:center}"
	"header div{flex:1}"
	"header p{margin:0;text-align:center;font-size:12pt}"
	"header div:first-child{text-transform:uppercase}"
	"header div:last-child p{white-space:nowrap}"
	"header{align-items:start}"
	".rule{width:40%;margin:1mm auto 0;border:0;border-top:.3mm solid #000}"
	".date{text-align:right;font-style:italic;margin:4mm 0}"
	"h1{font-size:15pt;text-align:center;margin:6mm 0 1mm;letter-spacing:.02em}"
	".subject{text-align:center;font-weight:bold;margin:0 0 5mm}"
	"h2{font-size:13pt;margin:6mm 0 2mm;break-after:avoid}"
	"p,li{margin:.8mm 0;text-align:justify}"
	"table{border-collapse:collapse;width:100%;font-size:11pt;line-height:1.25}"
	"th,td{border:.2mm solid #444;padding:.9mm 1.4mm;vertical-align:top;text-align:left}"
	"th{background:#f1f1ee;font-weight:bold}"
	"thead{display:table-header-group}"
	"tr{break-inside:avoid}"
	"th.n{text-align:right}td.n{text-align:right;white-space:nowrap;font-variant-numeric:"
	"tabular-nums}"
	".topic{color:#333;font-size:10.5pt}"
	".note{font-style:italic}"
	".sample{border:.3mm solid #000;padding:1.5mm;text-align:center;font-weight:bold}"
	".signatures{display:flex;justify-content:space-between;text-align:center;margin-top:12mm;"
	"break-inside:avoid}"
	".signatures div{flex:1}"
	".signatures p{text-align:center}"
	".signatures .room{height:24mm}"
	"@media print{body{max-width:none;margin:0;padding:0}th{background:#f1f1ee!important}}";

static void write_head(const struct page *page, const struct minutes *minutes)
{
	fprintf(page->out,
		"<!doctype html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<meta name=\"viewport\" content=\"width=device-width\">\n<title>",
		page_word(page, "vi", "en"));
	page_say(page, "Biên bản – ", "Minutes – ");
	page_text(page, minutes->name);
	fprintf(page->out, "</title>\n<style>%s</style>\n</head>\n<body>\n", style);
}

static void write_letterhead(const struct page *page, const struct minutes *minutes)
{
	page_markup(page, "<header><div><p><strong>");
	page_text(page, minutes->host);
	page_markup(page, "</strong></p>");
	if (minutes->form == DOCUMENT_FORM_PARTY) {
		page_markup(page,
			"<p>*</p></div>\n<div><p><strong>ĐẢNG CỘNG SẢN VIỆT NAM</strong></p>"
			"<hr class=\"rule\"></div></header>\n");
		return;
	}
	page_markup(page, "<hr class=\"rule\"></div>\n<div>"
			  "<p><strong>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</strong></p>"
			  "<p><strong>Độc lập - Tự do - Hạnh phúc</strong></p>"
			  "<hr class=\"rule\"></div></header>\n");
}

/* "2022-02-22" as «ngày 22 tháng 02 năm 2022», or 22/02/2022. */
static void write_date(const struct page *page, const char *date)
{
	if (strspn(date, "0123456789-") != 10 || date[10] != '\0') {
		page_text(page, date);
		return;
	}
	if (page->language == LANGUAGE_EN) {
		fprintf(page->out, "%.2s/%.2s/%.4s", date + 8, date + 5, date);
		return;
	}
	fprintf(page->out, "ngày %.2s tháng %.2s năm %.4s", date + 8, date + 5, date);
}

static void write_title(const struct page *page, const struct minutes *minutes)
{
	page_markup(page, "<p class=\"date\">");
	write_date(page, minutes->date);
	page_markup(page, "</p>\n");
	if (minutes->rehearsal) {
		page_markup(page, "<p class=\"sample\">");
		page_say(page, "CHẠY THỬ – không có giá trị biên bản",
			"REHEARSAL – not a record of a meeting");
		page_markup(page, "</p>\n");
	}
	page_markup(page, "<h1>");
	page_say(page, "BIÊN BẢN", "MINUTES");
	page_markup(page, "</h1>\n<p class=\"subject\">");
	page_text(page, minutes->name);
	page_markup(page, "</p>\n");
}

static void write_moment(const struct page *page, const char *vi, const char *en,
	const struct minutes_moment *moment)
{
	page_markup(page, "<p>");
	page_say(page, vi, en);
	page_time(page, moment->wall);
	page_say(page, ", ngày ", ", ");
	page_day(page, moment->wall);
	page_markup(page, ".</p>\n");
}

static void write_time_and_place(const struct page *page, const struct minutes *minutes)
{
	page_say(page, "<h2>1. Thời gian, địa điểm</h2>\n", "<h2>1. Time and place</h2>\n");
	if (minutes->has_opened) {
		write_moment(page, "Khai mạc: ", "Opened: ", &minutes->opened);
	}
	if (minutes->has_closed) {
		write_moment(page, "Bế mạc: ", "Closed: ", &minutes->closed);
	} else {
		page_markup(page, "<p class=\"note\">");
		page_say(page, "Hội nghị chưa bế mạc; số liệu tính đến ",
			"The meeting is not closed; figures are up to ");
		page_time(page, minutes->until.wall);
		page_markup(page, ".</p>\n");
	}
	page_say(page, "<p>Thời lượng: ", "<p>Length: ");
	page_span(page, minutes->live);
	page_say(page, ". Điểm cầu trung tâm: ", ". Main venue: ");
	page_text(page, minutes->place);
	page_markup(page, ".</p>\n");
	if (minutes->speed > 1) {
		fprintf(page->out,
			page_is_english(page) ? "<p class=\"note\">Run at speed ×%" PRIu32
						": planned lengths are divided by %" PRIu32
						" where compared.</p>\n"
					      : "<p class=\"note\">Chạy ở tốc độ ×%" PRIu32
						": thời lượng kế hoạch được chia cho %" PRIu32
						" khi so sánh.</p>\n",
			minutes->speed, minutes->speed);
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

static void write_absent(const struct page *page, const struct minutes *minutes)
{
	const char *separator = page_word(page, "<p>Vắng: ", "<p>Absent: ");
	bool any = false;
	for (size_t i = 0; i < minutes->n_sites; i++) {
		if (!minutes->sites[i].attended) {
			page_markup(page, separator);
			page_text(page, minutes->sites[i].name);
			separator = ", ";
			any = true;
		}
	}
	page_markup(page, any ? ".</p>\n" : "");
}

static void write_attendance(const struct page *page, const struct minutes *minutes)
{
	page_say(page, "<h2>2. Các điểm cầu tham dự</h2>\n", "<h2>2. Sites taking part</h2>\n");
	fprintf(page->out,
		page_is_english(page)
			? "<p>%zu of %zu sites connected; roll-called %zu; seated %zu. "
			  "Details are in the annex.</p>\n"
			: "<p>%zu/%zu điểm cầu đã kết nối; điểm danh %zu; ổn định chỗ ngồi %zu. "
			  "Chi tiết ở phụ lục.</p>\n",
		count_attended(minutes), minutes->n_sites,
		count_step(minutes, READINESS_STEP_ROLL_CALLED),
		count_step(minutes, READINESS_STEP_SEATED));
	write_absent(page, minutes);
}

static void write_planned(const struct page *page, const struct minutes_item *item)
{
	page_markup(page, "<td class=\"n\">");
	if (item->has_planned_start) {
		page_clock(page, item->planned_start);
	}
	page_markup(page, "</td><td class=\"n\">");
	if (item->has_planned_length) {
		page_span(page, span_sum(item->planned_length, item->extended));
	}
	page_markup(page, "</td>");
}

static void write_actual(
	const struct page *page, const struct minutes *minutes, const struct minutes_item *item)
{
	page_markup(page, "<td class=\"n\">");
	if (item->has_started) {
		page_time(page, item->started.wall);
	}
	page_markup(page, "</td><td class=\"n\">");
	if (item->has_finished) {
		page_time(page, item->finished.wall);
	}
	page_markup(page, "</td><td class=\"n\">");
	if (item->has_length) {
		page_span(page, item->length);
	}
	page_markup(page, "</td><td class=\"n\">");
	if (item->has_length && item->has_planned_length) {
		int64_t planned = (item->planned_length.ms + item->extended.ms) / minutes->speed;
		page_difference(page, (struct span){item->length.ms - planned});
	}
	page_markup(page, "</td>");
}

static void write_item(
	const struct page *page, const struct minutes *minutes, const struct minutes_item *item)
{
	page_markup(page, "<tr>");
	page_cell(page, "n", item->item);
	page_markup(page, "<td>");
	page_text(page, item->title);
	if (item->has_by) {
		page_markup(page, "<div class=\"topic\">");
		page_text(page, item->by);
		page_markup(page, "</div>");
	}
	if (item->state != ITEM_STATE_DONE) {
		fprintf(page->out, " <span class=\"note\">(%s)</span>",
			word_of_item_state(item->state, page->language));
	}
	page_markup(page, "</td>");
	write_planned(page, item);
	write_actual(page, minutes, item);
	page_markup(page, "</tr>\n");
}

static void write_programme(const struct page *page, const struct minutes *minutes)
{
	page_say(page,
		"<h2>3. Diễn biến chương trình</h2>\n<table><thead><tr><th class=\"n\">Mục</th>"
		"<th>Nội dung, thực hiện</th><th class=\"n\">Giờ kế hoạch</th>"
		"<th class=\"n\">Kế hoạch</th><th class=\"n\">Bắt đầu</th><th class=\"n\">Kết "
		"thúc</th>"
		"<th class=\"n\">Thực tế</th><th class=\"n\">Chênh</th></tr></thead><tbody>\n",
		"<h2>3. Programme, planned and actual</h2>\n<table><thead><tr><th "
		"class=\"n\">Item</th>"
		"<th>Content, by</th><th class=\"n\">Planned at</th>"
		"<th class=\"n\">Planned</th><th class=\"n\">Began</th><th class=\"n\">Ended</th>"
		"<th class=\"n\">Actual</th><th class=\"n\">Diff.</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < minutes->n_items; i++) {
		write_item(page, minutes, &minutes->items[i]);
	}
	page_markup(page, "</tbody></table>\n");
}

static void write_speaker(const struct page *page, const struct minutes_speech *speech)
{
	page_markup(page, "<td><strong>");
	page_text(page, speech->unit);
	page_markup(page, "</strong><br>");
	page_text(page, speech->site_name);
	if (speech->topic[0]) {
		page_markup(page, "<div class=\"topic\">");
		page_text(page, speech->topic);
		page_markup(page, "</div>");
	}
	page_markup(page, "</td>");
}

static void write_stretch(const struct page *page, const struct minutes_stretch *stretch)
{
	page_time(page, stretch->started.wall);
	if (stretch->has_cause) {
		fprintf(page->out, " <span class=\"note\">(%s)</span>",
			word_of_cause(stretch->cause, page->language));
	}
	page_markup(page, "<br>");
}

static void write_speech(const struct page *page, const struct minutes_speech *speech, size_t at)
{
	fprintf(page->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	page_cell(page, "n", speech->item);
	write_speaker(page, speech);
	page_markup(page, "<td>");
	for (size_t i = 0; i < speech->n_stretches; i++) {
		write_stretch(page, &speech->stretches[i]);
	}
	if (speech->state != TURN_STATE_DONE) {
		fprintf(page->out, "<span class=\"note\">%s</span>",
			word_of_turn_state(speech->state, page->language));
	}
	page_markup(page, "</td><td class=\"n\">");
	page_span(page, speech->spoken);
	page_markup(page, "</td><td class=\"n\">");
	if (speech->allowance.ms > 0) {
		page_span(page, speech->allowance);
	}
	page_markup(page, "</td><td class=\"n\">");
	page_difference(page, speech->over);
	page_markup(page, "</td></tr>\n");
}

static void write_speeches(const struct page *page, const struct minutes *minutes)
{
	page_say(page, "<h2>4. Phát biểu</h2>\n", "<h2>4. Speeches</h2>\n");
	if (minutes->n_speeches == 0) {
		page_say(page, "<p>Không có.</p>\n", "<p>None.</p>\n");
		return;
	}
	page_say(page,
		"<table><thead><tr><th class=\"n\">TT</th><th class=\"n\">Mục</th>"
		"<th>Đơn vị, điểm cầu, nội dung</th><th>Lên hình</th><th class=\"n\">Đã nói</th>"
		"<th class=\"n\">Cho phép</th><th class=\"n\">Vượt</th></tr></thead><tbody>\n",
		"<table><thead><tr><th class=\"n\">No.</th><th class=\"n\">Item</th>"
		"<th>Unit, site, topic</th><th>On air</th><th class=\"n\">Spoken</th>"
		"<th class=\"n\">Allowed</th><th class=\"n\">Over</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < minutes->n_speeches; i++) {
		write_speech(page, &minutes->speeches[i], i);
	}
	page_markup(page, "</tbody></table>\n");
	if (minutes->undone > 0) {
		fprintf(page->out,
			page_is_english(page)
				? "<p class=\"note\">%" PRIu32 " takes were undone and are not "
				  "counted above.</p>\n"
				: "<p class=\"note\">%" PRIu32 " lần chuyển hình đã được hoàn tác, "
				  "không tính ở trên.</p>\n",
			minutes->undone);
	}
}

static void write_who(const struct page *page, const struct actor *actor)
{
	if (actor->has_account) {
		page_text(page, actor->account);
	} else {
		page_text(page, word_of_role(actor->role, page->language));
	}
}

static void write_alarm(const struct page *page, const struct minutes_alarm *alarm)
{
	page_markup(page, "<tr><td class=\"n\">");
	page_time(page, alarm->raised.wall);
	page_markup(page, "</td>");
	page_cell(page, "", alarm->site_name);
	page_cell(page, "", word_of_alarm(alarm->kind, page->language));
	page_markup(page, "<td>");
	if (alarm->has_acknowledged) {
		page_time(page, alarm->acknowledged.wall);
		page_markup(page, " ");
		write_who(page, &alarm->acknowledged_by);
	}
	page_markup(page, "</td><td class=\"n\">");
	if (alarm->has_cleared) {
		page_span(page, span_between(alarm->raised.at, alarm->cleared.at));
	} else {
		page_say(page, "chưa hết", "still open");
	}
	page_markup(page, "</td></tr>\n");
}

static void write_restart(const struct page *page, const struct minutes_restart *restart)
{
	bool by_wall = restart->source == CLOCK_SOURCE_WALL_CLOCK;
	page_markup(page, "<p class=\"note\">");
	page_time(page, restart->when.wall);
	page_say(page, ": hệ thống điều khiển khởi động lại, gián đoạn ",
		": the coordinator was started again, gap ");
	page_span(page, restart->gap);
	if (by_wall) {
		page_say(page, " (tính theo đồng hồ treo tường)", " (by the wall clock)");
	}
	page_markup(page, ".</p>\n");
}

static void write_incidents(const struct page *page, const struct minutes *minutes)
{
	page_say(page, "<h2>5. Sự cố, cảnh báo kỹ thuật</h2>\n",
		"<h2>5. Incidents and alarms</h2>\n");
	for (size_t i = 0; i < minutes->n_restarts; i++) {
		write_restart(page, &minutes->restarts[i]);
	}
	if (minutes->n_alarms == 0) {
		page_say(page, "<p>Không có cảnh báo.</p>\n", "<p>No alarms.</p>\n");
		return;
	}
	page_say(page,
		"<table><thead><tr><th class=\"n\">Lúc</th><th>Điểm cầu</th><th>Cảnh báo</th>"
		"<th>Tiếp nhận</th><th class=\"n\">Kéo dài</th></tr></thead><tbody>\n",
		"<table><thead><tr><th class=\"n\">At</th><th>Site</th><th>Alarm</th>"
		"<th>Seen to</th><th class=\"n\">Lasted</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < minutes->n_alarms; i++) {
		write_alarm(page, &minutes->alarms[i]);
	}
	page_markup(page, "</tbody></table>\n");
}

static void write_signatures(const struct page *page)
{
	page_say(page,
		"<div class=\"signatures\"><div><p><strong>THƯ KÝ</strong></p>"
		"<p class=\"room\"></p></div><div><p><strong>CHỦ TRÌ</strong></p>"
		"<p class=\"room\"></p></div></div>\n",
		"<div class=\"signatures\"><div><p><strong>SECRETARY</strong></p>"
		"<p class=\"room\"></p></div><div><p><strong>CHAIR</strong></p>"
		"<p class=\"room\"></p></div></div>\n");
}

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

static void write_annex(const struct page *page, const struct minutes *minutes)
{
	page_say(page,
		"<h2>Phụ lục: các điểm cầu</h2>\n<table><thead><tr><th class=\"n\">TT</th>"
		"<th>Điểm cầu</th><th class=\"n\">Vào lúc</th><th>Đã xác nhận</th>"
		"<th class=\"n\">Kết nối</th><th class=\"n\">Hình, tiếng</th>"
		"<th class=\"n\">Mất kết nối</th><th class=\"n\">Mất tín hiệu</th>"
		"<th class=\"n\">Đã nói</th></tr></thead><tbody>\n",
		"<h2>Annex: sites</h2>\n<table><thead><tr><th class=\"n\">No.</th>"
		"<th>Site</th><th class=\"n\">Joined</th><th>Signed</th>"
		"<th class=\"n\">Link</th><th class=\"n\">Media</th>"
		"<th class=\"n\">Link losses</th><th class=\"n\">Silences</th>"
		"<th class=\"n\">Spoke</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < minutes->n_sites; i++) {
		write_site(page, minutes, &minutes->sites[i], i);
	}
	page_markup(page, "</tbody></table>\n");
}

int minutes_html(
	const struct minutes *minutes, enum language language, char **ret_html, size_t *ret_length)
{
	char *html = NULL;
	size_t length = 0;
	struct page page = {.out = open_memstream(&html, &length),
		.language = language,
		.utc_offset = minutes->utc_offset};
	if (!page.out) {
		return -ENOMEM;
	}
	write_head(&page, minutes);
	write_letterhead(&page, minutes);
	write_title(&page, minutes);
	write_time_and_place(&page, minutes);
	write_attendance(&page, minutes);
	write_programme(&page, minutes);
	write_speeches(&page, minutes);
	write_incidents(&page, minutes);
	write_signatures(&page);
	write_annex(&page, minutes);
	page_markup(&page, "</body>\n</html>\n");
	bool failed = ferror(page.out) != 0;
	if (fclose(page.out) != 0 || failed) {
		free(html);
		return -ENOMEM;
	}
	*ret_html = html;
	*ret_length = length;
	return 0;
}
