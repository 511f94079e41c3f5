/* The autopilot's next command for views given one by one. */
#include "coordinator/autopilot/autopilot.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct meeting_mirror mirror;
static struct autopilot autopilot;
static struct command command;
static struct instant now;

static struct wire_site_view site_views[2];
static struct wire_item_view item_views[4];
static struct wire_turn_view turn_views[3];

static void name(char *to, const char *text)
{
	snprintf(to, 32, "%s", text);
}

static void add_item(size_t index, const char *id, int minutes, const char *list)
{
	struct wire_item_view *item = &item_views[index];
	*item = (struct wire_item_view){.state = ITEM_STATE_PENDING,
		.has_planned_length = minutes > 0,
		.planned_length = {minutes * 60000},
		.n_lists = list ? 1 : 0};
	name(item->item, id);
	if (list) {
		name(item->lists[0], list);
	}
}

static void add_turn(size_t index, const char *id, const char *site)
{
	struct wire_turn_view *turn = &turn_views[index];
	*turn = (struct wire_turn_view){
		.state = TURN_STATE_WAITING, .approved = true, .allowance = {600000}};
	name(turn->turn, id);
	name(turn->list, "list");
	name(turn->site, site);
}

/* Two sites; opening, discussion cut by a break, discussion again; three turns of ten minutes. */
static int begin(void **state)
{
	(void)state;
	autopilot = (struct autopilot){0};
	now.ms = 100000;
	for (size_t i = 0; i < 2; i++) {
		site_views[i] = (struct wire_site_view){.link = LINK_STATE_ONLINE,
			.media = MEDIA_STATE_GOOD,
			.number = (uint32_t)i};
		name(site_views[i].site, i ? "b" : "a");
	}
	add_item(0, "opening", 10, NULL);
	add_item(1, "first", 25, "list");
	add_item(2, "break", 15, NULL);
	add_item(3, "second", 20, "list");
	add_turn(0, "t1", "a");
	add_turn(1, "t2", "b");
	add_turn(2, "t3", "b");
	mirror = (struct meeting_mirror){.sites = site_views,
		.n_sites = 2,
		.items = item_views,
		.n_items = 4,
		.turns = turn_views,
		.n_turns = 3};
	mirror.meeting.speed = 60;
	mirror.meeting.state = MEETING_STATE_LIVE;
	return 0;
}

static enum autopilot_verdict next(void)
{
	return autopilot_next(&autopilot, &mirror, now, &command);
}

static void assert_asks(enum command_name wanted)
{
	assert_int_equal(next(), AUTOPILOT_SEND);
	assert_int_equal(command.name, wanted);
}

static void assemble_gather_and_open(void **state)
{
	(void)state;
	mirror.meeting.state = MEETING_STATE_DRAFT;
	site_views[0].has_documents_due = true;
	assert_asks(CMD_SITE_SIGN);
	assert_string_equal(command.site_sign.site, site_views[0].site);
	assert_int_equal(command.site_sign.step, READINESS_STEP_DOCUMENTS_IN);
	site_views[0].steps[site_views[0].n_steps++].step = READINESS_STEP_DOCUMENTS_IN;
	assert_asks(CMD_MEETING_ASSEMBLE);
	mirror.meeting.state = MEETING_STATE_ASSEMBLING;
	site_views[1].media = MEDIA_STATE_NONE;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	site_views[1].media = MEDIA_STATE_GOOD;
	mirror.meeting.preparation.has_post_due = true;
	site_views[0].has_posted = true;
	assert_asks(CMD_SITE_POST);
	assert_string_equal(command.site_post.site, site_views[1].site);
	assert_true(command.site_post.present);
	site_views[1].has_posted = true;
	site_views[1].missing[site_views[1].n_missing++] = READINESS_STEP_CHECKLIST;
	assert_asks(CMD_SITE_SIGN);
	assert_int_equal(command.site_sign.step, READINESS_STEP_CHECKLIST);
	site_views[1].n_missing = 0;
	static const enum readiness_step steps[] = {
		READINESS_STEP_LINE_TESTED, READINESS_STEP_ROLL_CALLED, READINESS_STEP_SEATED};
	for (size_t s = 0; s < 3; s++) {
		for (size_t i = 0; i < 2; i++) {
			assert_asks(CMD_SITE_SIGN);
			assert_string_equal(command.site_sign.site, site_views[i].site);
			assert_int_equal(command.site_sign.step, steps[s]);
			site_views[i].steps[site_views[i].n_steps++].step = steps[s];
		}
	}
	assert_asks(CMD_MEETING_OPEN);
}

static void missing_sites_end_its_patience(void **state)
{
	(void)state;
	mirror.meeting.state = MEETING_STATE_ASSEMBLING;
	site_views[1].link = LINK_STATE_LOST;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms += AUTOPILOT_GATHER_MS + 1;
	assert_int_equal(next(), AUTOPILOT_FAILED);
	assert_non_null(strstr(autopilot.failure, "2 sites expected, 1 online"));
	autopilot = (struct autopilot){.sites_wanted = 1};
	assert_asks(CMD_SITE_SIGN);
}

static void item_without_turns_takes_its_scaled_time(void **state)
{
	(void)state;
	assert_asks(CMD_ITEM_START);
	assert_string_equal(command.item_start.item, "opening");
	item_views[0].state = ITEM_STATE_ACTIVE;
	item_views[0].has_started = true;
	item_views[0].started = now;
	now.ms += 9999;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms += 1;
	assert_asks(CMD_ITEM_FINISH);
}

static void activate(size_t item)
{
	for (size_t i = 0; i < 4; i++) {
		item_views[i].state = i < item ? ITEM_STATE_DONE : ITEM_STATE_PENDING;
	}
	item_views[item].state = ITEM_STATE_ACTIVE;
	item_views[item].has_started = true;
	item_views[item].started = now;
}

static void ceremony_is_stepped_in_equal_shares(void **state)
{
	(void)state;
	activate(0);
	item_views[0].has_started = true;
	item_views[0].started = now;
	mirror.ceremony = (struct wire_ceremony_view){
		.has_item = true, .has_next = true, .has_total = true, .total = 2};
	name(mirror.ceremony.next, "k1");
	assert_asks(CMD_ACT_SHOW);
	assert_string_equal(command.act_show.act, "k1");
	mirror.ceremony.has_shown = true;
	name(mirror.ceremony.shown, "k1");
	name(mirror.ceremony.next, "k2");
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms += 4999; /* of ten minutes, sixty times faster, in two shares */
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms += 1;
	assert_asks(CMD_ACT_SHOW);
	assert_string_equal(command.act_show.act, "k2");
	name(mirror.ceremony.shown, "k2");
	mirror.ceremony.has_next = false;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms += 5000;
	assert_asks(CMD_ACT_FINISH);
	assert_string_equal(command.act_finish.act, "k2");
	mirror.ceremony.has_shown = false;
	assert_asks(CMD_ITEM_FINISH);
}

static void set_cued(size_t turn)
{
	turn_views[turn].state = TURN_STATE_CUED;
	mirror.floor.has_cued = true;
	memcpy(mirror.floor.cued, turn_views[turn].turn, sizeof(mirror.floor.cued));
}

static void set_on_air(size_t turn)
{
	turn_views[turn].state = TURN_STATE_ON_AIR;
	mirror.floor = (struct wire_floor_view){.has_turn = true,
		.has_taken = true,
		.taken = now,
		.has_timer = true,
		.timer = {.allowance = {10000}, .has_since = true, .since = now}};
	memcpy(mirror.floor.turn, turn_views[turn].turn, sizeof(mirror.floor.turn));
}

static void set_done(size_t turn)
{
	turn_views[turn].state = TURN_STATE_DONE;
	mirror.floor.has_turn = false;
	mirror.floor.has_timer = false;
}

static void turn_is_cued_acknowledged_taken_released(void **state)
{
	(void)state;
	activate(1);
	assert_asks(CMD_TURN_CUE);
	assert_string_equal(command.turn_cue.turn, "t1");
	set_cued(0);
	assert_int_equal(next(), AUTOPILOT_WAIT);
	turn_views[0].acknowledged = true;
	assert_asks(CMD_FLOOR_TAKE);
	set_on_air(0);
	assert_asks(CMD_TURN_CUE); /* the next, while the first speaks */
	assert_string_equal(command.turn_cue.turn, "t2");
	set_cued(1);
	turn_views[1].acknowledged = true;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms += 10000 - AUTOPILOT_RELEASE_EARLY_MS;
	assert_asks(CMD_FLOOR_RELEASE);
	assert_string_equal(command.floor_release.turn, "t1");
}

static void silence_is_answered_by_telephone(void **state)
{
	(void)state;
	activate(1);
	set_cued(0);
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms += AUTOPILOT_CALL_MS;
	assert_asks(CMD_TURN_ACKNOWLEDGE);
	assert_string_equal(command.turn_acknowledge.turn, "t1");
}

static void take_keeps_its_distance(void **state)
{
	(void)state;
	activate(1);
	set_cued(1);
	turn_views[1].acknowledged = true;
	mirror.floor.has_taken = true;
	mirror.floor.taken.ms = now.ms - AUTOPILOT_TAKE_GUARD_MS + 1;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms++;
	assert_asks(CMD_FLOOR_TAKE);
}

static void site_without_media_is_waited_for_then_absent(void **state)
{
	(void)state;
	activate(1);
	set_cued(0);
	turn_views[0].acknowledged = true;
	site_views[0].media = MEDIA_STATE_SILENT;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	now.ms += AUTOPILOT_STUCK_MS;
	assert_asks(CMD_TURN_ABSENT);
}

static void list_is_cut_by_the_break(void **state)
{
	(void)state;
	activate(1); /* 25 minutes: two speeches of ten fit, the third comes after the break */
	for (size_t i = 0; i < 2; i++) {
		set_on_air(i);
		next();
		set_done(i);
		mirror.floor.has_cued = false;
	}
	assert_asks(CMD_ITEM_FINISH);
	assert_string_equal(command.item_finish.item, "first");
	activate(3);
	assert_asks(CMD_TURN_CUE);
	assert_string_equal(command.turn_cue.turn, "t3");
	set_on_air(2);
	next();
	set_done(2);
	assert_asks(CMD_ITEM_FINISH);
}

static void interrupted_turn_is_resumed_when_it_can(void **state)
{
	(void)state;
	activate(1);
	turn_views[0].state = TURN_STATE_INTERRUPTED;
	site_views[0].media = MEDIA_STATE_SILENT;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	site_views[0].media = MEDIA_STATE_GOOD;
	assert_asks(CMD_FLOOR_RESUME);
}

static void everything_done_closes(void **state)
{
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		item_views[i].state = ITEM_STATE_DONE;
	}
	assert_asks(CMD_MEETING_CLOSE);
	mirror.meeting.state = MEETING_STATE_CLOSED;
	assert_int_equal(next(), AUTOPILOT_DONE);
}

static struct wire_vote_view *with_vote(void)
{
	static struct wire_vote_view vote;

	vote = (struct wire_vote_view){
		.state = VOTE_STATE_PLANNED, .has_item = true, .sites = 2, .opened = now};
	name(vote.vote, "v");
	name(vote.item, item_views[0].item);
	mirror.votes = &vote;
	mirror.n_votes = 1;
	return &vote;
}

/* Of its item, when the time of the item is over; nothing ends over it. */
static void vote_is_opened_waited_for_and_closed(void **state)
{
	(void)state;
	struct wire_vote_view *vote = with_vote();
	mirror.meeting.state = MEETING_STATE_LIVE;
	item_views[0].state = ITEM_STATE_ACTIVE;
	assert_int_equal(next(), AUTOPILOT_SEND);
	assert_int_equal(command.name, CMD_VOTE_OPEN);
	assert_string_equal(command.vote_open.vote, "v");
	vote->state = VOTE_STATE_OPEN;
	vote->counted = 1;
	assert_int_equal(next(), AUTOPILOT_WAIT);
	vote->counted = 2;
	assert_int_equal(next(), AUTOPILOT_SEND);
	assert_int_equal(command.name, CMD_VOTE_CLOSE);
	vote->counted = 1;
	now.ms += AUTOPILOT_VOTE_MS;
	assert_int_equal(next(), AUTOPILOT_SEND);
	assert_int_equal(command.name, CMD_VOTE_CLOSE);
	vote->state = VOTE_STATE_CLOSED;
	assert_int_equal(next(), AUTOPILOT_SEND);
	assert_int_equal(command.name, CMD_ITEM_FINISH);
}

static void mirror_follows_updates(void **state)
{
	(void)state;
	struct wire_snapshot snapshot = {.seq = 5,
		.sites = site_views,
		.n_sites = 2,
		.items = item_views,
		.n_items = 4,
		.turns = turn_views,
		.n_turns = 3};
	static const char order[][TURN_ID_SIZE] = {"t3", "t1", "t2"};
	struct wire_turn_view changed = turn_views[1];
	struct wire_alarm_view alarms[2] = {{.alarm = 1}, {.alarm = 2}};
	struct meeting_mirror held = {0};
	assert_int_equal(meeting_mirror_take_snapshot(&held, &snapshot), 0);
	changed.state = TURN_STATE_DONE;
	struct wire_update update = {.seq = 6,
		.turns = &changed,
		.n_turns = 1,
		.alarms = alarms,
		.n_alarms = 2,
		.has_turn_order = true,
		.turn_order = order,
		.n_turn_order = 3};
	assert_int_equal(meeting_mirror_take_update(&held, &update), 0);
	assert_int_equal(
		meeting_mirror_take_update(&held, &update), 0); /* repeating it changes nothing */
	assert_int_equal(held.seq, 6);
	assert_int_equal(held.n_turns, 3);
	assert_int_equal(held.n_alarms, 2);
	assert_string_equal(held.turns[0].turn, "t3");
	assert_string_equal(held.turns[2].turn, "t2");
	assert_int_equal(meeting_mirror_turn(&held, "t2")->state, TURN_STATE_DONE);
	assert_null(meeting_mirror_turn(&held, "t9"));
	assert_int_equal(meeting_mirror_online(&held), 2);
	meeting_mirror_finish(&held);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(assemble_gather_and_open, begin),
		cmocka_unit_test_setup(missing_sites_end_its_patience, begin),
		cmocka_unit_test_setup(item_without_turns_takes_its_scaled_time, begin),
		cmocka_unit_test_setup(ceremony_is_stepped_in_equal_shares, begin),
		cmocka_unit_test_setup(turn_is_cued_acknowledged_taken_released, begin),
		cmocka_unit_test_setup(silence_is_answered_by_telephone, begin),
		cmocka_unit_test_setup(take_keeps_its_distance, begin),
		cmocka_unit_test_setup(site_without_media_is_waited_for_then_absent, begin),
		cmocka_unit_test_setup(list_is_cut_by_the_break, begin),
		cmocka_unit_test_setup(interrupted_turn_is_resumed_when_it_can, begin),
		cmocka_unit_test_setup(everything_done_closes, begin),
		cmocka_unit_test_setup(vote_is_opened_waited_for_and_closed, begin),
		cmocka_unit_test_setup(mirror_follows_updates, begin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
