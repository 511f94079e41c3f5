/*
 * Minutes of a run of plan B, made by orders to the core as an operator would give them: the seven
 * turns inside items 06 and 08, with a take undone, a site cut, somebody absent and a restart.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/alarms.h"
#include "coordinator/meeting/turns.h"
#include "minutes_run.h"
#include "proto/codec/codec.h"

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

static void walk_discussion(struct run *run)
{
	run_start_item(run, "06");
	run_speak(run, "Ủy ban MTTQ tỉnh", 10 * MINUTE);
	run_speak(run, "Sở Giao thông vận tải", 9 * MINUTE);
	run_speak(run, "UBND huyện Trà Ôn", 11 * MINUTE);
	run_speak(run, "UBND huyện Bình Tân", 10 * MINUTE);
	run_speak(run, "Ban Dân vận thị xã Bình Minh", 10 * MINUTE);
	run_start_item(run, "07");
	run_pass(run, 15 * MINUTE);
	run_start_item(run, "08");
	run_speak(run, "Ban Dân vận huyện Long Hồ", 10 * MINUTE);
	run_speak(run, "Ban Dân vận huyện Tam Bình", 8 * MINUTE);
}

static const struct minutes_speech *speech_of(const struct run *run, const char *unit)
{
	for (size_t i = 0; i < run->minutes.n_speeches; i++) {
		if (strcmp(run->minutes.speeches[i].unit, unit) == 0) {
			return &run->minutes.speeches[i];
		}
	}
	fail_msg("no speech of %s", unit);
	return NULL;
}

static const struct minutes_site *site_of(const struct run *run, const char *id)
{
	for (size_t i = 0; i < run->minutes.n_sites; i++) {
		if (strcmp(run->minutes.sites[i].site, id) == 0) {
			return &run->minutes.sites[i];
		}
	}
	fail_msg("no site %s", id);
	return NULL;
}

static void nothing_before_a_meeting(void **state)
{
	struct run *run = *state;
	assert_int_equal(
		minutes_recorder_compile(run->recorder, ROLE_OPERATOR, &run->arena, &run->minutes),
		-ENODATA);
	run_load(run, "b");
	run_set_up(run, 1);
	run_compile(run);
	assert_false(run->minutes.has_opened);
	assert_int_equal(run->minutes.live.ms, 0);
	assert_int_equal(run->minutes.n_sites, 9);
	assert_int_equal(run->minutes.n_items, 11);
	assert_int_equal(run->minutes.seq, mtg_last_seq(run->meeting));
}

static void seven_turns_around_the_break(void **state)
{
	static const char *const expected[][3] = {
		{"Ủy ban MTTQ tỉnh", "06", "tinh"},
		{"Sở Giao thông vận tải", "06", "tinh"},
		{"UBND huyện Trà Ôn", "06", "tra-on"},
		{"UBND huyện Bình Tân", "06", "binh-tan"},
		{"Ban Dân vận thị xã Bình Minh", "06", "binh-minh"},
		{"Ban Dân vận huyện Long Hồ", "08", "long-ho"},
		{"Ban Dân vận huyện Tam Bình", "08", "tam-binh"},
	};
	struct run *run = *state;
	run_open(run);
	run_pass(run, 50 * MINUTE);
	walk_discussion(run);
	run_start_item(run, "11");
	run_pass(run, MINUTE);
	run_simple(run, CMD_MEETING_CLOSE);
	run_compile(run);
	for (size_t i = 0; i < 7; i++) {
		const struct minutes_speech *speech = &run->minutes.speeches[i];
		assert_string_equal(speech->unit, expected[i][0]);
		assert_string_equal(speech->item, expected[i][1]);
		assert_string_equal(speech->site, expected[i][2]);
		assert_int_equal(speech->n_stretches, 1);
		assert_int_equal(speech->state, TURN_STATE_DONE);
		assert_int_equal(speech->stretches[0].end, MINUTES_END_RELEASED);
	}
	assert_int_equal(run->minutes.speeches[0].stretches[0].started.wall.ms,
		run_opening_wall + 50 * MINUTE);
	assert_int_equal(speech_of(run, "UBND huyện Trà Ôn")->spoken.ms, 11 * MINUTE);
	assert_int_equal(speech_of(run, "UBND huyện Trà Ôn")->over.ms, MINUTE);
	assert_int_equal(speech_of(run, "Sở Giao thông vận tải")->over.ms, 0);
	assert_string_equal(run->minutes.items[6].item, "07");
	assert_int_equal(run->minutes.items[6].length.ms, 15 * MINUTE);
	assert_int_equal(run->minutes.items[6].state, ITEM_STATE_DONE);
	assert_true(run->minutes.has_closed);
	assert_int_equal(run->minutes.takes, 7);
	assert_int_equal(site_of(run, "tra-on")->spoken.ms, 11 * MINUTE);
	assert_int_equal(site_of(run, "tinh")->spoken.ms, 19 * MINUTE);
}

static void an_undone_take_leaves_nothing(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_start_item(run, "06");
	run_take(run, "Ủy ban MTTQ tỉnh");
	run_pass(run, 4 * MINUTE);
	run_take(run, "UBND huyện Bình Tân");
	run_pass(run, 3000);
	run->command.body.name = CMD_FLOOR_UNDO;
	run->command.body.floor_undo.take = 2;
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	run_pass(run, 57000);
	run_release(run);
	run_compile(run);
	const struct minutes_speech *first = speech_of(run, "Ủy ban MTTQ tỉnh");
	assert_int_equal(first->n_stretches, 1);
	assert_int_equal(first->stretches[0].length.ms, first->spoken.ms);
	assert_int_equal(first->spoken.ms, 5 * MINUTE);
	assert_int_equal(speech_of(run, "UBND huyện Bình Tân")->n_stretches, 0);
	assert_int_equal(speech_of(run, "UBND huyện Bình Tân")->spoken.ms, 0);
	assert_int_equal(run->minutes.undone, 1);
}

static void a_cut_site_and_a_restart_are_told(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_start_item(run, "06");
	run_take(run, "UBND huyện Trà Ôn");
	run_pass(run, 2 * MINUTE);
	run_set_media(run, "tra-on", MEDIA_STATE_SILENT);
	run_set_link(run, "tra-on", LINK_STATE_LOST);
	run_pass(run, MINUTE);
	run_set_link(run, "tra-on", LINK_STATE_ONLINE);
	run_set_media(run, "tra-on", MEDIA_STATE_GOOD);
	run_pass(run, MINUTE);
	run->command.body.name = CMD_FLOOR_RESUME;
	strcpy(run->command.body.floor_resume.turn, run_turn_of(run, "UBND huyện Trà Ôn")->id);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	run->now.at.ms += 4000;
	run->now.wall.ms += 4000;
	run->command.body.name = CMD_CLOCK_RESUME;
	run->command.body.clock_resume.source = CLOCK_SOURCE_WALL_CLOCK;
	run->command.body.clock_resume.gap.ms = 4000;
	assert_int_equal(run_give(run, ROLE_SYSTEM), 0);
	for (size_t i = 0; i < run->plan->sites.n_sites - 1; i++) {
		run_set_link(run, run->plan->sites.sites[i].id, LINK_STATE_ONLINE);
	}
	run_pass(run, 3 * MINUTE);
	run_release(run);
	run_compile(run);
	const struct minutes_speech *speech = speech_of(run, "UBND huyện Trà Ôn");
	const struct minutes_site *site = site_of(run, "tra-on");
	assert_int_equal(speech->n_stretches, 2);
	assert_int_equal(speech->stretches[0].end, MINUTES_END_INTERRUPTED);
	assert_int_equal(speech->stretches[0].cause, INTERRUPT_CAUSE_MEDIA_SILENT);
	assert_int_equal(speech->stretches[1].end, MINUTES_END_RELEASED);
	assert_int_equal(
		speech->spoken.ms, speech->stretches[0].length.ms + speech->stretches[1].length.ms);
	assert_int_equal(site->losses, 1);
	assert_int_equal(site->silences, 1);
	assert_true(site->alarms >= 1);
	assert_int_equal(run->minutes.live.ms - site->online.ms, MINUTE + 4000);
	assert_int_equal(run->minutes.live.ms - site->media.ms, MINUTE);
	assert_int_equal(site->n_steps, 1);
	assert_int_equal(site_of(run, "long-ho")->online.ms, run->minutes.live.ms - 4000);
	assert_int_equal(site_of(run, "long-ho")->media.ms, run->minutes.live.ms);
	assert_false(site_of(run, "vung-liem")->attended);
	assert_int_equal(run->minutes.n_restarts, 1);
	assert_true(run->minutes.n_alarms >= 1);
	for (size_t i = 0; i < run->minutes.n_alarms; i++) {
		if (strcmp(run->minutes.alarms[i].site, "tra-on") == 0) {
			assert_true(run->minutes.alarms[i].has_cleared);
		}
	}
}

static const struct minutes_alarm *alarm_at(const struct run *run, const char *site)
{
	for (size_t i = 0; i < run->minutes.n_alarms; i++) {
		const struct minutes_alarm *alarm = &run->minutes.alarms[i];
		if (alarm->kind == ALARM_KIND_MEDIA_DEGRADED && strcmp(alarm->site, site) == 0) {
			return alarm;
		}
	}
	fail_msg("no alarm at %s", site);
	return NULL;
}

static void alarms_of_a_kind_are_seen_to_at_once(void **state)
{
	struct run *run = *state;
	uint64_t last;
	run_open(run);
	run_set_media(run, "long-ho", MEDIA_STATE_DEGRADED);
	run_set_media(run, "tra-on", MEDIA_STATE_DEGRADED);
	run_pass(run, MINUTE);
	last = mtg_alarm(run->meeting, mtg_alarm_count(run->meeting) - 1)->number;
	run_set_media(run, "binh-tan", MEDIA_STATE_DEGRADED);
	run_pass(run, MINUTE);
	run->command.body.name = CMD_ALARM_ACKNOWLEDGE;
	run->command.body.alarm_acknowledge.alarm = last;
	run->command.body.alarm_acknowledge.has_kind = true;
	run->command.body.alarm_acknowledge.kind = ALARM_KIND_MEDIA_DEGRADED;
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	run_compile(run);
	assert_true(alarm_at(run, "long-ho")->has_acknowledged);
	assert_true(alarm_at(run, "tra-on")->has_acknowledged);
	assert_int_equal(alarm_at(run, "tra-on")->acknowledged_by.role, ROLE_OPERATOR);
	assert_false(alarm_at(run, "binh-tan")->has_acknowledged);
}

static void json_is_read_back(void **state)
{
	struct run *run = *state;
	char *json;
	size_t length;
	struct msg_arena arena = {0};
	struct msg_error error;
	struct minutes *back = malloc(sizeof(*back));
	run_open(run);
	walk_discussion(run);
	run_compile(run);
	assert_int_equal(msg_encode(&msg_minutes, &run->minutes, &json, &length), 0);
	assert_int_equal(msg_decode(&msg_minutes, json, length, &arena, back, &error), 0);
	assert_int_equal(back->n_speeches, run->minutes.n_speeches);
	assert_int_equal(back->speeches[2].spoken.ms, 11 * MINUTE);
	msg_free(json);
	msg_arena_finish(&arena);
	free(back);
}

static void what_ends_with_the_meeting_is_no_loss_of_it(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_pass(run, 10 * MINUTE);
	run_simple(run, CMD_MEETING_CLOSE);
	run_pass(run, MINUTE);
	run_set_media(run, "tra-on", MEDIA_STATE_SILENT);
	run_set_link(run, "tra-on", LINK_STATE_LOST);
	run_compile(run);
	assert_int_equal(site_of(run, "tra-on")->losses, 0);
	assert_int_equal(site_of(run, "tra-on")->silences, 0);
	assert_int_equal(site_of(run, "tra-on")->online.ms, run->minutes.live.ms);
}

/* A site whose media come and go all day leaves room for what happened at others. */
static void no_site_fills_the_list_of_alarms(void **state)
{
	struct run *run = *state;
	run_open(run);
	for (int i = 0; i < 1100; i++) {
		run_set_media(run, "tra-on", MEDIA_STATE_DEGRADED);
		run_pass(run, 10000);
		run_set_media(run, "tra-on", MEDIA_STATE_GOOD);
		run_pass(run, 10000);
	}
	run_set_link(run, "long-ho", LINK_STATE_LOST);
	run_pass(run, MINUTE);
	run_compile(run);
	assert_int_equal(run->minutes.n_alarms, 1001);
	assert_string_equal(run->minutes.alarms[1000].site, "long-ho");
	assert_int_equal(run->minutes.alarms_left_out, 100);
	assert_int_equal(site_of(run, "tra-on")->alarms, 1100);
}

static void page_shows_the_meeting(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_pass(run, 50 * MINUTE);
	walk_discussion(run);
	run_set_link(run, "long-ho", LINK_STATE_LOST);
	run_pass(run, MINUTE);
	run_start_item(run, "11");
	run_simple(run, CMD_MEETING_CLOSE);
	run_compile(run);
	char *html = run_page(run, LANGUAGE_VI);
	assert_non_null(strstr(html, "<html lang=\"vi\">"));
	assert_non_null(strstr(html, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"));
	assert_non_null(strstr(html, "ngày 22 tháng 02 năm 2022"));
	assert_non_null(strstr(html, "Khai mạc lúc 07 giờ 30 phút, ngày 22 tháng 02 năm 2022."));
	assert_non_null(strstr(html, "8/9 điểm cầu đã kết nối"));
	assert_non_null(strstr(html, "Vắng mặt: Huyện Vũng Liêm."));
	assert_non_null(strstr(html, "<td class=\"n\">0:11:00</td><td class=\"n\">0:10:00</td>"
				     "<td class=\"n\">+0:01:00</td>"));
	assert_null(strstr(html, "<script"));
	run_leave_page(html, "vi.html");
	free(html);
	html = run_page(run, LANGUAGE_EN);
	assert_non_null(strstr(html, "<h1>MINUTES</h1>"));
	assert_non_null(strstr(html, "Sites connected: 8 of 9;"));
	run_leave_page(html, "en.html");
	free(html);
}

static void page_of_the_party_and_of_a_rehearsal(void **state)
{
	struct run *run = *state;
	run_open(run);
	run_compile(run);
	run->minutes.form = DOCUMENT_FORM_PARTY;
	run->minutes.rehearsal = true;
	run->minutes.speed = 120;
	char *html = run_page(run, LANGUAGE_VI);
	assert_non_null(strstr(html, "ĐẢNG CỘNG SẢN VIỆT NAM"));
	assert_null(strstr(html, "CỘNG HÒA"));
	assert_non_null(strstr(html, "DIỄN TẬP – không có giá trị như biên bản"));
	assert_non_null(strstr(html, "×120"));
	free(html);
}

static void nothing_of_people_is_markup(void **state)
{
	static const char nasty[] =
		"<script>alert(1)</script>\"'&\xe2\x80\xae\xe2\x81\xa6\x01 ă\xe2\x80\x99";
	struct run *run = *state;
	run_open(run);
	run_compile(run);
	strcpy(run->minutes.name, nasty);
	strcpy(run->minutes.host, nasty);
	char *html = run_page(run, LANGUAGE_VI);
	assert_null(strstr(html, "<script"));
	assert_null(strstr(html, "\xe2\x80\xae"));
	assert_null(strstr(html, "\xe2\x81\xa6"));
	assert_null(strchr(html, 1));
	assert_non_null(strstr(
		html, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;  ă\xe2\x80\x99"));
	free(html);
}

static const char why[] = "Chuyển sang phiên <chiều>";

static void skip_item(struct run *run, const char *item, const char *reason)
{
	struct cmd_item_skip *in = &run->command.body.item_skip;
	run->command.body.name = CMD_ITEM_SKIP;
	strcpy(in->item, item);
	in->has_reason = reason != NULL;
	strcpy(in->reason, reason ? reason : "");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void assert_page_has(struct run *run, enum language language, const char *text)
{
	char *html = run_page(run, language);
	assert_non_null(strstr(html, text));
	free(html);
}

static void what_is_said_of_an_item_stands_under_it(void **state)
{
	struct run *run = *state;
	run_open(run);
	skip_item(run, "11", why);
	skip_item(run, "10", NULL);
	run_compile(run);
	const struct minutes_item *item = &run->minutes.items[10];
	assert_string_equal(item->item, "11");
	assert_int_equal(item->n_notes, 1);
	assert_string_equal(item->notes[0].text, why);
	assert_int_equal(item->notes[0].by.role, ROLE_OPERATOR);
	assert_int_equal(item->notes[0].when.wall.ms, run->now.wall.ms);
	assert_false(run->minutes.items[9].has_notes);
	assert_false(run->minutes.has_notes_left_out);
	assert_page_has(run, LANGUAGE_VI, ": Chuyển sang phiên &lt;chiều&gt;</div></td>");
	assert_page_has(run, LANGUAGE_EN, ": Chuyển sang phiên &lt;chiều&gt;</div></td>");
}

static void edit_turn(struct run *run, const char *unit, const char *speaker)
{
	struct cmd_turn_edit *in = &run->command.body.turn_edit;
	run->command.body.name = CMD_TURN_EDIT;
	strcpy(in->turn, mtg_turn(run->meeting, mtg_turn_at(run->meeting, 0))->id);
	in->has_unit = unit != NULL;
	strcpy(in->unit, unit ? unit : "");
	in->has_speaker = speaker != NULL;
	strcpy(in->speaker, speaker ? speaker : "");
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void edit_length(struct run *run, const char *item, int64_t ms)
{
	struct cmd_item_edit *in = &run->command.body.item_edit;
	run->command.body.name = CMD_ITEM_EDIT;
	strcpy(in->item, item);
	in->has_planned_length = true;
	in->planned_length.ms = ms;
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void assert_correction(const struct run *run, size_t at, enum minutes_member member,
	const char *was, const char *now)
{
	const struct minutes_correction *correction = &run->minutes.corrections[at];
	assert_int_equal(correction->member, member);
	assert_string_equal(correction->was, was);
	assert_string_equal(correction->now, now);
	assert_int_equal(correction->by.role, ROLE_OPERATOR);
}

/* The minutes show what is right; the annex, what stood there. Before the opening it was a plan. */
static void move_turn(struct run *run, const char *turn, const char *site)
{
	struct cmd_turn_edit *in = &run->command.body.turn_edit;
	run->command.body.name = CMD_TURN_EDIT;
	strcpy(in->turn, turn);
	in->has_site = true;
	strcpy(in->site, site);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static void telephone(struct run *run, const char *turn, const char *at)
{
	struct cmd_turn_telephone *in = &run->command.body.turn_telephone;
	run->command.body.name = CMD_TURN_TELEPHONE;
	strcpy(in->turn, turn);
	in->has_at = true;
	strcpy(in->at, at);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
}

static int64_t spoken_at(const struct run *run, const char *site)
{
	for (size_t i = 0; i < run->minutes.n_sites; i++) {
		if (strcmp(run->minutes.sites[i].site, site) == 0) {
			return run->minutes.sites[i].spoken.ms;
		}
	}
	return -1;
}

/* Two units speak at the province, one moves to another site in the middle, one by telephone. */
static void units_and_sites_are_told_apart(void **state)
{
	struct run *run = *state;
	char moved[TURN_ID_SIZE], called[TURN_ID_SIZE];
	run_open(run);
	run_start_item(run, "06");
	run_speak(run, "Ủy ban MTTQ tỉnh", 3 * (int64_t)MINUTE);
	run_speak(run, "Sở Giao thông vận tải", 4 * (int64_t)MINUTE);
	const struct turn *turn = run_turn_of(run, "UBND huyện Trà Ôn");
	memcpy(moved, turn->id, sizeof(moved));
	run_take(run, "UBND huyện Trà Ôn");
	run_pass(run, 2 * (int64_t)MINUTE);
	run_set_media(run, "tra-on", MEDIA_STATE_SILENT);
	move_turn(run, moved, "tam-binh");
	run->command.body.name = CMD_FLOOR_RESUME;
	strcpy(run->command.body.floor_resume.turn, moved);
	assert_int_equal(run_give(run, ROLE_OPERATOR), 0);
	run_pass(run, 5 * (int64_t)MINUTE);
	run_release(run);
	memcpy(called, run_turn_of(run, "UBND huyện Bình Tân")->id, sizeof(called));
	run_set_media(run, "binh-tan", MEDIA_STATE_SILENT);
	telephone(run, called, "tinh");
	run_speak(run, "UBND huyện Bình Tân", 3 * (int64_t)MINUTE);
	run_compile(run);
	assert_int_equal(spoken_at(run, "tinh"), 7 * MINUTE);
	assert_int_equal(spoken_at(run, "tra-on"), 2 * MINUTE);
	assert_int_equal(spoken_at(run, "tam-binh"), 5 * MINUTE);
	assert_int_equal(spoken_at(run, "binh-tan"), 3 * MINUTE);
	const struct minutes_speech *speech = speech_of(run, "UBND huyện Trà Ôn");
	assert_string_equal(speech->site, "tam-binh");
	assert_string_equal(speech->unit, "UBND huyện Trà Ôn");
	assert_int_equal(speech->spoken.ms, 7 * MINUTE);
	assert_int_equal(speech->n_stretches, 2);
	assert_string_equal(speech->stretches[0].site_name, "Huyện Trà Ôn");
	assert_false(speech->stretches[1].has_site_name || speech->telephone);
	speech = speech_of(run, "UBND huyện Bình Tân");
	assert_string_equal(speech->site, "binh-tan");
	assert_true(speech->telephone && speech->stretches[0].telephone);
	assert_page_has(
		run, LANGUAGE_VI, "Huyện Bình Tân <span class=\"note\">(qua điện thoại)</span>");
	assert_page_has(run, LANGUAGE_VI, "(Huyện Trà Ôn)");
	assert_page_has(run, LANGUAGE_EN, "(by telephone)");
}

static void what_was_put_right_leaves_a_trace(void **state)
{
	struct run *run = *state;
	run_load(run, "b");
	run_set_up(run, 1);
	edit_turn(run, "Ủy ban MTTQ", NULL);
	run_gather(run);
	run_simple(run, CMD_MEETING_OPEN);
	edit_turn(run, "Ủy ban Mặt trận <Tổ quốc>", "Phó Chủ tịch");
	edit_length(run, "11", 5 * MINUTE);
	run_simple(run, CMD_MEETING_CLOSE);
	edit_turn(run, NULL, "Chủ tịch");
	run_compile(run);
	assert_int_equal(run->minutes.n_corrections, 4);
	assert_correction(run, 0, MINUTES_MEMBER_UNIT, "Ủy ban MTTQ", "Ủy ban Mặt trận <Tổ quốc>");
	assert_correction(run, 1, MINUTES_MEMBER_SPEAKER, "", "Phó Chủ tịch");
	assert_correction(
		run, 2, MINUTES_MEMBER_PLANNED_LENGTH, run->minutes.corrections[2].was, "0:05:00");
	assert_correction(run, 3, MINUTES_MEMBER_SPEAKER, "Phó Chủ tịch", "Chủ tịch");
	assert_string_equal(speech_of(run, "Ủy ban Mặt trận <Tổ quốc>")->speaker, "Chủ tịch");
	assert_page_has(run, LANGUAGE_VI,
		"<td>Đơn vị</td><td>Ủy ban MTTQ</td><td>Ủy ban Mặt trận &lt;Tổ quốc&gt;</td>");
	char *html = run_page(run, LANGUAGE_EN);
	assert_non_null(strstr(html, "C. Corrections after the opening"));
	run_leave_page(html, "corrections.html");
	free(html);
}

static void corrections_beyond_the_limit_are_counted(void **state)
{
	struct run *run = *state;
	run_open(run);
	for (int i = 0; i < MINUTES_CORRECTIONS_MAX + 5; i++) {
		edit_turn(run, NULL, i % 2 ? "Chủ tịch" : "Phó Chủ tịch");
	}
	run_compile(run);
	assert_int_equal(run->minutes.n_corrections, MINUTES_CORRECTIONS_MAX);
	assert_int_equal(run->minutes.corrections_left_out, 5);
}

static void notes_beyond_the_limit_are_counted(void **state)
{
	struct run *run = *state;
	struct mtg_record record = {.event = {.name = EV_ITEM_SKIPPED}};
	run_open(run);
	record.seq = mtg_last_seq(run->meeting);
	record.at = run->now.at;
	strcpy(record.event.item_skipped.item, "11");
	record.event.item_skipped.has_reason = true;
	strcpy(record.event.item_skipped.reason, why);
	for (int i = 0; i < MINUTES_ITEM_NOTES_MAX + 5; i++) {
		record.seq++;
		minutes_recorder_add(run->recorder, &record);
	}
	run_compile(run);
	assert_int_equal(run->minutes.items[10].n_notes, MINUTES_ITEM_NOTES_MAX);
	assert_int_equal(run->minutes.notes_left_out, 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nothing_before_a_meeting, set_up, tear_down),
		cmocka_unit_test_setup_teardown(seven_turns_around_the_break, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_undone_take_leaves_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_cut_site_and_a_restart_are_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			alarms_of_a_kind_are_seen_to_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(json_is_read_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_ends_with_the_meeting_is_no_loss_of_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			no_site_fills_the_list_of_alarms, set_up, tear_down),
		cmocka_unit_test_setup_teardown(page_shows_the_meeting, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			page_of_the_party_and_of_a_rehearsal, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_of_people_is_markup, set_up, tear_down),
		cmocka_unit_test_setup_teardown(units_and_sites_are_told_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_was_put_right_leaves_a_trace, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			corrections_beyond_the_limit_are_counted, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_is_said_of_an_item_stands_under_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			notes_beyond_the_limit_are_counted, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
