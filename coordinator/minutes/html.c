/*
 * The page: letterhead, then the sections in the order minutes have, then signatures and annex.
 * Each section is one function; each row of a table another.
 */
#include "coordinator/minutes/html.h"

#include "coordinator/minutes/annex.h"
#include "coordinator/minutes/letterhead.h"
#include "coordinator/minutes/page.h"

#include "proto/gen/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>

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

static void write_who(const struct page *page, const struct actor *actor)
{
	if (actor->has_account) {
		page_text(page, actor->account);
	} else {
		page_text(page, label_of_role(actor->role, page->language));
	}
}

static void write_notes(const struct page *page, const struct minutes_item *item)
{
	for (size_t i = 0; i < item->n_notes; i++) {
		page_markup(page, "<div class=\"topic\">");
		page_time(page, item->notes[i].when.wall);
		page_markup(page, " ");
		write_who(page, &item->notes[i].by);
		page_markup(page, ": ");
		page_text(page, item->notes[i].text);
		page_markup(page, "</div>");
	}
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
			label_of_item_state(item->state, page->language));
	}
	write_notes(page, item);
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
			label_of_interrupt_cause(stretch->cause, page->language));
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
			label_of_turn_state(speech->state, page->language));
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
				: "<p class=\"note\">%" PRIu32 " lần giao lời đã được hoàn tác, "
				  "không tính ở trên.</p>\n",
			minutes->undone);
	}
}

static void write_alarm(const struct page *page, const struct minutes_alarm *alarm)
{
	page_markup(page, "<tr><td class=\"n\">");
	page_time(page, alarm->raised.wall);
	page_markup(page, "</td>");
	page_cell(page, "", alarm->site_name);
	page_cell(page, "", label_of_alarm_kind(alarm->kind, page->language));
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
		page_say(page, " (tính theo giờ của máy chủ)", " (by the wall clock)");
	}
	page_markup(page, ".</p>\n");
}

static void write_incidents(const struct page *page, const struct minutes *minutes)
{
	page_say(page, "<h2>5. Sự cố, cảnh báo kỹ thuật</h2>\n",
		"<h2>5. Incidents and alarms</h2>\n");
	if (minutes->abridged) {
		page_say(page, "<p class=\"note\">Chỉ có trong bản đầy đủ.</p>\n",
			"<p class=\"note\">In the full minutes only.</p>\n");
		return;
	}
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
	letterhead_write(&page, minutes);
	write_time_and_place(&page, minutes);
	write_attendance(&page, minutes);
	write_programme(&page, minutes);
	write_speeches(&page, minutes);
	write_incidents(&page, minutes);
	write_signatures(&page);
	annex_write(&page, minutes);
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
