/*
 * How minutes look: the forms of state, party and others, what stands where, dates and times as
 * papers write them, lists of names, and what happened to the meeting itself.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/alarms.h"
#include "coordinator/meeting/direction.h"
#include "coordinator/meeting/turns.h"
#include "minutes_run.h"
#include "proto/words/text_day.h"
#include "text_copy.h"

static int set_up(void **state)
{
	*state = run_create();
	return 0;
}

static int tear_down(void **state)
{
	run_destroy(*state);
	return 0;
}

/* A copy of an array that may be changed; it lives as long as the plan. */
static void *copy_of(struct run *run, const void *list, size_t size)
{
	return memcpy(msg_arena_take(&run->plan->arena, size), list, size);
}
#define MAY_CHANGE(run, list, n) copy_of((run), (list), (n) * sizeof(*(list)))

/* The texts are on the page, each behind the one before. */
static void assert_in_order(const char *page, const char *const *texts)
{
	const char *at = page;
	for (; *texts; texts++) {
		const char *found = strstr(at, *texts);
		if (!found) {
			fail_msg("%s: %s", strstr(page, *texts) ? "too early" : "missing", *texts);
		}
		at = found + strlen(*texts);
	}
}

static void assert_page_order(struct run *run, enum language language, const char *const *texts)
{
	char *page = run_page(run, language);
	assert_in_order(page, texts);
	free(page);
}

static void assert_page_lacks(struct run *run, enum language language, const char *text)
{
	char *page = run_page(run, language);
	assert_null(strstr(page, text));
	free(page);
}

static void leave(struct run *run, const char *form)
{
	static const char *const codes[] = {[LANGUAGE_VI] = "vi", [LANGUAGE_EN] = "en"};
	for (enum language language = LANGUAGE_VI; language <= LANGUAGE_EN; language++) {
		char name[64];
		char *page = run_page(run, language);
		snprintf(name, sizeof(name), "%s-%s.html", form, codes[language]);
		run_leave_page(page, name);
		free(page);
	}
}

/* A meeting of this plan, with every waiting turn of the first items spoken, then closed. */
static void hold(struct run *run, const char *plan)
{
	run_load(run, plan);
	run_set_up(run, 1);
	run_gather(run);
	run_pass(run, 60 * MINUTE);
	run_simple(run, CMD_MEETING_OPEN);
	for (size_t i = 0; i < run->plan->agenda.n_items; i++) {
		run_start_item(run, run->plan->agenda.items[i].id);
		run_pass(run, 9 * MINUTE + 1700 * (int64_t)i);
		for (size_t j = 0; j < mtg_turn_count(run->meeting); j++) {
			const struct turn *turn = mtg_turn(run->meeting, (int)j);
			run->command.body.name = CMD_FLOOR_TAKE;
			TEXT_COPY(run->command.body.floor_take.turn, turn->id);
			if (run_give(run, ROLE_OPERATOR) == 0) {
				run_pass(run, 9 * MINUTE + 700 * (int64_t)j);
				run_release(run);
				run_pass(run, 2300);
			}
		}
	}
	run_simple(run, CMD_MEETING_CLOSE);
}

static void form_of_the_state(void **state)
{
	struct run *run = *state;
	hold(run, "b");
	run_compile(run);
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){
			"UBND tỉnh Vĩnh Long -<br/>Ban Dân vận Tỉnh ủy",
			"Số: ……/BB-UBND",
			"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
			"Độc lập - Tự do - Hạnh phúc",
			"Vĩnh Long, ngày 22 tháng 02 năm 2022",
			"<h1>BIÊN BẢN</h1>",
			"Khai mạc lúc 07 giờ 30 phút, ngày 22 tháng 02 năm 2022.",
			"Bế mạc lúc ",
			"Địa điểm: Hội trường A, Văn phòng UBND tỉnh Vĩnh Long.",
			"Đồng chủ trì: Lãnh đạo UBND tỉnh; Trưởng Ban Dân vận Tỉnh ủy.",
			"Thư ký: Văn phòng UBND tỉnh.",
			"Có mặt: ",
			"Hội nghị kết thúc vào ",
			", ngày 22 tháng 02 năm 2022./.",
			"THƯ KÝ",
			"Văn phòng UBND tỉnh",
			"CHỦ TRÌ",
			"Lãnh đạo UBND tỉnh",
			"CHỦ TRÌ",
			"Trưởng Ban Dân vận Tỉnh ủy",
			"Nơi nhận:",
			"- Các điểm cầu;",
			"- Lưu: VT.",
			"PHỤ LỤC KỸ THUẬT",
			"Các điểm cầu",
			"Sự cố, cảnh báo kỹ thuật",
			NULL,
		});
	TEXT_COPY(run->minutes.document.superior, "Tỉnh ủy Vĩnh Long");
	run->minutes.document.has_superior = true;
	TEXT_COPY(run->minutes.document.number, "12");
	run->minutes.document.has_number = true;
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){
			"Tỉnh ủy Vĩnh Long", "UBND tỉnh Vĩnh Long", "Số: 12/BB-UBND", NULL});
	leave(run, "state");
}

static void form_of_the_party(void **state)
{
	struct run *run = *state;
	hold(run, "a");
	run_compile(run);
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){
			"Ban Chấp hành Trung ương",
			"Ban Dân vận Trung ương",
			"<p>*</p>",
			"Số ……-BB/BDVTW",
			"ĐẢNG CỘNG SẢN VIỆT NAM",
			"Hà Nội, ngày 22 tháng 02 năm 2022",
			"BIÊN BẢN",
			"Hội nghị kết thúc vào ",
			"Nơi nhận:",
			"PHỤ LỤC KỸ THUẬT",
			NULL,
		});
	assert_page_lacks(run, LANGUAGE_VI, "CỘNG HÒA");
	assert_page_lacks(run, LANGUAGE_VI, "Độc lập");
	leave(run, "party");
}

/* A company's: neither nation nor party, and nothing left blank. */
static void form_of_others(void **state)
{
	struct run *run = *state;
	run_load(run, "b");
	run->plan->meeting.form = DOCUMENT_FORM_NEUTRAL;
	TEXT_COPY(run->plan->meeting.host, "Mekong Seafood Ltd");
	TEXT_COPY(run->plan->meeting.name, "Quarterly review");
	TEXT_COPY(run->plan->meeting.place, "Board room, 4th floor");
	memset(&run->plan->meeting.document, 0, sizeof(run->plan->meeting.document));
	run_set_up(run, 1);
	run_gather(run);
	run_pass(run, 60 * MINUTE);
	run_simple(run, CMD_MEETING_OPEN);
	run_pass(run, 19 * MINUTE);
	run_simple(run, CMD_MEETING_CLOSE);
	run_compile(run);
	assert_int_equal(run->minutes.form, DOCUMENT_FORM_NEUTRAL);
	assert_page_order(run, LANGUAGE_EN,
		(const char *const[]){"Mekong Seafood Ltd", "22 February 2022", "MINUTES",
			"Quarterly review", "Opened at 07:30 on 22 February 2022.",
			"Closed at 07:49 on 22 February 2022.", "Length: 19 minutes.",
			"Place: Board room, 4th floor.", "TECHNICAL ANNEX", NULL});
	for (enum language language = LANGUAGE_VI; language <= LANGUAGE_EN; language++) {
		assert_page_lacks(run, language, "CỘNG HÒA");
		assert_page_lacks(run, language, "SOCIALIST REPUBLIC");
		assert_page_lacks(run, language, "Hạnh phúc");
		assert_page_lacks(run, language, "ĐẢNG");
		assert_page_lacks(run, language, "……");
	}
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){"ngày 22 tháng 02 năm 2022", "BIÊN BẢN",
			"Thời gian họp: 0 giờ 19 phút.", NULL});
	leave(run, "neutral");
}

static void days_as_papers_write_them(void **state)
{
	static const struct {
		int year, month, day;
		const char *vi, *en;
	} days[] = {
		{2025, 7, 5, "ngày 05 tháng 7 năm 2025", "5 July 2025"},
		{2026, 12, 1, "ngày 01 tháng 12 năm 2026", "1 December 2026"},
		{2026, 2, 28, "ngày 28 tháng 02 năm 2026", "28 February 2026"},
		{2026, 1, 10, "ngày 10 tháng 01 năm 2026", "10 January 2026"},
		{2026, 3, 9, "ngày 09 tháng 3 năm 2026", "9 March 2026"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(days) / sizeof(days[0]); i++) {
		char text[TEXT_DAY_SIZE];
		text_day(text, sizeof(text), days[i].year, days[i].month, days[i].day, LANGUAGE_VI);
		assert_string_equal(text, days[i].vi);
		text_day(text, sizeof(text), days[i].year, days[i].month, days[i].day, LANGUAGE_EN);
		assert_string_equal(text, days[i].en);
	}
}

static void before_the_opening(void **state)
{
	struct run *run = *state;
	run_load(run, "b");
	run_set_up(run, 1);
	run_compile(run);
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){
			"Vĩnh Long, ngày 22 tháng 02 năm 2022", "Hội nghị chưa khai mạc.", NULL});
	assert_page_lacks(run, LANGUAGE_VI, "chưa bế mạc");
	assert_page_lacks(run, LANGUAGE_VI, "Hội nghị kết thúc");
}

/* Opened at 23:50: rows of the next day say so, and so do those before midnight. */
static void rows_over_midnight_have_dates(void **state)
{
	struct run *run = *state;
	run_load(run, "b");
	run_set_up(run, 1);
	run_gather(run);
	run->now.at.ms += (16 * 60 + 20) * (int64_t)MINUTE;
	run->now.wall.ms += (16 * 60 + 20) * (int64_t)MINUTE;
	run_pass(run, 60 * MINUTE - MINUTE);
	run_pass(run, MINUTE);
	run_simple(run, CMD_MEETING_OPEN);
	run_start_item(run, "01");
	run_pass(run, 25 * MINUTE);
	run_start_item(run, "02");
	run_pass(run, 5 * MINUTE);
	run_simple(run, CMD_MEETING_CLOSE);
	run_compile(run);
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){"Vĩnh Long, ngày 23 tháng 02 năm 2022",
			"Khai mạc lúc 23 giờ 50 phút, ngày 22 tháng 02 năm 2022.",
			"Bế mạc lúc 00 giờ 20 phút, ngày 23 tháng 02 năm 2022.",
			"Thời gian họp: 0 giờ 30 phút.", "23:50:00 22/02/2022",
			"00:15:00 23/02/2022", "0:25:00", NULL});
	assert_page_order(run, LANGUAGE_EN, (const char *const[]){"00:15:00 2022-02-23", NULL});
}

static void a_reopening_leaves_a_trace(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_pass(run, 30 * MINUTE);
	run_simple(run, CMD_MEETING_CLOSE);
	run_pass(run, 2 * MINUTE);
	run_simple(run, CMD_MEETING_REOPEN);
	run_pass(run, 10 * MINUTE);
	run_simple(run, CMD_MEETING_CLOSE);
	run_compile(run);
	assert_int_equal(run->minutes.n_reopenings, 1);
	assert_int_equal(run->minutes.reopenings[0].closed.wall.ms, run_opening_wall + 30 * MINUTE);
	assert_int_equal(
		run->minutes.reopenings[0].reopened.wall.ms, run_opening_wall + 32 * MINUTE);
	assert_int_equal(run->minutes.reopenings[0].by.role, ROLE_OPERATOR);
	assert_int_equal(run->minutes.live.ms, 40 * MINUTE);
	assert_int_equal(run->minutes.sites[0].online.ms, 40 * MINUTE);
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){"Khai mạc lúc 07 giờ 30 phút",
			"Đã bế mạc lúc 08 giờ 00 phút, mở lại lúc 08 giờ 02 phút, ngày 22 tháng 02 "
			"năm 2022.",
			"Bế mạc lúc 08 giờ 12 phút", "Thời gian họp: 0 giờ 40 phút.", NULL});
}

/* A break that the plan gives an end but no length lasts from its planned start to that. */
static void a_break_with_a_fixed_end_has_a_length(void **state)
{
	struct run *run = *state;
	run_load(run, "b");
	struct plan_item *items =
		MAY_CHANGE(run, run->plan->agenda.items, run->plan->agenda.n_items);
	run->plan->agenda.items = items;
	TEXT_COPY(items[6].start, "09:10");
	items[6].has_start = true;
	items[6].has_minutes = false;
	TEXT_COPY(items[6].fixed_end, "09:25");
	items[6].has_fixed_end = true;
	run_set_up(run, 1);
	run_compile(run);
	assert_string_equal(run->minutes.items[6].item, "07");
	assert_true(run->minutes.items[6].has_planned_length);
	assert_int_equal(run->minutes.items[6].planned_length.ms, 15 * MINUTE);
	assert_int_equal(run->minutes.items[6].expected.ms, 15 * MINUTE);
}

static void speeches_name_their_items(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_start_item(run, "06");
	run_speak(run, "UBND huyện Trà Ôn", 9 * MINUTE);
	run_compile(run);
	const char *title = NULL;
	for (size_t i = 0; i < run->minutes.n_items; i++) {
		title = strcmp(run->minutes.items[i].item, "06") == 0 ? run->minutes.items[i].title
								      : title;
	}
	char cell[1024];
	snprintf(cell, sizeof(cell), "<td class=\"n\">1</td><td>%s</td>", title);
	assert_page_order(run, LANGUAGE_VI, (const char *const[]){cell, NULL});
	assert_page_lacks(run, LANGUAGE_VI, "<td class=\"n\">06</td>");
}

static void undo(struct run *run, uint64_t take)
{
	run->command.body.name = CMD_FLOOR_UNDO;
	run->command.body.floor_undo.take = take;
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void one_is_not_many(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_start_item(run, "06");
	run_take(run, "UBND huyện Trà Ôn");
	run_pass(run, 2000);
	undo(run, 1);
	run_compile(run);
	assert_page_order(run, LANGUAGE_EN,
		(const char *const[]){"1 take was undone and is not counted above.", NULL});
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){
			"01 lần mời phát biểu đã hủy, không tính trong bảng trên.", NULL});
	run_pass(run, 2000);
	run_take(run, "UBND huyện Trà Ôn");
	run_pass(run, 2000);
	undo(run, 2);
	run_compile(run);
	assert_page_order(run, LANGUAGE_EN,
		(const char *const[]){"2 takes were undone and are not counted above.", NULL});
}

/* Names of sites hold commas: lists part them by semicolons. */
static void step(struct run *run, enum command_name name, const char *act)
{
	run->command.body.name = name;
	strcpy(run->command.body.act_show.act, act);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	run_pass(run, MINUTE);
}

/* Plan d: 25 awards; the first is stepped over, and the step taken back. */
static void ceremonies_stand_act_by_act(void **state)
{
	struct run *run = *state;
	run_load(run, "d");
	run_set_up(run, 1);
	run_gather(run);
	run_pass(run, 60 * MINUTE);
	run_simple(run, CMD_MEETING_OPEN);
	run_start_item(run, "06");
	step(run, CMD_ACT_SHOW, "act-2");
	step(run, CMD_ACT_RETURN, "act-2");
	step(run, CMD_ACT_SHOW, "act-1");
	step(run, CMD_ACT_SHOW, "act-11");
	step(run, CMD_ACT_SKIP, "act-2");
	run_start_item(run, "07");
	step(run, CMD_ACT_SHOW, "act-26");
	run_simple(run, CMD_MEETING_CLOSE);
	run_compile(run);
	assert_int_equal(run->minutes.items[5].n_acts, 25);
	assert_int_equal(run->minutes.items[6].n_acts, 2);
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){"Đồng chủ trì: Trưởng Ban Dân vận Tỉnh uỷ; Bí thư Ban cán sự "
				      "đảng UBND Tỉnh.",
			"<h3>Khen thưởng 10 tập thể và 15 cá nhân</h3>",
			"Đã khen thưởng 1 tập thể, 1 cá nhân.", "<td>Sở Nội vụ</td>",
			"<td>Bằng khen</td><td>UBND Tỉnh</td><td class=\"t\">07:32:00</td>",
			"Sở Tài nguyên và Môi trường <span class=\"note\">(bỏ qua)</span>",
			"Trưởng Phòng Nội vụ huyện Tháp Mười</td>", "<td class=\"t\">07:33:00</td>",
			"(chưa thực hiện)", "<h3>Ký kết kế hoạch", "Đã ký: 1/2 bên.",
			"<td>Ban Dân vận Tỉnh uỷ</td>",
			"<td>Trưởng Ban</td><td class=\"t\">07:35:00</td>", "4. Phát biểu",
			"ĐỒNG CHỦ TRÌ", "Trưởng Ban Dân vận Tỉnh uỷ", "ĐỒNG CHỦ TRÌ",
			"Bí thư Ban cán sự đảng UBND Tỉnh", NULL});
	assert_page_order(run, LANGUAGE_EN,
		(const char *const[]){"Awards given to collectives: 1; to individuals: 1.",
			"(passed over)", "Signed by 1 of 2 parties.", NULL});
	char *page = run_page(run, LANGUAGE_VI);
	run_leave_page(page, "ceremonies.vi.html");
	free(page);
}

static void lists_of_names(void **state)
{
	struct run *run = *state;
	run_load(run, "b");
	struct plan_site *sites = MAY_CHANGE(run, run->plan->sites.sites, run->plan->sites.n_sites);
	run->plan->sites.sites = sites;
	size_t last = run->plan->sites.n_sites - 1;
	TEXT_COPY(sites[last].name, "Huyện Vũng Liêm, điểm 2");
	run_set_up(run, 1);
	run_gather(run);
	run_compile(run);
	struct minutes_site *compiled = MAY_CHANGE(run, run->minutes.sites, run->minutes.n_sites);
	compiled[1].attended = false;
	run->minutes.sites = compiled;
	char line[2048];
	snprintf(line, sizeof(line), "Vắng mặt: %s; Huyện Vũng Liêm, điểm 2.",
		run->minutes.sites[1].name);
	assert_page_order(run, LANGUAGE_VI, (const char *const[]){line, NULL});
}

/* The alarm about documents is one for all sites: the annex names them. */
static void late_documents_name_their_sites(void **state)
{
	struct run *run = *state;
	run_load(run, "a");
	run_set_up(run, 1);
	run->now.wall.ms += (int64_t)365 * 24 * 60 * MINUTE;
	run_gather(run);
	run_pass(run, MINUTE);
	run_compile(run);
	const struct minutes_alarm *late = NULL;
	for (size_t i = 0; i < run->minutes.n_alarms; i++) {
		if (run->minutes.alarms[i].kind == ALARM_KIND_DOCUMENT_LATE) {
			late = &run->minutes.alarms[i];
		}
	}
	assert_non_null(late);
	assert_true(late->n_sites >= 2);
	char cell[2048];
	snprintf(cell, sizeof(cell), "<td>%s; %s", late->sites[0], late->sites[1]);
	assert_page_order(run, LANGUAGE_VI,
		(const char *const[]){"PHỤ LỤC KỸ THUẬT", "Sự cố, cảnh báo kỹ thuật", cell, NULL});
}

static void take_off(struct run *run, const char *site)
{
	run->command.body.name = CMD_SITE_REMOVE;
	strcpy(run->command.body.site_remove.site, site);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static const struct minutes_site *site_of(const struct run *run, const char *id)
{
	for (size_t i = 0; i < run->minutes.n_sites; i++) {
		if (strcmp(run->minutes.sites[i].site, id) == 0) {
			return &run->minutes.sites[i];
		}
	}
	return NULL;
}

/* Off the roster before the opening: not expected. After it: counted until then, and said. */
static void a_site_off_the_roster_is_not_absent(void **state)
{
	struct run *run = *state;
	run_load(run, "b");
	run_set_up(run, 1);
	run_gather(run);
	take_off(run, "vung-liem");
	run_simple(run, CMD_MEETING_OPEN);
	run_pass(run, 10 * MINUTE);
	take_off(run, "tra-on");
	run_pass(run, 10 * MINUTE);
	run_compile(run);
	assert_null(site_of(run, "vung-liem"));
	assert_int_equal(run->minutes.n_sites, run->plan->sites.n_sites - 1);
	const struct minutes_site *removed = site_of(run, "tra-on");
	assert_true(removed->has_removed && removed->attended);
	assert_int_equal(removed->online.ms, 10 * MINUTE);
	assert_int_equal(removed->media.ms, 10 * MINUTE);
	char *page = run_page(run, LANGUAGE_VI);
	assert_non_null(strstr(page, "đưa ra khỏi danh sách lúc 06:40"));
	assert_null(strstr(page, "Vắng mặt"));
	assert_null(strstr(page, "Vũng Liêm"));
	free(page);
}

static int direct(struct run *run, const char *account)
{
	run->command.by.has_account = true;
	memset(run->command.by.account, 0, sizeof(run->command.by.account));
	strcpy(run->command.by.account, account);
	return run_give(run, ROLE_OPERATOR);
}

/* Who directed is said up to the closing; what is handed over and said afterwards is not. */
static void who_directed_is_said_up_to_the_closing(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_pass(run, 10 * MINUTE);
	run->command.body.name = CMD_DIRECTION_TAKE;
	if (direct(run, "an") != 0) { /* whoever has opened it is still there */
		memset(&run->command.body, 0, sizeof(run->command.body));
		run->command.body.name = CMD_DIRECTION_OFFER;
		strcpy(run->command.body.direction_offer.to, "an");
		run->command.body.direction_offer.has_note = true;
		strcpy(run->command.body.direction_offer.note, "hết ca trực");
		assert_int_equal(direct(run, mtg_direction(run->meeting)->account), 0);
		memset(&run->command.body, 0, sizeof(run->command.body));
		run->command.body.name = CMD_DIRECTION_ACCEPT;
		run->command.body.direction_accept.offer =
			(uint64_t)mtg_direction(run->meeting)->offer.number;
		assert_int_equal(direct(run, "an"), 0);
	}
	run_pass(run, 10 * MINUTE);
	run_simple(run, CMD_MEETING_CLOSE);
	run_compile(run);
	size_t n = run->minutes.n_directions;
	assert_true(n > 0);
	const struct minutes_direction *last = &run->minutes.directions[n - 1];
	assert_string_equal(last->account, "an");
	assert_int_equal(last->until.at.ms, run->minutes.closed.at.ms);
	char *page = run_page(run, LANGUAGE_VI);
	assert_non_null(strstr(page, "Người điều hành"));
	free(page);
	run_pass(run, 10 * MINUTE);
	memset(&run->command.body, 0, sizeof(run->command.body));
	run->command.body.name = CMD_DIRECTION_OFFER;
	strcpy(run->command.body.direction_offer.to, "binh");
	assert_int_equal(direct(run, "an"), 0);
	memset(&run->command.body, 0, sizeof(run->command.body));
	run->command.body.name = CMD_DIRECTION_ACCEPT;
	run->command.body.direction_accept.offer =
		(uint64_t)mtg_direction(run->meeting)->offer.number;
	assert_int_equal(direct(run, "binh"), 0);
	memset(&run->command.body, 0, sizeof(run->command.body));
	run->command.body.name = CMD_MESSAGE_SEND;
	strcpy(run->command.body.message_send.text, "rút kinh nghiệm");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	run_compile(run);
	assert_int_equal(run->minutes.n_directions, n);
	page = run_page(run, LANGUAGE_VI);
	assert_null(strstr(page, "binh"));
	assert_null(strstr(page, "rút kinh nghiệm"));
	free(page);
}

/* With its item, whose it is, and what was said to it; not for those who do not see it. */
static void an_opinion_stands_under_its_item(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_start_item(run, "06");
	struct cmd_opinion_give *give = &run->command.body.opinion_give;
	run->command.body.name = CMD_OPINION_GIVE;
	strcpy(give->item, "06");
	strcpy(give->site, "tra-on");
	strcpy(give->text, "Đề nghị bổ sung chỉ tiêu");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	struct cmd_opinion_mark *mark = &run->command.body.opinion_mark;
	memset(&run->command.body, 0, sizeof(run->command.body));
	run->command.body.name = CMD_OPINION_MARK;
	mark->opinion = 1;
	mark->state = OPINION_STATE_ANSWERED;
	mark->has_note = true;
	strcpy(mark->note, "Xin tiếp thu");
	assert_int_equal(run_give(run, ROLE_CHAIR), 0);
	run_compile(run);
	char *page = run_page(run, LANGUAGE_VI);
	const char *heading = strstr(page, "Ý kiến bằng văn bản");
	assert_non_null(heading);
	assert_non_null(strstr(heading, "Đề nghị bổ sung chỉ tiêu"));
	assert_non_null(strstr(heading, "(đã trả lời)"));
	assert_non_null(strstr(heading, "Trả lời: Xin tiếp thu"));
	free(page);
	assert_int_equal(minutes_recorder_compile(
				 run->recorder, ROLE_TECHNICIAN, &run->arena, &run->minutes),
		0);
	page = run_page(run, LANGUAGE_VI);
	assert_null(strstr(page, "Ý kiến bằng văn bản"));
	free(page);
}

/* A note carries its time, who made it and its text. */
static void a_note_says_when(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_pass(run, 5 * MINUTE);
	run->command.body.name = CMD_ITEM_NOTE;
	strcpy(run->command.body.item_note.item, "01");
	strcpy(run->command.body.item_note.text, "Đã phát tài liệu");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	run_compile(run);
	char *page = run_page(run, LANGUAGE_VI);
	const char *note = strstr(page, ": Đã phát tài liệu");
	assert_non_null(note);
	assert_non_null(strstr(note - 64, "07:35:00 "));
	assert_true(strstr(note - 64, "07:35:00 ") < note);
	free(page);
}

static void a_restart_says_how_long(void **state)
{
	static const struct {
		int64_t gap;
		const char *vi, *en;
	} gaps[] = {
		{300, "gián đoạn dưới 01 giây.", "gap less than a second."},
		{1000, "gián đoạn 01 giây.", "gap 1 second."},
		{125000, "gián đoạn 2 phút 05 giây.", "gap 2 minutes 5 seconds."},
		{3661000, "gián đoạn 1 giờ 1 phút 01 giây.", "gap 1 hour 1 minute 1 second."},
	};
	struct run *run = *state;
	run_open(run);
	for (size_t i = 0; i < sizeof(gaps) / sizeof(gaps[0]); i++) {
		run->now.at.ms += gaps[i].gap;
		run->now.wall.ms += gaps[i].gap;
		run->command.body.name = CMD_CLOCK_RESUME;
		run->command.body.clock_resume.source = CLOCK_SOURCE_MONOTONIC;
		run->command.body.clock_resume.gap.ms = gaps[i].gap;
		assert_int_equal(run_give(run, ROLE_SYSTEM), 0);
		run_compile(run);
		assert_page_order(run, LANGUAGE_VI, (const char *const[]){gaps[i].vi, NULL});
		assert_page_order(run, LANGUAGE_EN, (const char *const[]){gaps[i].en, NULL});
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(form_of_the_state, set_up, tear_down),
		cmocka_unit_test_setup_teardown(form_of_the_party, set_up, tear_down),
		cmocka_unit_test_setup_teardown(form_of_others, set_up, tear_down),
		cmocka_unit_test(days_as_papers_write_them),
		cmocka_unit_test_setup_teardown(before_the_opening, set_up, tear_down),
		cmocka_unit_test_setup_teardown(rows_over_midnight_have_dates, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_reopening_leaves_a_trace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_break_with_a_fixed_end_has_a_length, set_up, tear_down),
		cmocka_unit_test_setup_teardown(speeches_name_their_items, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_is_not_many, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ceremonies_stand_act_by_act, set_up, tear_down),
		cmocka_unit_test_setup_teardown(lists_of_names, set_up, tear_down),
		cmocka_unit_test_setup_teardown(late_documents_name_their_sites, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_site_off_the_roster_is_not_absent, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_opinion_stands_under_its_item, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			who_directed_is_said_up_to_the_closing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_note_says_when, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_restart_says_how_long, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
