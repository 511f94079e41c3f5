/*
 * The page: letterhead, then the sections in the order minutes have, then signatures and annex.
 * Each section is one function; each row of a table another.
 */
#include "coordinator/minutes/html_page.h"

#include "coordinator/minutes/html_annex.h"
#include "coordinator/minutes/html_letterhead.h"
#include "coordinator/minutes/html_writer.h"

#include "proto/gen/words.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>

static void write_moment(const struct html_writer *html, const char *vi, const char *en,
	const struct minutes_moment *moment)
{
	html_markup(html, "<p>");
	html_bilingual(html, vi, en);
	html_time(html, moment->wall);
	html_bilingual(html, ", ngày ", ", ");
	html_day(html, moment->wall);
	html_markup(html, ".</p>\n");
}

static void write_time_and_place(const struct html_writer *html, const struct minutes *minutes)
{
	html_bilingual(html, "<h2>1. Thời gian, địa điểm</h2>\n", "<h2>1. Time and place</h2>\n");
	if (minutes->has_opened) {
		write_moment(html, "Khai mạc: ", "Opened: ", &minutes->opened);
	}
	if (minutes->has_closed) {
		write_moment(html, "Bế mạc: ", "Closed: ", &minutes->closed);
	} else {
		html_markup(html, "<p class=\"note\">");
		html_bilingual(html, "Hội nghị chưa bế mạc; số liệu tính đến ",
			"The meeting is not closed; figures are up to ");
		html_time(html, minutes->until.wall);
		html_markup(html, ".</p>\n");
	}
	html_bilingual(html, "<p>Thời lượng: ", "<p>Length: ");
	html_span(html, minutes->live);
	html_bilingual(html, ". Điểm cầu trung tâm: ", ". Main venue: ");
	html_text(html, minutes->place);
	html_markup(html, ".</p>\n");
	if (minutes->speed > 1) {
		fprintf(html->out,
			html_is_english(html) ? "<p class=\"note\">Run at speed ×%" PRIu32
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

static void write_absent(const struct html_writer *html, const struct minutes *minutes)
{
	const char *separator = html_word(html, "<p>Vắng: ", "<p>Absent: ");
	bool any = false;
	for (size_t i = 0; i < minutes->n_sites; i++) {
		if (!minutes->sites[i].attended) {
			html_markup(html, separator);
			html_text(html, minutes->sites[i].name);
			separator = ", ";
			any = true;
		}
	}
	html_markup(html, any ? ".</p>\n" : "");
}

static void write_attendance(const struct html_writer *html, const struct minutes *minutes)
{
	html_bilingual(
		html, "<h2>2. Các điểm cầu tham dự</h2>\n", "<h2>2. Sites taking part</h2>\n");
	fprintf(html->out,
		html_is_english(html)
			? "<p>%zu of %zu sites connected; roll-called %zu; seated %zu. "
			  "Details are in the annex.</p>\n"
			: "<p>%zu/%zu điểm cầu đã kết nối; điểm danh %zu; ổn định chỗ ngồi %zu. "
			  "Chi tiết ở phụ lục.</p>\n",
		count_attended(minutes), minutes->n_sites,
		count_step(minutes, READINESS_STEP_ROLL_CALLED),
		count_step(minutes, READINESS_STEP_SEATED));
	write_absent(html, minutes);
}

static void write_planned(const struct html_writer *html, const struct minutes_item *item)
{
	html_markup(html, "<td class=\"n\">");
	if (item->has_planned_start) {
		html_clock(html, item->planned_start);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (item->has_planned_length) {
		html_span(html, span_sum(item->planned_length, item->extended));
	}
	html_markup(html, "</td>");
}

static void write_actual(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_item *item)
{
	html_markup(html, "<td class=\"n\">");
	if (item->has_started) {
		html_time(html, item->started.wall);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (item->has_finished) {
		html_time(html, item->finished.wall);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (item->has_length) {
		html_span(html, item->length);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (item->has_length && item->has_planned_length) {
		int64_t planned = (item->planned_length.ms + item->extended.ms) / minutes->speed;
		html_difference(html, (struct span){item->length.ms - planned});
	}
	html_markup(html, "</td>");
}

static void write_who(const struct html_writer *html, const struct actor *actor)
{
	if (actor->has_account) {
		html_text(html, actor->account);
	} else {
		html_text(html, label_of_role(actor->role, html->language));
	}
}

static void write_notes(const struct html_writer *html, const struct minutes_item *item)
{
	for (size_t i = 0; i < item->n_notes; i++) {
		html_markup(html, "<div class=\"topic\">");
		html_time(html, item->notes[i].when.wall);
		html_markup(html, " ");
		write_who(html, &item->notes[i].by);
		html_markup(html, ": ");
		html_text(html, item->notes[i].text);
		html_markup(html, "</div>");
	}
}

static void write_item(const struct html_writer *html, const struct minutes *minutes,
	const struct minutes_item *item)
{
	html_markup(html, "<tr>");
	html_cell(html, "n", item->item);
	html_markup(html, "<td>");
	html_text(html, item->title);
	if (item->has_by) {
		html_markup(html, "<div class=\"topic\">");
		html_text(html, item->by);
		html_markup(html, "</div>");
	}
	if (item->state != ITEM_STATE_DONE) {
		fprintf(html->out, " <span class=\"note\">(%s)</span>",
			label_of_item_state(item->state, html->language));
	}
	write_notes(html, item);
	html_markup(html, "</td>");
	write_planned(html, item);
	write_actual(html, minutes, item);
	html_markup(html, "</tr>\n");
}

static void write_programme(const struct html_writer *html, const struct minutes *minutes)
{
	html_bilingual(html,
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
		write_item(html, minutes, &minutes->items[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_speaker(const struct html_writer *html, const struct minutes_speech *speech)
{
	html_markup(html, "<td><strong>");
	html_text(html, speech->unit);
	html_markup(html, "</strong><br>");
	html_text(html, speech->site_name);
	if (speech->topic[0]) {
		html_markup(html, "<div class=\"topic\">");
		html_text(html, speech->topic);
		html_markup(html, "</div>");
	}
	html_markup(html, "</td>");
}

static void write_stretch(const struct html_writer *html, const struct minutes_stretch *stretch)
{
	html_time(html, stretch->started.wall);
	if (stretch->has_cause) {
		fprintf(html->out, " <span class=\"note\">(%s)</span>",
			label_of_interrupt_cause(stretch->cause, html->language));
	}
	html_markup(html, "<br>");
}

static void write_speech(
	const struct html_writer *html, const struct minutes_speech *speech, size_t at)
{
	fprintf(html->out, "<tr><td class=\"n\">%zu</td>", at + 1);
	html_cell(html, "n", speech->item);
	write_speaker(html, speech);
	html_markup(html, "<td>");
	for (size_t i = 0; i < speech->n_stretches; i++) {
		write_stretch(html, &speech->stretches[i]);
	}
	if (speech->state != TURN_STATE_DONE) {
		fprintf(html->out, "<span class=\"note\">%s</span>",
			label_of_turn_state(speech->state, html->language));
	}
	html_markup(html, "</td><td class=\"n\">");
	html_span(html, speech->spoken);
	html_markup(html, "</td><td class=\"n\">");
	if (speech->allowance.ms > 0) {
		html_span(html, speech->allowance);
	}
	html_markup(html, "</td><td class=\"n\">");
	html_difference(html, speech->over);
	html_markup(html, "</td></tr>\n");
}

static void write_speeches(const struct html_writer *html, const struct minutes *minutes)
{
	html_bilingual(html, "<h2>4. Phát biểu</h2>\n", "<h2>4. Speeches</h2>\n");
	if (minutes->n_speeches == 0) {
		html_bilingual(html, "<p>Không có.</p>\n", "<p>None.</p>\n");
		return;
	}
	html_bilingual(html,
		"<table><thead><tr><th class=\"n\">TT</th><th class=\"n\">Mục</th>"
		"<th>Đơn vị, điểm cầu, nội dung</th><th>Lên hình</th><th class=\"n\">Đã nói</th>"
		"<th class=\"n\">Cho phép</th><th class=\"n\">Vượt</th></tr></thead><tbody>\n",
		"<table><thead><tr><th class=\"n\">No.</th><th class=\"n\">Item</th>"
		"<th>Unit, site, topic</th><th>On air</th><th class=\"n\">Spoken</th>"
		"<th class=\"n\">Allowed</th><th class=\"n\">Over</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < minutes->n_speeches; i++) {
		write_speech(html, &minutes->speeches[i], i);
	}
	html_markup(html, "</tbody></table>\n");
	if (minutes->undone > 0) {
		fprintf(html->out,
			html_is_english(html)
				? "<p class=\"note\">%" PRIu32 " takes were undone and are not "
				  "counted above.</p>\n"
				: "<p class=\"note\">%" PRIu32 " lần giao lời đã được hoàn tác, "
				  "không tính ở trên.</p>\n",
			minutes->undone);
	}
}

static void write_alarm(const struct html_writer *html, const struct minutes_alarm *alarm)
{
	html_markup(html, "<tr><td class=\"n\">");
	html_time(html, alarm->raised.wall);
	html_markup(html, "</td>");
	html_cell(html, "", alarm->site_name);
	html_cell(html, "", label_of_alarm_kind(alarm->kind, html->language));
	html_markup(html, "<td>");
	if (alarm->has_acknowledged) {
		html_time(html, alarm->acknowledged.wall);
		html_markup(html, " ");
		write_who(html, &alarm->acknowledged_by);
	}
	html_markup(html, "</td><td class=\"n\">");
	if (alarm->has_cleared) {
		html_span(html, span_between(alarm->raised.at, alarm->cleared.at));
	} else {
		html_bilingual(html, "chưa hết", "still open");
	}
	html_markup(html, "</td></tr>\n");
}

static void write_restart(const struct html_writer *html, const struct minutes_restart *restart)
{
	bool by_wall = restart->source == CLOCK_SOURCE_WALL_CLOCK;
	html_markup(html, "<p class=\"note\">");
	html_time(html, restart->when.wall);
	html_bilingual(html, ": hệ thống điều khiển khởi động lại, gián đoạn ",
		": the coordinator was started again, gap ");
	html_span(html, restart->gap);
	if (by_wall) {
		html_bilingual(html, " (tính theo giờ của máy chủ)", " (by the wall clock)");
	}
	html_markup(html, ".</p>\n");
}

static void write_incidents(const struct html_writer *html, const struct minutes *minutes)
{
	html_bilingual(html, "<h2>5. Sự cố, cảnh báo kỹ thuật</h2>\n",
		"<h2>5. Incidents and alarms</h2>\n");
	if (minutes->abridged) {
		html_bilingual(html, "<p class=\"note\">Chỉ có trong bản đầy đủ.</p>\n",
			"<p class=\"note\">In the full minutes only.</p>\n");
		return;
	}
	for (size_t i = 0; i < minutes->n_restarts; i++) {
		write_restart(html, &minutes->restarts[i]);
	}
	if (minutes->n_alarms == 0) {
		html_bilingual(html, "<p>Không có cảnh báo.</p>\n", "<p>No alarms.</p>\n");
		return;
	}
	html_bilingual(html,
		"<table><thead><tr><th class=\"n\">Lúc</th><th>Điểm cầu</th><th>Cảnh báo</th>"
		"<th>Tiếp nhận</th><th class=\"n\">Kéo dài</th></tr></thead><tbody>\n",
		"<table><thead><tr><th class=\"n\">At</th><th>Site</th><th>Alarm</th>"
		"<th>Seen to</th><th class=\"n\">Lasted</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < minutes->n_alarms; i++) {
		write_alarm(html, &minutes->alarms[i]);
	}
	html_markup(html, "</tbody></table>\n");
}

static void write_signatures(const struct html_writer *html)
{
	html_bilingual(html,
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
	char *text = NULL;
	size_t length = 0;
	struct html_writer html = {.out = open_memstream(&text, &length),
		.language = language,
		.utc_offset = minutes->utc_offset};
	if (!html.out) {
		return -ENOMEM;
	}
	html_letterhead_write(&html, minutes);
	write_time_and_place(&html, minutes);
	write_attendance(&html, minutes);
	write_programme(&html, minutes);
	write_speeches(&html, minutes);
	write_incidents(&html, minutes);
	write_signatures(&html);
	html_annex_write(&html, minutes);
	html_markup(&html, "</body>\n</html>\n");
	bool failed = ferror(html.out) != 0;
	if (fclose(html.out) != 0 || failed) {
		free(text);
		return -ENOMEM;
	}
	*ret_html = text;
	*ret_length = length;
	return 0;
}
