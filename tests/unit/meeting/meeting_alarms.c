/* Alarms: when they are raised, when cleared, and that they do not flap. */
#include <stdio.h>
#include <string.h>

#include "tests/unit/meeting/stage.h"

enum { HOUR_MS = 60 * MINUTE_MS, DAY_MS = 24 * HOUR_MS };

static void must(int r)
{
	assert_int_equal(r, 0);
}

static size_t open_alarms(const struct stage *stage)
{
	return mtg_alarm_count(stage->meeting);
}

static void test_quiet_meeting_has_none(void **state)
{
	struct stage *stage = stage_create();
	struct instant due;

	(void)state;
	stage_start_talks(stage);
	assert_false(mtg_next_deadline(stage->meeting, &due));
	stage_pass(stage, 3600000);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

static void test_site_lost(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	stage_link(stage, "a", LINK_STATE_LOST);
	stage_pass(stage, LOST_GRACE_SPAN_MS - 1);
	assert_int_equal(open_alarms(stage), 0);
	stage_pass(stage, 1);
	assert_true(stage_alarm(stage, ALARM_KIND_SITE_LOST, "a"));
	stage_link(stage, "a", LINK_STATE_LOST); /* told again: nothing new */
	assert_int_equal(stage->batch.n, 0);
	stage_link(stage, "a", LINK_STATE_ONLINE);
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

static void test_short_loss_is_no_alarm(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	for (int i = 0; i < 20; i++) {
		stage_link(stage, "a", LINK_STATE_LOST);
		stage_pass(stage, 4000);
		stage_link(stage, "a", LINK_STATE_ONLINE);
		stage_pass(stage, 4000);
		assert_int_equal(open_alarms(stage), 0);
	}
	stage_destroy(stage);
}

static void test_absent_is_not_lost(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	stage_link(stage, "a", LINK_STATE_LOST);
	assert_int_equal(mtg_site_by_id(stage->meeting, "a")->link, LINK_STATE_ABSENT);
	stage_pass(stage, 60000);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

/* Before assembling and after closing nobody is expected; reopening expects them again. */
static void test_only_while_gathered(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	stage_link(stage, "a", LINK_STATE_ONLINE);
	stage_link(stage, "a", LINK_STATE_LOST);
	stage_pass(stage, 60000);
	assert_int_equal(open_alarms(stage), 0);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_SITE_LOST, "a"));
	must(stage_op(stage, CMD_MEETING_OPEN, NULL));
	must(stage_op(stage, CMD_MEETING_CLOSE, NULL));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	must(stage_op(stage, CMD_MEETING_REOPEN, NULL));
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_SITE_LOST, "a"));
	stage_destroy(stage);
}

/* A site cut while on air: interrupted and told in one batch, resumable with what was left. */
static void test_silence_on_air(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_pass(stage, 60000);
	stage_media(stage, "a", MEDIA_STATE_SILENT);
	assert_non_null(stage_event(stage, EV_SITE_MEDIA_CHANGED));
	assert_non_null(stage_event(stage, EV_FLOOR_INTERRUPTED));
	assert_string_equal(stage_event(stage, EV_ALARM_RAISED)->alarm_raised.turn, "a1");
	assert_true(stage_alarm(stage, ALARM_KIND_MEDIA_SILENT, "a"));
	assert_int_equal(mtg_turn_by_id(stage->meeting, "a1")->cause, INTERRUPT_CAUSE_MEDIA_SILENT);
	stage_pass(stage, 30000);
	assert_int_equal(stage_op(stage, CMD_FLOOR_RESUME, "a1"), REFUSAL_SITE_SILENT);
	stage_media(stage, "a", MEDIA_STATE_GOOD);
	stage_pass(stage, 2000);
	assert_false(stage_alarm(stage, ALARM_KIND_MEDIA_SILENT, "a"));
	must(stage_op(stage, CMD_FLOOR_RESUME, "a1"));
	stage_pass(stage, 1000);
	assert_int_equal(
		mtg_turn_spoken(mtg_turn_by_id(stage->meeting, "a1"), stage->now.at).ms, 61000);
	stage_destroy(stage);
}

static void test_silence_in_waiting(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	stage_media(stage, "a", MEDIA_STATE_SILENT);
	stage_pass(stage, LOST_GRACE_SPAN_MS - 1);
	assert_int_equal(open_alarms(stage), 0);
	stage_pass(stage, 1);
	assert_true(stage_alarm(stage, ALARM_KIND_MEDIA_SILENT, "a"));
	stage_link(stage, "a", LINK_STATE_LOST); /* site_lost says it all */
	stage_pass(stage, LOST_GRACE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_SITE_LOST, "a"));
	assert_false(stage_alarm(stage, ALARM_KIND_MEDIA_SILENT, "a"));
	stage_destroy(stage);
}

/* Cued and silent: the hall would see black in a moment. */
static void test_silence_of_the_next(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	stage_media(stage, "a", MEDIA_STATE_SILENT);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_MEDIA_SILENT, "a"));
	stage_destroy(stage);
}

/* Coming and going once a second stays one alarm. */
static void test_no_flapping(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	stage_site(stage, "a", CMD_TURN_ACKNOWLEDGE, "a1");
	for (int i = 0; i < 30; i++) {
		stage_media(stage, "a", MEDIA_STATE_SILENT);
		stage_pass(stage, 1000);
		stage_media(stage, "a", MEDIA_STATE_GOOD);
		stage_pass(stage, 1000);
		assert_int_equal(open_alarms(stage), 1);
		assert_int_equal(mtg_alarm(stage->meeting, 0)->number, 1);
	}
	stage_pass(stage, 2000);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

static void test_main_venue_lost(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_media(stage, "hn", MEDIA_STATE_SILENT);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_MAIN_VENUE_LOST, "hn"));
	assert_int_equal(open_alarms(stage), 1);
	stage_media(stage, "hn", MEDIA_STATE_GOOD);
	stage_pass(stage, 2000);
	assert_int_equal(open_alarms(stage), 0);
	stage_link(stage, "hn", LINK_STATE_LOST);
	stage_pass(stage, LOST_GRACE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_MAIN_VENUE_LOST, "hn"));
	assert_false(stage_alarm(stage, ALARM_KIND_SITE_LOST, "hn"));
	stage_destroy(stage);
}

static void test_unheard(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_mute(stage, "a", true));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_pass(stage, UNHEARD_SPAN_MS - 1);
	assert_int_equal(open_alarms(stage), 0);
	stage_pass(stage, 1);
	assert_true(stage_alarm(stage, ALARM_KIND_ON_AIR_UNHEARD, "a"));
	must(stage_mute(stage, "a", false));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_observe(stage, "a", SIGN_VOICE_SILENT, true);
	stage_pass(stage, UNHEARD_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_ON_AIR_UNHEARD, "a"));
	must(stage_op(stage, CMD_FLOOR_RELEASE, "a1"));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

static void test_unseen(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_observe(stage, "a", SIGN_PICTURE_FROZEN, true);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_PICTURE_FROZEN, "a"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_pass(stage, UNHEARD_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_ON_AIR_UNSEEN, "a"));
	stage_observe(stage, "a", SIGN_PICTURE_FROZEN, false);
	stage_pass(stage, 2000);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

static void test_unacknowledged(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	stage_pass(stage, ACKNOWLEDGE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_UNACKNOWLEDGED_NEXT, "a"));
	assert_string_equal(mtg_turn(stage->meeting, mtg_alarm(stage->meeting, 0)->turn)->id, "a1");
	must(stage_site(stage, "a", CMD_TURN_ACKNOWLEDGE, "a1"));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	stage_pass(stage, ACKNOWLEDGE_SPAN_MS);
	must(stage_op(stage, CMD_FLOOR_TAKE, "b1"));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	must(stage_op(stage, CMD_TURN_CUE, "c1"));
	stage_pass(stage, ACKNOWLEDGE_SPAN_MS);
	must(stage_op(stage, CMD_TURN_UNCUE, "c1"));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

/* Nobody looked for a long while, and another turn of the same site was called meanwhile. */
static void test_alarm_of_an_earlier_call(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_add_turn(stage, "a2", "talks", "a", 0);
	must(stage_op(stage, CMD_TURN_CUE, "a1"));
	stage_pass(stage, ACKNOWLEDGE_SPAN_MS);
	must(stage_op(stage, CMD_TURN_CUE, "a2"));
	stage_sleep(stage, ACKNOWLEDGE_SPAN_MS);
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 1);
	assert_int_equal(mtg_alarm(stage->meeting, 0)->number, 2);
	assert_string_equal(mtg_turn(stage->meeting, mtg_alarm(stage->meeting, 0)->turn)->id, "a2");
	stage_destroy(stage);
}

static void test_stray_microphones(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	stage_observe(stage, "a", SIGN_OPEN_MICROPHONE, true);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_OPEN_MICROPHONE, "a"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1")); /* now it should be open */
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_observe(stage, "b", SIGN_TALKING_WHILE_LOCKED, true);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_TALKING_WHILE_LOCKED, "b"));
	stage_destroy(stage);
}

static void test_signs(void **state)
{
	static const struct {
		enum sign sign;
		enum alarm_kind kind;
	} pairs[] = {{SIGN_PICTURE_BLACK, ALARM_KIND_PICTURE_BLACK},
		{SIGN_PICTURE_FROZEN, ALARM_KIND_PICTURE_FROZEN},
		{SIGN_SOURCE_MISSING, ALARM_KIND_SOURCE_MISSING},
		{SIGN_MEDIA_AUTH_FAILURES, ALARM_KIND_MEDIA_AUTH_FAILURES},
		{SIGN_CLOCK_OFF, ALARM_KIND_CLOCK_OFF}};
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
		stage_observe(stage, "b", pairs[i].sign, true);
		stage_settle(stage);
		assert_true(stage_alarm(stage, pairs[i].kind, "b"));
		stage_observe(stage, "b", pairs[i].sign, false);
		stage_pass(stage, 1999);
		assert_true(stage_alarm(stage, pairs[i].kind, "b"));
		stage_pass(stage, 1);
		assert_int_equal(open_alarms(stage), 0);
	}
	stage_destroy(stage);
}

static void test_degraded(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	stage_media(stage, "a", MEDIA_STATE_DEGRADED);
	stage_pass(stage, LOST_GRACE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_MEDIA_DEGRADED, "a"));
	must(stage_bar(stage, "a", true)); /* out by our own hand */
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

static void test_relay_lost(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_relay(stage, LINK_STATE_LOST);
	stage_pass(stage, RELAY_LOST_GRACE_SPAN_MS - 1);
	assert_int_equal(open_alarms(stage), 0);
	stage_relay(stage, LINK_STATE_ONLINE); /* it blinked */
	stage_pass(stage, RELAY_LOST_GRACE_SPAN_MS);
	assert_int_equal(open_alarms(stage), 0);
	stage_relay(stage, LINK_STATE_LOST);
	stage_pass(stage, RELAY_LOST_GRACE_SPAN_MS - 1);
	assert_int_equal(open_alarms(stage), 0);
	stage_pass(stage, 1);
	assert_true(stage_alarm(stage, ALARM_KIND_RELAY_LOST, NULL));
	stage_media(stage, "a", MEDIA_STATE_SILENT); /* frozen */
	assert_int_equal(mtg_site_by_id(stage->meeting, "a")->media, MEDIA_STATE_GOOD);
	assert_string_equal(stage_on_air(stage), "a1");
	stage_relay(stage, LINK_STATE_ONLINE);
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_media(stage, "a", MEDIA_STATE_SILENT);
	assert_string_equal(stage_on_air(stage), "");
	stage_destroy(stage);
}

static void spare(struct stage *stage, bool waiting)
{
	struct cmd_site_spare *in = &stage_begin(stage, ROLE_SYSTEM, CMD_SITE_SPARE)->site_spare;

	strcpy(in->site, "a");
	in->waiting = waiting;
	in->has_instance = waiting;
	memset(in->instance, 'f', INSTANCE_ID_CHARS);
	must(stage_give(stage));
}

static int add_owing(struct stage *stage, const char *id, uint32_t number, const char *due)
{
	struct cmd_site_add *in = &stage_begin(stage, ROLE_SYSTEM, CMD_SITE_ADD)->site_add;

	strcpy(in->site, id);
	strcpy(in->name, id);
	strcpy(in->short_code, "X");
	strcpy(in->region, "Region");
	in->number = number;
	in->kind = SITE_KIND_REMOTE;
	in->has_documents_due = true;
	strcpy(in->documents_due, due);
	return stage_give(stage);
}

static void sign_documents(struct stage *stage, const char *site, bool done)
{
	struct cmd_site_sign *in = &stage_begin(stage, ROLE_TECHNICIAN, CMD_SITE_SIGN)->site_sign;

	strcpy(in->site, site);
	in->step = READINESS_STEP_DOCUMENTS_IN;
	in->done = done;
	must(stage_give(stage));
	stage_settle(stage);
}

/* One alarm for all, from the end of the first day that passed until the last has sent its own. */
static void test_documents_late(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_rehearse(stage);
	assert_int_equal(add_owing(stage, "e", 11, "2022-07-32"), REFUSAL_INVALID);
	must(add_owing(stage, "e", 11, "2022-07-14"));
	must(add_owing(stage, "f", 12, "2022-07-13"));
	must(add_owing(stage, "g", 13, "2022-07-12"));
	must(add_owing(stage, "h", 14, "2022-07-15"));
	must(stage_bar(stage, "g", true));
	sign_documents(stage, "f", true);
	assert_int_equal(open_alarms(stage), 0);
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 1);
	assert_true(stage_alarm(stage, ALARM_KIND_DOCUMENT_LATE, NULL));
	sign_documents(stage, "e", true);
	assert_int_equal(open_alarms(stage), 0);
	sign_documents(stage, "f", false);
	assert_true(stage_alarm(stage, ALARM_KIND_DOCUMENT_LATE, NULL));
	sign_documents(stage, "f", true);
	stage->now.wall.ms += DAY_MS; /* a clock set wrong makes nobody late */
	stage_settle(stage);
	stage_pass(stage, 16 * HOUR_MS + HOUR_MS / 2 - 1); /* from half past seven */
	assert_int_equal(open_alarms(stage), 0);
	stage_pass(stage, 1);
	assert_int_equal(open_alarms(stage), 1);
	must(stage_bar(stage, "h", true));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

static void test_spare(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	assert_int_equal(
		stage_do(stage, ROLE_TECHNICIAN, CMD_SITE_PROMOTE, "a"), REFUSAL_WRONG_STATE);
	spare(stage, true);
	stage_settle(stage);
	assert_true(stage_alarm(stage, ALARM_KIND_SPARE_WAITING, "a"));
	must(stage_do(stage, ROLE_TECHNICIAN, CMD_SITE_PROMOTE, "a"));
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	assert_int_equal(mtg_site_by_id(stage->meeting, "a")->instance[0], 'f');
	stage_destroy(stage);
}

static void acknowledge(struct stage *stage, uint64_t alarm, int expected)
{
	stage_begin(stage, ROLE_TECHNICIAN, CMD_ALARM_ACKNOWLEDGE)->alarm_acknowledge.alarm = alarm;
	assert_int_equal(stage_give(stage), expected);
}

static void test_acknowledge(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	stage_observe(stage, "a", SIGN_CLOCK_OFF, true);
	stage_settle(stage);
	acknowledge(stage, 7, REFUSAL_NOT_FOUND);
	acknowledge(stage, 1, 0);
	acknowledge(stage, 1, REFUSAL_ALREADY);
	assert_true(mtg_alarm(stage->meeting, 0)->acknowledged);
	assert_int_equal(mtg_alarm(stage->meeting, 0)->acknowledged_by.role, ROLE_TECHNICIAN);
	stage_destroy(stage);
}

static void acknowledge_all(struct stage *stage, enum alarm_kind kind, uint64_t last, int expected)
{
	struct cmd_alarm_acknowledge *in =
		&stage_begin(stage, ROLE_TECHNICIAN, CMD_ALARM_ACKNOWLEDGE)->alarm_acknowledge;

	in->alarm = last;
	in->has_kind = true;
	in->kind = kind;
	assert_int_equal(stage_give(stage), expected);
}

static size_t acknowledged(const struct stage *stage)
{
	size_t n = 0;

	for (size_t i = 0; i < mtg_alarm_count(stage->meeting); i++) {
		n += mtg_alarm(stage->meeting, i)->acknowledged;
	}
	return n;
}

/* One that was raised after the last that the operator saw is not acknowledged with it. */
static void test_acknowledge_all_of_a_kind(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_assemble(stage);
	acknowledge_all(stage, ALARM_KIND_CLOCK_OFF, 1, REFUSAL_NOT_FOUND);
	stage_observe(stage, "a", SIGN_CLOCK_OFF, true);
	stage_settle(stage);
	stage_observe(stage, "b", SIGN_PICTURE_BLACK, true);
	stage_settle(stage);
	stage_observe(stage, "b", SIGN_CLOCK_OFF, true);
	stage_settle(stage);
	stage_observe(stage, "c", SIGN_CLOCK_OFF, true);
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 4);
	acknowledge_all(stage, ALARM_KIND_CLOCK_OFF, 5, REFUSAL_NOT_FOUND); /* there is no such */
	acknowledge_all(stage, ALARM_KIND_CLOCK_OFF, 3, 0);
	assert_int_equal(acknowledged(stage), 2);
	assert_true(mtg_alarm_by_number(stage->meeting, 1)->acknowledged);
	assert_false(mtg_alarm_by_number(stage->meeting, 2)->acknowledged);
	assert_true(mtg_alarm_by_number(stage->meeting, 3)->acknowledged);
	acknowledge_all(stage, ALARM_KIND_CLOCK_OFF, 3, REFUSAL_ALREADY);
	stage_observe(stage, "c", SIGN_CLOCK_OFF, false); /* the last is gone, the rest is meant */
	stage_pass(stage, 3000);
	stage_observe(stage, "d", SIGN_CLOCK_OFF, true);
	stage_settle(stage);
	acknowledge_all(stage, ALARM_KIND_PICTURE_BLACK, 4, 0);
	assert_int_equal(acknowledged(stage), 3);
	acknowledge_all(stage, ALARM_KIND_UNSET, 4, REFUSAL_INVALID);
	stage_destroy(stage);
}

/* More sites than a batch has room for, lost at once: several ticks, each of some use. */
static void test_all_lost_at_once(void **state)
{
	struct stage *stage = stage_create();
	char id[8] = "s00";

	(void)state;
	stage_meeting(stage, 1);
	for (uint32_t i = 0; i < 63; i++) {
		id[1] = (char)('0' + i / 10);
		id[2] = (char)('0' + i % 10);
		stage_add_site(stage, id, i + 2, false);
		stage_link(stage, id, LINK_STATE_ONLINE);
	}
	must(stage_op(stage, CMD_MEETING_ASSEMBLE, NULL));
	for (int i = 0; i < 63; i++) {
		stage_link(stage, mtg_site(stage->meeting, i)->id, LINK_STATE_LOST);
	}
	stage_pass(stage, LOST_GRACE_SPAN_MS);
	assert_int_equal(open_alarms(stage), 63);
	acknowledge_all(stage, ALARM_KIND_SITE_LOST, 63, 0);
	assert_int_equal(acknowledged(stage), 63);
	for (int i = 0; i < 63; i++) {
		stage_link(stage, mtg_site(stage->meeting, i)->id, LINK_STATE_ONLINE);
	}
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	stage_destroy(stage);
}

/* Thousands of sites lost at once fill the table; what nobody can do without is still raised. */
static void test_more_alarms_than_there_is_room_for(void **state)
{
	struct stage *stage = stage_create();
	char id[16];

	(void)state;
	stage_start_talks(stage);
	for (uint32_t i = 0; i < ALARMS_MAX + 10; i++) {
		snprintf(id, sizeof(id), "s%u", i);
		stage_add_site(stage, id, 100 + i, false);
		stage_observe(stage, id, SIGN_CLOCK_OFF, true);
	}
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), ALARMS_MAX - ALARMS_URGENT);
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	must(stage_mute(stage, "a", true));
	stage_relay(stage, LINK_STATE_LOST);
	stage_link(stage, "hn", LINK_STATE_LOST);
	must(stage_op(stage, CMD_TURN_CUE, "b1"));
	stage_pass(stage, ACKNOWLEDGE_SPAN_MS);
	assert_true(stage_alarm(stage, ALARM_KIND_ON_AIR_UNHEARD, "a"));
	assert_true(stage_alarm(stage, ALARM_KIND_RELAY_LOST, NULL));
	assert_true(stage_alarm(stage, ALARM_KIND_MAIN_VENUE_LOST, "hn"));
	assert_true(stage_alarm(stage, ALARM_KIND_UNACKNOWLEDGED_NEXT, "b"));
	assert_int_equal(open_alarms(stage), ALARMS_MAX - ALARMS_URGENT + 4);
	stage_destroy(stage);
}

static void resume(struct stage *stage)
{
	struct cmd_clock_resume *in =
		&stage_begin(stage, ROLE_SYSTEM, CMD_CLOCK_RESUME)->clock_resume;

	in->source = CLOCK_SOURCE_MONOTONIC;
	must(stage_give(stage));
}

/* The coordinator was down for two minutes of a five-minute speech. */
static void test_restart(void **state)
{
	struct stage *stage = stage_create();

	(void)state;
	stage_start_talks(stage);
	must(stage_mute(stage, "b", true));
	must(stage_site(stage, "d", CMD_TURN_REQUEST, "d"));
	must(stage_op(stage, CMD_FLOOR_TAKE, "a1"));
	stage_sleep(stage, 120000);
	resume(stage);
	stage_settle(stage);
	assert_int_equal(open_alarms(stage), 0);
	assert_string_equal(stage_on_air(stage), "a1");
	assert_int_equal(
		mtg_turn_spoken(mtg_turn_by_id(stage->meeting, "a1"), stage->now.at).ms, 120000);
	assert_int_equal(mtg_site_by_id(stage->meeting, "a")->link, LINK_STATE_LOST);
	assert_true(mtg_site_by_id(stage->meeting, "b")->muted);
	assert_true(mtg_has_raised_hand(stage->meeting, stage_index(stage, "d")));
	stage_pass(stage, LOST_GRACE_SPAN_MS - 1);
	assert_int_equal(open_alarms(stage), 0);
	stage_relay(stage, LINK_STATE_ONLINE);
	stage_link(stage, "a", LINK_STATE_ONLINE);
	stage_pass(stage, 1);
	assert_false(stage_alarm(stage, ALARM_KIND_RELAY_LOST, NULL));
	assert_false(stage_alarm(stage, ALARM_KIND_SITE_LOST, "a"));
	assert_true(stage_alarm(stage, ALARM_KIND_SITE_LOST, "b"));
	assert_true(stage_alarm(stage, ALARM_KIND_MAIN_VENUE_LOST, "hn"));
	assert_string_equal(stage_on_air(stage), "a1");
	stage_destroy(stage);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_quiet_meeting_has_none),
		cmocka_unit_test(test_site_lost),
		cmocka_unit_test(test_short_loss_is_no_alarm),
		cmocka_unit_test(test_absent_is_not_lost),
		cmocka_unit_test(test_only_while_gathered),
		cmocka_unit_test(test_silence_on_air),
		cmocka_unit_test(test_silence_in_waiting),
		cmocka_unit_test(test_silence_of_the_next),
		cmocka_unit_test(test_no_flapping),
		cmocka_unit_test(test_main_venue_lost),
		cmocka_unit_test(test_unheard),
		cmocka_unit_test(test_unseen),
		cmocka_unit_test(test_unacknowledged),
		cmocka_unit_test(test_alarm_of_an_earlier_call),
		cmocka_unit_test(test_stray_microphones),
		cmocka_unit_test(test_signs),
		cmocka_unit_test(test_degraded),
		cmocka_unit_test(test_relay_lost),
		cmocka_unit_test(test_documents_late),
		cmocka_unit_test(test_spare),
		cmocka_unit_test(test_acknowledge),
		cmocka_unit_test(test_acknowledge_all_of_a_kind),
		cmocka_unit_test(test_all_lost_at_once),
		cmocka_unit_test(test_more_alarms_than_there_is_room_for),
		cmocka_unit_test(test_restart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
