/* The session of an endpoint: desired states and requests in, actions and commands out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/line_probe.h"
#include "endpoint/session.h"

#define INSTANCE "0123456789abcdef0123456789abcdef"
#define RELAY "fedcba9876543210fedcba9876543210"

struct scene {
	struct ep_session session;
	struct ep_actions actions;
	struct wire_site_desired desired;
};

static struct scene *set(void **state)
{
	return *state;
}

static int begin(void **state)
{
	struct scene *scene = calloc(1, sizeof(*scene));
	struct wire_welcome *welcome = calloc(1, sizeof(*welcome));
	welcome->at.ms = 500000;
	ep_session_init(&scene->session, "ha-giang", INSTANCE);
	ep_session_welcome(&scene->session, welcome, 1000, &scene->actions);
	scene->desired = (struct wire_site_desired){.version = 1,
		.number = 2,
		.name = "Hà Giang",
		.meeting = MEETING_STATE_LIVE,
		.n_title_lines = 1,
		.title_lines = {"HỘI NGHỊ"},
		.tally = TALLY_OFF,
		.uplink = {UPLINK_LEVEL_PREVIEW, UPLINK_LEVEL_OFF, true},
		.receive = {SLOT_PROGRAM, SLOT_VOICE0},
		.n_receive = 2,
		.scene = {.layout = LAYOUT_SOLO, .n_panes = 1, .panes = {{.slot = SLOT_PROGRAM}}},
		.has_relay = true,
		.relay = {.instance = RELAY, .n_addresses = 1, .addresses = {"192.0.2.1:5004"}}};
	free(welcome);
	*state = scene;
	return 0;
}

static int finish(void **state)
{
	free(*state);
	return 0;
}

static void desire(struct scene *scene)
{
	ep_session_desired(&scene->session, &scene->desired, &scene->actions);
	scene->desired.version++;
}

static const struct ep_action *find(const struct scene *scene, enum ep_action_kind kind)
{
	for (size_t i = 0; i < scene->actions.n; i++) {
		if (scene->actions.list[i].kind == kind) {
			return &scene->actions.list[i];
		}
	}
	return NULL;
}

static size_t count(const struct scene *scene, enum ep_action_kind kind)
{
	size_t n = 0;
	for (size_t i = 0; i < scene->actions.n; i++) {
		n += scene->actions.list[i].kind == kind;
	}
	return n;
}

static int request(struct scene *scene, enum panel_action action, const char *text)
{
	struct panel_request said = {.action = action, .has_text = text != NULL};
	snprintf(said.text, sizeof(said.text), "%s", text ? text : "");
	return ep_session_request(&scene->session, &said, &scene->actions);
}

static void accept(struct scene *scene, const char *id, const char *turn)
{
	struct wire_accepted accepted = {.seq = 9, .has_turn = turn != NULL};
	snprintf(accepted.id, sizeof(accepted.id), "%s", id);
	snprintf(accepted.turn, sizeof(accepted.turn), "%s", turn ? turn : "");
	ep_session_accepted(&scene->session, &accepted);
}

static void first_desired_applies_everything(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	assert_non_null(find(scene, EP_ACTION_RELAY));
	assert_string_equal(find(scene, EP_ACTION_RELAY)->relay->instance, RELAY);
	assert_int_equal(count(scene, EP_ACTION_JOIN), 2);
	assert_int_equal(find(scene, EP_ACTION_CAMERA)->level, UPLINK_LEVEL_PREVIEW);
	assert_int_equal(find(scene, EP_ACTION_CONTENT)->level, UPLINK_LEVEL_OFF);
	assert_true(find(scene, EP_ACTION_VOICE)->voice.open);
	assert_int_equal(find(scene, EP_ACTION_SCENE)->scene->layout, LAYOUT_SOLO);
	assert_null(find(scene, EP_ACTION_CAPTION)->caption);
	assert_non_null(find(scene, EP_ACTION_SLATE));
}

static void same_desired_changes_nothing(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	desire(scene);
	assert_int_equal(count(scene, EP_ACTION_VOICE), 1);
	assert_int_equal(scene->actions.n, 2);
	assert_non_null(find(scene, EP_ACTION_REPORT));
}

/* Rung once, and said to have been heard only where it was. */
static void another_bell_is_rung(void **state)
{
	struct scene *scene = set(state);
	struct ep_media_state media = {0};
	struct wire_site_report report;
	desire(scene);
	assert_null(find(scene, EP_ACTION_BELL));
	scene->desired.has_bell = true;
	scene->desired.bell = (struct bell_brief){7, BELL_REASON_BREAK_OVER, {500000}};
	desire(scene);
	assert_int_equal(find(scene, EP_ACTION_BELL)->bell->bell, 7);
	ep_session_report(&scene->session, &media, &report);
	assert_false(report.has_bell);
	ep_session_sounded(&scene->session, 7);
	ep_session_report(&scene->session, &media, &report);
	assert_true(report.has_bell && report.bell == 7);
	desire(scene);
	assert_null(find(scene, EP_ACTION_BELL));
}

/* By the centre's clock: at 1000 here it was 500000 there. */
static void a_pause_is_counted_down_by_the_centres_clock(void **state)
{
	struct scene *scene = set(state);
	struct ep_media_state media = {0};
	struct panel_state page;
	struct span left;
	desire(scene);
	assert_false(ep_session_countdown(&scene->session, 1000, &left));
	scene->desired.has_pause = true;
	scene->desired.pause =
		(struct pause_brief){ITEM_KIND_BREAK, true, {560000}, true, {530000}};
	desire(scene);
	assert_non_null(find(scene, EP_ACTION_SLATE));
	assert_true(ep_session_countdown(&scene->session, 1000, &left));
	assert_int_equal(left.ms, 60000);
	assert_true(ep_session_countdown(&scene->session, 31500, &left));
	assert_int_equal(left.ms, 29500);
	assert_true(ep_session_countdown(&scene->session, 99000, &left));
	assert_int_equal(left.ms, 0);
	ep_session_panel(&scene->session, &media, 11000, &page);
	assert_true(page.has_pause && page.pause.has_left && page.pause.has_bell);
	assert_int_equal(page.pause.left.ms, 50000);
	assert_int_equal(page.pause.bell.ms, 20000);
	assert_false(page.has_bell);
	scene->desired.pause.ends.ms += 60000; /* it moves, and the slate stands */
	scene->desired.has_bell = true;
	scene->desired.bell = (struct bell_brief){1, BELL_REASON_BREAK_ENDING, {510000}};
	desire(scene);
	assert_null(find(scene, EP_ACTION_SLATE));
	ep_session_panel(&scene->session, &media, 11000, &page);
	assert_true(page.has_bell && page.bell == BELL_REASON_BREAK_ENDING);
	ep_session_panel(&scene->session, &media, 11000 + 15000, &page);
	assert_false(page.has_bell);
}

/* Slate and lower third are drawn anew: both look like the theme. */
static void a_theme_that_changes_is_drawn(void **state)
{
	struct scene *scene = set(state);
	scene->desired.has_lower_third = true;
	desire(scene);
	scene->desired.has_theme = true;
	scene->desired.theme = CARD_THEME_PLAIN;
	desire(scene);
	assert_int_equal(find(scene, EP_ACTION_SLATE)->slate->theme, CARD_THEME_PLAIN);
	assert_non_null(find(scene, EP_ACTION_CAPTION));
	desire(scene);
	assert_null(find(scene, EP_ACTION_SLATE));
	assert_null(find(scene, EP_ACTION_CAPTION));
}

static void only_differences_become_actions(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	scene->desired.receive[0] = SLOT_RETURN;
	scene->desired.scene.panes[0].slot = SLOT_RETURN;
	scene->desired.uplink.camera = UPLINK_LEVEL_FULL;
	scene->desired.tally = TALLY_ON_AIR;
	desire(scene);
	assert_int_equal(find(scene, EP_ACTION_LEAVE)->slot, SLOT_PROGRAM);
	assert_int_equal(find(scene, EP_ACTION_JOIN)->slot, SLOT_RETURN);
	assert_int_equal(find(scene, EP_ACTION_CAMERA)->level, UPLINK_LEVEL_FULL);
	assert_non_null(find(scene, EP_ACTION_SCENE));
	assert_null(find(scene, EP_ACTION_SLATE));
	assert_null(find(scene, EP_ACTION_RELAY));
	assert_null(find(scene, EP_ACTION_CONTENT));
}

static void the_caption_on_the_air_follows_an_edit(void **state)
{
	struct scene *scene = set(state);
	scene->desired.has_lower_third = true;
	strcpy(scene->desired.lower_third.name, "Cà Mau");
	strcpy(scene->desired.lower_third.unit, "Sở Y tê");
	desire(scene);
	strcpy(scene->desired.lower_third.unit, "Sở Y tế");
	desire(scene);
	assert_string_equal(find(scene, EP_ACTION_CAPTION)->caption->unit, "Sở Y tế");
	scene->desired.lower_third.has_speaker = true;
	strcpy(scene->desired.lower_third.speaker, "Phó Giám đốc");
	desire(scene);
	assert_string_equal(find(scene, EP_ACTION_CAPTION)->caption->speaker, "Phó Giám đốc");
	desire(scene);
	assert_null(find(scene, EP_ACTION_CAPTION));
}

static void everything_at_once_fits(void **state)
{
	struct scene *scene = set(state);
	scene->desired.n_receive = 0;
	desire(scene);
	scene->desired.n_receive = 8;
	for (size_t i = 0; i < 8; i++) {
		scene->desired.receive[i] = (enum slot)(SLOT_PROGRAM + i);
	}
	snprintf(scene->desired.name, sizeof(scene->desired.name), "khác");
	scene->desired.has_lower_third = true;
	scene->desired.scene.layout = LAYOUT_PIP;
	scene->desired.relay.instance[0] = '0';
	scene->desired.uplink.camera = UPLINK_LEVEL_FULL;
	scene->desired.uplink.content = UPLINK_LEVEL_FULL;
	desire(scene);
	assert_int_equal(count(scene, EP_ACTION_JOIN), 8);
	assert_true(scene->actions.n < EP_ACTIONS_MAX);
	assert_non_null(find(scene, EP_ACTION_REPORT));
}

static void lost_relay_is_kept_and_a_new_one_used(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	scene->desired.has_relay = false;
	desire(scene);
	assert_null(find(scene, EP_ACTION_RELAY));
	scene->desired.has_relay = true;
	desire(scene);
	assert_null(find(scene, EP_ACTION_RELAY));
	scene->desired.relay.instance[0] = '0';
	desire(scene);
	assert_non_null(find(scene, EP_ACTION_RELAY));
}

static void lost_control_changes_nothing(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	ep_session_down(&scene->session);
	struct panel_state page;
	struct ep_media_state media = {.playing = true};
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_false(page.connected);
	assert_string_equal(page.name, "Hà Giang");
	assert_true(scene->session.has_desired);
}

static void version_is_reached_when_the_picture_moves(void **state)
{
	struct scene *scene = set(state);
	struct ep_media_state media = {.playing = false, .level_dbfs = -20};
	desire(scene);
	ep_session_measured(&scene->session, &media, &scene->actions);
	struct wire_site_report report;
	ep_session_report(&scene->session, &media, &report);
	assert_int_equal(report.version, 0);
	media.playing = true;
	ep_session_measured(&scene->session, &media, &scene->actions);
	assert_non_null(find(scene, EP_ACTION_REPORT));
	ep_session_report(&scene->session, &media, &report);
	assert_int_equal(report.version, 1);
	ep_session_measured(&scene->session, &media, &scene->actions);
	assert_int_equal(scene->actions.n, 0);
}

static void keys_are_reported_for_their_relay(void **state)
{
	struct scene *scene = set(state);
	struct wire_site_report report;
	struct ep_media_state media = {0};
	ep_session_report(&scene->session, &media, &report);
	assert_false(report.has_key);
	ep_session_key(&scene->session, RELAY, "AAAA", &scene->actions);
	assert_non_null(find(scene, EP_ACTION_REPORT));
	ep_session_report(&scene->session, &media, &report);
	assert_true(report.has_key);
	assert_string_equal(report.key.relay, RELAY);
}

/* Another instance uses the site's name: when this one is active again, it makes a new key. */
static void a_spare_lets_the_relay_go(void **state)
{
	struct scene *scene = set(state);
	struct wire_welcome *welcome = calloc(1, sizeof(*welcome));
	desire(scene);
	ep_session_key(&scene->session, RELAY, "AAAA", &scene->actions);
	ep_session_welcome(&scene->session, welcome, 2000, &scene->actions);
	assert_null(find(scene, EP_ACTION_FORGET_RELAY));
	welcome->spare = true;
	ep_session_welcome(&scene->session, welcome, 3000, &scene->actions);
	assert_non_null(find(scene, EP_ACTION_FORGET_RELAY));
	struct wire_site_report report;
	struct ep_media_state media = {0};
	ep_session_report(&scene->session, &media, &report);
	assert_false(report.has_key);
	scene->desired.has_relay = false;
	desire(scene);
	assert_null(find(scene, EP_ACTION_RELAY));
	scene->desired.has_relay = true;
	desire(scene);
	assert_non_null(find(scene, EP_ACTION_RELAY));
	free(welcome);
}

/* The turn, the clock and who asks are of the machine that is on. */
static void a_spare_is_not_called_on_air(void **state)
{
	struct scene *scene = set(state);
	struct wire_welcome *welcome = calloc(1, sizeof(*welcome));
	struct panel_state page;
	struct ep_media_state media = {0};
	struct wire_site_desired *desired = &scene->desired;
	desired->tally = TALLY_ON_AIR;
	desired->seen = desired->heard = desired->has_timer = desired->hand = true;
	desired->has_items = desired->has_messages = true;
	desired->n_items = desired->n_messages = 1;
	desired->has_relay = false;
	struct wire_site_desired on = *desired;
	desired->uplink = (struct wire_uplink){UPLINK_LEVEL_OFF, UPLINK_LEVEL_OFF, false};
	desired->n_receive = 0;
	welcome->spare = true;
	ep_session_welcome(&scene->session, welcome, 3000, &scene->actions);
	desire(scene);
	ep_session_panel(&scene->session, &media, 4000, &page);
	assert_true(page.spare);
	assert_false(page.has_items || page.has_messages);
	assert_int_equal(page.n_items + page.n_messages, 0); /* or it could not be said at all */
	assert_int_equal(page.tally, TALLY_OFF);
	assert_false(page.seen || page.heard || page.own_clock || page.hand);
	assert_string_equal(page.name, "Hà Giang");
	*desired = on; /* it takes over, before any relay is there */
	desire(scene);
	ep_session_panel(&scene->session, &media, 5000, &page);
	assert_false(page.spare);
	assert_int_equal(page.tally, TALLY_ON_AIR);
	assert_true(page.seen && page.heard && page.own_clock && page.hand);
	free(welcome);
}

/* Only that revokes: without control, or while the centre knows no relay, media continue. */
static void a_relay_without_credential_is_let_go(void **state)
{
	struct scene *scene = set(state);
	scene->desired.has_relay_credential = true;
	strcpy(scene->desired.relay_credential, INSTANCE);
	desire(scene);
	scene->desired.has_relay = false;
	desire(scene);
	assert_null(find(scene, EP_ACTION_FORGET_RELAY));
	strcpy(scene->desired.relay_credential, RELAY);
	desire(scene);
	assert_non_null(find(scene, EP_ACTION_FORGET_RELAY));
	desire(scene);
	assert_null(find(scene, EP_ACTION_FORGET_RELAY));
	scene->desired.has_relay = true;
	desire(scene);
	assert_non_null(find(scene, EP_ACTION_RELAY));
}

static void mute_closes_at_once_and_is_told(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_MUTE, NULL), 0);
	assert_false(find(scene, EP_ACTION_VOICE)->voice.open);
	const struct wire_command *command = find(scene, EP_ACTION_COMMAND)->command;
	assert_int_equal(command->body.name, CMD_SITE_MUTE);
	assert_true(command->body.site_mute.muted);
	assert_string_equal(command->body.site_mute.site, "ha-giang");
	assert_int_equal(request(scene, PANEL_ACTION_MUTE, NULL), REFUSAL_ALREADY);
	accept(scene, command->id, NULL);
	scene->desired.muted = true;
	desire(scene);
	assert_null(find(scene, EP_ACTION_COMMAND));
	assert_false(find(scene, EP_ACTION_VOICE)->voice.open);
}

static void mute_survives_a_centre_that_forgot(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	request(scene, PANEL_ACTION_MUTE, NULL);
	accept(scene, scene->session.pending[0].command.id, NULL);
	ep_session_down(&scene->session);
	struct wire_welcome *welcome = calloc(1, sizeof(*welcome));
	ep_session_welcome(&scene->session, welcome, 5000, &scene->actions);
	free(welcome);
	scene->desired.muted = false;
	desire(scene);
	assert_non_null(find(scene, EP_ACTION_COMMAND));
	assert_true(scene->session.muted);
	assert_false(find(scene, EP_ACTION_VOICE)->voice.open);
}

/* A switch that was moved too often for the centre: its final position is reported. */
static void mute_that_was_refused_is_told_again(void **state)
{
	struct scene *scene = set(state);
	struct ep_media_state media = {0};
	struct wire_refused refused = {.code = REFUSAL_TOO_SOON, .has_id = true};
	int measured = 0;
	desire(scene);
	request(scene, PANEL_ACTION_MUTE, NULL);
	strcpy(refused.id, scene->session.pending[0].command.id);
	ep_session_refused(&scene->session, &refused);
	do {
		assert_true(++measured < 100);
		ep_session_measured(&scene->session, &media, &scene->actions);
	} while (!find(scene, EP_ACTION_COMMAND));
	assert_true(measured > 5);
	assert_true(find(scene, EP_ACTION_COMMAND)->command->body.site_mute.muted);
	accept(scene, scene->session.pending[0].command.id, NULL);
	ep_session_measured(&scene->session, &media, &scene->actions);
	assert_null(find(scene, EP_ACTION_COMMAND));
}

static void mute_of_an_earlier_run_is_taken_over(void **state)
{
	struct scene *scene = set(state);
	scene->desired.muted = true;
	desire(scene);
	assert_true(scene->session.muted);
	assert_false(find(scene, EP_ACTION_VOICE)->voice.open);
	assert_null(find(scene, EP_ACTION_COMMAND));
}

static void locked_closes_the_voice(void **state)
{
	struct scene *scene = set(state);
	scene->desired.microphone.locked = true;
	desire(scene);
	assert_false(find(scene, EP_ACTION_VOICE)->voice.open);
	assert_true(find(scene, EP_ACTION_VOICE)->voice.locked);
	scene->desired.microphone.locked = false;
	scene->desired.microphone.ducked = true;
	desire(scene);
	assert_true(find(scene, EP_ACTION_VOICE)->voice.open);
	assert_true(find(scene, EP_ACTION_VOICE)->voice.ducked);
}

static void a_call_opens_the_voice_and_is_shown(void **state)
{
	struct scene *scene = set(state);
	struct panel_state page;
	struct ep_media_state media = {0};

	scene->desired.meeting = MEETING_STATE_ASSEMBLING;
	scene->desired.uplink.voice = true;
	scene->desired.has_talkback = true;
	scene->desired.talkback.part = TALKBACK_PART_CALLED;
	desire(scene);
	assert_true(find(scene, EP_ACTION_VOICE)->voice.open);
	ep_session_panel(&scene->session, &media, 11000, &page);
	assert_true(page.has_talkback);
	assert_int_equal(page.talkback.part, TALKBACK_PART_CALLED);
	request(scene, PANEL_ACTION_MUTE, NULL);
	assert_false(find(scene, EP_ACTION_VOICE)->voice.open); /* the call opens no muted one */
	scene->desired.has_talkback = scene->desired.uplink.voice = false;
	desire(scene);
	ep_session_panel(&scene->session, &media, 11000, &page);
	assert_false(page.has_talkback);
}

static void the_ready_check_is_answered_once(void **state)
{
	struct scene *scene = set(state);
	struct panel_state page;
	struct ep_media_state media = {0};

	request(scene, PANEL_ACTION_ANSWER_READY, NULL);
	assert_int_equal(scene->session.refusal, REFUSAL_WRONG_STATE);
	scene->desired.has_ready = true;
	scene->desired.ready.due.ms = 60000;
	desire(scene);
	request(scene, PANEL_ACTION_ANSWER_READY, NULL);
	const struct ep_action *action = find(scene, EP_ACTION_COMMAND);
	assert_int_equal(action->command->body.name, CMD_READY_ANSWER);
	assert_string_equal(action->command->body.ready_answer.site, scene->session.site);
	ep_session_panel(&scene->session, &media, 11000, &page);
	assert_true(page.has_ready && !page.ready.answered);
	request(scene, PANEL_ACTION_ANSWER_READY, NULL);
	assert_int_equal(scene->session.refusal, REFUSAL_ALREADY);
}

static void the_line_is_measured_and_reported_once(void **state)
{
	struct scene *scene = set(state);
	struct line_probe probe = {0};
	struct line_figures figures;
	struct ep_media_state first = {.has_camera = true, .level_dbfs = -41},
			      last = {.has_camera = true,
				      .level_dbfs = -33,
				      .up = {.bytes = 250000, .expected = 1000, .lost = 5}};

	scene->desired.has_line_test = true;
	scene->desired.line_test.test = 7;
	assert_int_equal(
		line_probe_watch(&probe, &scene->desired, &first, 1000), LINE_PROBE_NOTHING);
	assert_int_equal(line_probe_watch(&probe, &scene->desired, &first, 6000), LINE_PROBE_SOUND);
	line_probe_sounded(&probe, true, 6000);
	assert_int_equal(
		line_probe_watch(&probe, &scene->desired, &last, 6500), LINE_PROBE_NOTHING);
	assert_int_equal(line_probe_watch(&probe, &scene->desired, &last, 11000), LINE_PROBE_DONE);
	line_probe_figures(&probe, &last, 11000, &figures);
	assert_true(figures.has_up && !figures.has_down && figures.has_echo_dbfs);
	assert_int_equal(figures.up.bits_per_second, 200000);
	assert_int_equal(figures.up.loss_permille, 5);
	assert_int_equal(figures.level_dbfs, -41);
	assert_int_equal(figures.echo_dbfs, -33);
	assert_int_equal(figures.picture, LINE_PICTURE_MOVING);
	ep_session_line_report(&scene->session, &figures, 120, &scene->actions);
	const struct ep_action *action = find(scene, EP_ACTION_COMMAND);
	assert_int_equal(action->command->body.name, CMD_LINE_TEST_REPORT);
	assert_int_equal(action->command->body.line_test_report.figures.clock_offset.ms, 120);
	assert_int_equal(
		line_probe_watch(&probe, &scene->desired, &last, 12000), LINE_PROBE_NOTHING);
	scene->desired.line_test.test = 9; /* again: from the begin */
	assert_int_equal(
		line_probe_watch(&probe, &scene->desired, &last, 13000), LINE_PROBE_NOTHING);
	assert_int_equal(probe.begun_ms, 13000);
}

static void hand_goes_up_once_and_down_by_its_turn(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_LOWER_HAND, NULL), REFUSAL_WRONG_STATE);
	assert_int_equal(request(scene, PANEL_ACTION_RAISE_HAND, "góp ý"), 0);
	const struct wire_command *command = find(scene, EP_ACTION_COMMAND)->command;
	assert_int_equal(command->body.name, CMD_TURN_REQUEST);
	assert_string_equal(command->body.turn_request.topic, "góp ý");
	assert_int_equal(request(scene, PANEL_ACTION_RAISE_HAND, NULL), REFUSAL_ALREADY);
	accept(scene, scene->session.pending[0].command.id, "t-77");
	scene->desired.hand = true;
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_RAISE_HAND, NULL), REFUSAL_ALREADY);
	assert_int_equal(request(scene, PANEL_ACTION_LOWER_HAND, NULL), 0);
	command = find(scene, EP_ACTION_COMMAND)->command;
	assert_int_equal(command->body.name, CMD_TURN_WITHDRAW);
	assert_string_equal(command->body.turn_withdraw.turn, "t-77");
}

static void a_hand_says_for_whom_it_is_raised(void **state)
{
	struct scene *scene = set(state);
	const struct panel_request asked = {.action = PANEL_ACTION_RAISE_HAND,
		.has_unit = true,
		.unit = "Sở Y tế",
		.has_speaker = true,
		.speaker = "Giám đốc"};

	desire(scene);
	assert_int_equal(ep_session_request(&scene->session, &asked, &scene->actions), 0);
	const struct cmd_turn_request *given =
		&find(scene, EP_ACTION_COMMAND)->command->body.turn_request;
	assert_true(given->has_unit && given->has_speaker && !given->has_topic);
	assert_string_equal(given->unit, "Sở Y tế");
	assert_string_equal(given->speaker, "Giám đốc");
}

static void a_hand_says_for_how_long_and_why(void **state)
{
	struct scene *scene = set(state);
	const struct panel_request asked = {.action = PANEL_ACTION_RAISE_HAND,
		.has_reply = true,
		.reply = true,
		.has_minutes = true,
		.minutes = 3};

	desire(scene);
	assert_int_equal(ep_session_request(&scene->session, &asked, &scene->actions), 0);
	const struct cmd_turn_request *given =
		&find(scene, EP_ACTION_COMMAND)->command->body.turn_request;
	assert_true(given->has_class && given->has_allowance);
	assert_int_equal(given->class, TURN_CLASS_REPLY);
	assert_int_equal(given->allowance.ms, 180000);
}

static void who_has_finished_says_so_once(void **state)
{
	struct scene *scene = set(state);
	struct panel_state page;
	struct ep_media_state media = {0};

	scene->desired.hands_closed = true;
	scene->desired.has_turn = true;
	strcpy(scene->desired.turn, "t-3");
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_FINISH_TURN, NULL), REFUSAL_WRONG_STATE);
	scene->desired.tally = TALLY_ON_AIR;
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_FINISH_TURN, NULL), 0);
	const struct wire_command *command = find(scene, EP_ACTION_COMMAND)->command;
	assert_int_equal(command->body.name, CMD_FLOOR_RELEASE);
	assert_string_equal(command->body.floor_release.turn, "t-3");
	assert_int_equal(request(scene, PANEL_ACTION_FINISH_TURN, NULL), REFUSAL_ALREADY);
	accept(scene, scene->session.pending[0].command.id, NULL);
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_int_equal(page.answered, PANEL_ACTION_FINISH_TURN);
	assert_true(page.has_hands_closed && page.hands_closed);
}

static void unanswered_commands_come_again_with_the_same_id(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	request(scene, PANEL_ACTION_RAISE_HAND, NULL);
	char id[COMMAND_ID_SIZE];
	snprintf(id, sizeof(id), "%s", find(scene, EP_ACTION_COMMAND)->command->id);
	ep_session_down(&scene->session);
	request(scene, PANEL_ACTION_SEND_MESSAGE, "mất tiếng");
	struct wire_welcome *welcome = calloc(1, sizeof(*welcome));
	ep_session_welcome(&scene->session, welcome, 5000, &scene->actions);
	free(welcome);
	assert_int_equal(count(scene, EP_ACTION_COMMAND), 2);
	assert_string_equal(find(scene, EP_ACTION_COMMAND)->command->id, id);
	accept(scene, id, "t-1");
	assert_int_equal(scene->session.n_pending, 1);
	assert_int_equal(scene->session.pending[0].command.body.name, CMD_MESSAGE_SEND);
}

static void a_request_is_called_done_when_the_centre_says_so(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	ep_session_down(&scene->session);
	request(scene, PANEL_ACTION_SEND_MESSAGE, "mất tiếng");
	struct panel_state page;
	struct ep_media_state media = {0};
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_false(page.has_answered);
	assert_int_equal(page.waiting, 1);
	assert_false(page.connected);
	accept(scene, scene->session.pending[0].command.id, NULL);
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_true(page.has_answered && !page.has_refusal);
	assert_int_equal(page.answered, PANEL_ACTION_SEND_MESSAGE);
	assert_int_equal(page.waiting, 0);
	request(scene, PANEL_ACTION_LOWER_HAND, NULL); /* there is none */
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_int_equal(page.answered, PANEL_ACTION_LOWER_HAND);
	assert_int_equal(page.refusal, REFUSAL_WRONG_STATE);
	request(scene, PANEL_ACTION_MUTE, NULL);
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_false(page.has_answered || page.has_refusal);
}

static void refusals_end_a_command_and_are_shown(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	request(scene, PANEL_ACTION_RAISE_HAND, NULL);
	struct wire_refused *refused = calloc(1, sizeof(*refused));
	refused->code = REFUSAL_WRONG_STATE;
	refused->has_id = true;
	memcpy(refused->id, scene->session.pending[0].command.id, sizeof(refused->id));
	ep_session_refused(&scene->session, refused);
	struct panel_state page;
	struct ep_media_state media = {0};
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_int_equal(page.waiting, 0);
	assert_int_equal(page.answered, PANEL_ACTION_RAISE_HAND);
	assert_int_equal(page.refusal, REFUSAL_WRONG_STATE);
	assert_false(page.hand);
	free(refused);
}

/* One that stood on beside the next turn would be taken for that turn's. */
static void an_answer_goes_as_the_turn_moves_and_in_time(void **state)
{
	struct scene *scene = set(state);
	struct panel_state page;
	struct ep_media_state media = {0};
	desire(scene);
	request(scene, PANEL_ACTION_LOWER_HAND, NULL); /* there is none */
	desire(scene);
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_int_equal(page.refusal, REFUSAL_WRONG_STATE);
	scene->desired.tally = TALLY_NEXT;
	desire(scene);
	ep_session_panel(&scene->session, &media, 2000, &page);
	assert_false(page.has_answered || page.has_refusal);
	request(scene, PANEL_ACTION_SEND_MESSAGE, "mất tiếng");
	accept(scene, scene->session.pending[0].command.id, NULL);
	int measured = 0;
	do {
		assert_true(++measured < 200);
		ep_session_measured(&scene->session, &media, &scene->actions);
		ep_session_panel(&scene->session, &media, 2000, &page);
	} while (page.has_answered);
	assert_true(measured > 20);
}

static void only_next_is_acknowledged(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_ACKNOWLEDGE, NULL), REFUSAL_WRONG_STATE);
	scene->desired.tally = TALLY_NEXT;
	scene->desired.has_turn = true;
	snprintf(scene->desired.turn, sizeof(scene->desired.turn), "t-5");
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_ACKNOWLEDGE, NULL), 0);
	assert_string_equal(
		find(scene, EP_ACTION_COMMAND)->command->body.turn_acknowledge.turn, "t-5");
	assert_int_equal(request(scene, PANEL_ACTION_ACKNOWLEDGE, NULL), REFUSAL_ALREADY);
}

static void a_hand_says_what_for_and_for_whom(void **state)
{
	struct scene *scene = set(state);
	struct panel_request said = {.action = PANEL_ACTION_RAISE_HAND,
		.has_text = true,
		.text = "góp ý",
		.has_unit = true,
		.unit = "Sở Y tế",
		.has_speaker = true,
		.speaker = "Giám đốc Sở"};
	desire(scene);
	assert_int_equal(ep_session_request(&scene->session, &said, &scene->actions), 0);
	const struct cmd_turn_request *asked =
		&find(scene, EP_ACTION_COMMAND)->command->body.turn_request;
	assert_string_equal(asked->topic, "góp ý");
	assert_string_equal(asked->unit, "Sở Y tế");
	assert_string_equal(asked->speaker, "Giám đốc Sở");
}

static void own_content_is_shown_on_air_alone_and_taken_off_at_any_time(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_SHOW_CONTENT, NULL), REFUSAL_WRONG_STATE);
	scene->desired.has_content_shown = true;
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_SHOW_CONTENT, NULL), REFUSAL_WRONG_STATE);
	scene->desired.tally = TALLY_ON_AIR;
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_HIDE_CONTENT, NULL), REFUSAL_ALREADY);
	assert_int_equal(request(scene, PANEL_ACTION_SHOW_CONTENT, NULL), 0);
	const struct wire_command *command = find(scene, EP_ACTION_COMMAND)->command;
	assert_string_equal(command->body.content_show.site, "ha-giang");
	assert_true(command->body.content_show.shown);
	assert_int_equal(request(scene, PANEL_ACTION_SHOW_CONTENT, NULL), REFUSAL_ALREADY);
	accept(scene, command->id, NULL);
	assert_int_equal(scene->session.answered, PANEL_ACTION_SHOW_CONTENT);
	scene->desired.content_shown = true;
	scene->desired.tally = TALLY_OFF;
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_HIDE_CONTENT, NULL), 0);
	assert_false(find(scene, EP_ACTION_COMMAND)->command->body.content_show.shown);
}

static void a_site_signs_its_two_steps_and_takes_them_back(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_UNSIGN_SEATED, NULL), REFUSAL_ALREADY);
	assert_int_equal(request(scene, PANEL_ACTION_SIGN_REGISTERED, NULL), 0);
	assert_int_equal(request(scene, PANEL_ACTION_SIGN_REGISTERED, NULL), REFUSAL_ALREADY);
	assert_int_equal(request(scene, PANEL_ACTION_SIGN_SEATED, NULL), 0);
	const struct wire_command *command = find(scene, EP_ACTION_COMMAND)->command;
	assert_int_equal(command->body.site_sign.step, READINESS_STEP_SEATED);
	assert_true(command->body.site_sign.done);
	accept(scene, command->id, NULL);
	assert_int_equal(scene->session.answered, PANEL_ACTION_SIGN_SEATED);
	scene->desired.has_seated = scene->desired.seated = true;
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_UNSIGN_SEATED, NULL), 0);
	assert_false(find(scene, EP_ACTION_COMMAND)->command->body.site_sign.done);
}

static int cast_numbers(struct scene *scene, uint32_t present)
{
	struct panel_request asked = {.action = PANEL_ACTION_CAST_VOTE,
		.has_count = true,
		.count = {.present = present, .cast = 20, .answers = {19, 1}, .n_answers = 2}};
	return ep_session_request(&scene->session, &asked, &scene->actions);
}

/* What was sent is put right by sending again; without a vote there is nothing to send. */
static void a_site_counts_and_counts_again(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	assert_int_equal(cast_numbers(scene, 20), REFUSAL_WRONG_STATE);
	assert_int_equal(request(scene, PANEL_ACTION_REPORT_VOTE, "a"), REFUSAL_WRONG_STATE);
	scene->desired.has_vote = true;
	scene->desired.vote =
		(struct vote_brief){.vote = "v", .method = VOTE_METHOD_BY_SITE, .n_options = 2};
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_CAST_VOTE, NULL), REFUSAL_INVALID);
	assert_int_equal(cast_numbers(scene, 20), 0);
	const struct wire_command *command = find(scene, EP_ACTION_COMMAND)->command;
	assert_int_equal(cast_numbers(scene, 20), REFUSAL_ALREADY);
	assert_int_equal(command->body.name, CMD_VOTE_CAST);
	assert_string_equal(command->body.vote_cast.vote, "v");
	assert_int_equal(command->body.vote_cast.count.answers[0], 19);
	accept(scene, command->id, NULL);
	assert_int_equal(scene->session.answered, PANEL_ACTION_CAST_VOTE);
	scene->desired.vote.ballots = 1;
	scene->desired.vote.has_count = true;
	desire(scene);
	assert_int_equal(cast_numbers(scene, 21), 0);
	command = find(scene, EP_ACTION_COMMAND)->command;
	assert_int_equal(command->body.name, CMD_VOTE_CORRECT);
	assert_int_equal(command->body.vote_correct.count.present, 21);
	accept(scene, command->id, NULL);
	assert_int_equal(request(scene, PANEL_ACTION_REPORT_VOTE, "Mất tiếng"), 0);
	assert_string_equal(
		find(scene, EP_ACTION_COMMAND)->command->body.vote_report.text, "Mất tiếng");
}

static void ballots_by_name_go_one_by_one(void **state)
{
	struct scene *scene = set(state);
	struct panel_request asked = {
		.action = PANEL_ACTION_CAST_VOTE, .has_voter = true, .voter = "Đại biểu 1"};
	scene->desired.has_vote = true;
	scene->desired.vote =
		(struct vote_brief){.vote = "v", .method = VOTE_METHOD_BY_NAME, .n_options = 2};
	desire(scene);
	assert_int_equal(
		ep_session_request(&scene->session, &asked, &scene->actions), REFUSAL_INVALID);
	asked.has_choice = true;
	asked.choice = 2;
	assert_int_equal(ep_session_request(&scene->session, &asked, &scene->actions), 0);
	const struct cmd_vote_cast *cast = &find(scene, EP_ACTION_COMMAND)->command->body.vote_cast;
	assert_string_equal(cast->voter, "Đại biểu 1");
	assert_int_equal(cast->choice, 2);
}

static void requests_are_bounded(void **state)
{
	struct scene *scene = set(state);
	desire(scene);
	assert_int_equal(request(scene, PANEL_ACTION_SEND_MESSAGE, NULL), REFUSAL_INVALID);
	for (int i = 0; i < EP_PENDING_MAX; i++) {
		assert_int_equal(request(scene, PANEL_ACTION_SEND_MESSAGE, "a"), 0);
	}
	assert_int_equal(request(scene, PANEL_ACTION_SEND_MESSAGE, "a"), REFUSAL_LIMIT);
}

static void time_is_taken_from_the_shortest_round_trip(void **state)
{
	struct scene *scene = set(state);
	struct wire_pong pong = {.at = {700000}};
	ep_session_pong(&scene->session, &pong, 10000, 10400);
	pong.at.ms = 800000;
	ep_session_pong(&scene->session, &pong, 20000, 20010);
	assert_int_equal(ep_session_round_trip_ms(&scene->session), 0);
	scene->session.n_samples = 0;
	scene->session.next_sample = 0;
	ep_session_pong(&scene->session, &pong, 20000, 20400);
	pong.at.ms = 900000;
	ep_session_pong(&scene->session, &pong, 30000, 30010);
	assert_int_equal(ep_session_round_trip_ms(&scene->session), 10);
	assert_int_equal(ep_session_server_ms(&scene->session, 30010), 900005);
}

static void countdown_runs_on_the_servers_time(void **state)
{
	struct scene *scene = set(state);
	scene->desired.has_timer = true;
	scene->desired.timer = (struct wire_timer){
		.spoken = {5000}, .allowance = {60000}, .has_since = true, .since = {500000}};
	desire(scene);
	struct panel_state page;
	struct ep_media_state media = {0};
	ep_session_panel(&scene->session, &media, 11000, &page);
	assert_true(page.has_left && page.running && page.own_clock);
	assert_int_equal(page.left.ms, 60000 - 5000 - 10000);
}

static void without_a_limit_nothing_is_left(void **state)
{
	struct scene *scene = set(state);
	scene->desired.has_timer = true;
	scene->desired.timer = (struct wire_timer){.has_since = true, .since = {500000}};
	desire(scene);
	struct panel_state page;
	struct ep_media_state media = {0};
	ep_session_panel(&scene->session, &media, 11000, &page);
	assert_true(!page.has_left && page.running && page.own_clock);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(first_desired_applies_everything, begin, finish),
		cmocka_unit_test_setup_teardown(same_desired_changes_nothing, begin, finish),
		cmocka_unit_test_setup_teardown(another_bell_is_rung, begin, finish),
		cmocka_unit_test_setup_teardown(
			a_pause_is_counted_down_by_the_centres_clock, begin, finish),
		cmocka_unit_test_setup_teardown(a_theme_that_changes_is_drawn, begin, finish),
		cmocka_unit_test_setup_teardown(only_differences_become_actions, begin, finish),
		cmocka_unit_test_setup_teardown(everything_at_once_fits, begin, finish),
		cmocka_unit_test_setup_teardown(
			the_caption_on_the_air_follows_an_edit, begin, finish),
		cmocka_unit_test_setup_teardown(
			lost_relay_is_kept_and_a_new_one_used, begin, finish),
		cmocka_unit_test_setup_teardown(lost_control_changes_nothing, begin, finish),
		cmocka_unit_test_setup_teardown(
			version_is_reached_when_the_picture_moves, begin, finish),
		cmocka_unit_test_setup_teardown(keys_are_reported_for_their_relay, begin, finish),
		cmocka_unit_test_setup_teardown(a_spare_lets_the_relay_go, begin, finish),
		cmocka_unit_test_setup_teardown(a_spare_is_not_called_on_air, begin, finish),
		cmocka_unit_test_setup_teardown(
			a_relay_without_credential_is_let_go, begin, finish),
		cmocka_unit_test_setup_teardown(mute_closes_at_once_and_is_told, begin, finish),
		cmocka_unit_test_setup_teardown(mute_survives_a_centre_that_forgot, begin, finish),
		cmocka_unit_test_setup_teardown(mute_that_was_refused_is_told_again, begin, finish),
		cmocka_unit_test_setup_teardown(
			mute_of_an_earlier_run_is_taken_over, begin, finish),
		cmocka_unit_test_setup_teardown(locked_closes_the_voice, begin, finish),
		cmocka_unit_test_setup_teardown(a_call_opens_the_voice_and_is_shown, begin, finish),
		cmocka_unit_test_setup_teardown(the_ready_check_is_answered_once, begin, finish),
		cmocka_unit_test_setup_teardown(
			the_line_is_measured_and_reported_once, begin, finish),
		cmocka_unit_test_setup_teardown(
			hand_goes_up_once_and_down_by_its_turn, begin, finish),
		cmocka_unit_test_setup_teardown(a_hand_says_for_whom_it_is_raised, begin, finish),
		cmocka_unit_test_setup_teardown(a_hand_says_for_how_long_and_why, begin, finish),
		cmocka_unit_test_setup_teardown(who_has_finished_says_so_once, begin, finish),
		cmocka_unit_test_setup_teardown(
			unanswered_commands_come_again_with_the_same_id, begin, finish),
		cmocka_unit_test_setup_teardown(
			a_request_is_called_done_when_the_centre_says_so, begin, finish),
		cmocka_unit_test_setup_teardown(
			refusals_end_a_command_and_are_shown, begin, finish),
		cmocka_unit_test_setup_teardown(
			an_answer_goes_as_the_turn_moves_and_in_time, begin, finish),
		cmocka_unit_test_setup_teardown(only_next_is_acknowledged, begin, finish),
		cmocka_unit_test_setup_teardown(a_hand_says_what_for_and_for_whom, begin, finish),
		cmocka_unit_test_setup_teardown(
			own_content_is_shown_on_air_alone_and_taken_off_at_any_time, begin, finish),
		cmocka_unit_test_setup_teardown(
			a_site_signs_its_two_steps_and_takes_them_back, begin, finish),
		cmocka_unit_test_setup_teardown(a_site_counts_and_counts_again, begin, finish),
		cmocka_unit_test_setup_teardown(ballots_by_name_go_one_by_one, begin, finish),
		cmocka_unit_test_setup_teardown(requests_are_bounded, begin, finish),
		cmocka_unit_test_setup_teardown(
			time_is_taken_from_the_shortest_round_trip, begin, finish),
		cmocka_unit_test_setup_teardown(countdown_runs_on_the_servers_time, begin, finish),
		cmocka_unit_test_setup_teardown(without_a_limit_nothing_is_left, begin, finish),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
