/* From desired state to actions, and people's orders to commands. Pure. */
#include "endpoint/session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static struct ep_action *add(struct ep_actions *actions, enum ep_action_kind kind)
{
	struct ep_action *action = &actions->list[actions->n];
	*action = (struct ep_action){.kind = kind};
	actions->n += actions->n + 1 < EP_ACTIONS_MAX;
	return action;
}

static void copy(char *to, const char *from, size_t size)
{
	snprintf(to, size, "%s", from);
}

void ep_session_init(struct ep_session *session, const char *site, const char *instance)
{
	*session = (struct ep_session){0};
	copy(session->site, site, sizeof(session->site));
	copy(session->instance, instance, sizeof(session->instance));
}

/* ---- time ---- */

static void note_time(
	struct ep_session *session, int64_t server_ms, int64_t sent_ms, int64_t now_ms)
{
	int64_t trip = now_ms - sent_ms;
	session->samples[session->next_sample] =
		(struct ep_time_sample){trip, server_ms + trip / 2 - now_ms};
	session->next_sample = (session->next_sample + 1) % EP_TIME_SAMPLES;
	session->n_samples += session->n_samples < EP_TIME_SAMPLES;
}

static const struct ep_time_sample *best_sample(const struct ep_session *session)
{
	const struct ep_time_sample *best = NULL;
	for (size_t i = 0; i < session->n_samples; i++) {
		if (!best || session->samples[i].round_trip_ms < best->round_trip_ms) {
			best = &session->samples[i];
		}
	}
	return best;
}

int64_t ep_session_server_ms(const struct ep_session *session, int64_t now_ms)
{
	const struct ep_time_sample *best = best_sample(session);
	return best ? now_ms + best->offset_ms : now_ms;
}

int64_t ep_session_round_trip_ms(const struct ep_session *session)
{
	const struct ep_time_sample *best = best_sample(session);
	return best ? best->round_trip_ms : -1;
}

void ep_session_pong(
	struct ep_session *session, const struct wire_pong *pong, int64_t sent_ms, int64_t now_ms)
{
	note_time(session, pong->at.ms, sent_ms, now_ms);
}

/* ---- commands ---- */

static struct ep_pending *find_pending(struct ep_session *session, const char *id)
{
	for (size_t i = 0; i < session->n_pending; i++) {
		if (strcmp(session->pending[i].command.id, id) == 0) {
			return &session->pending[i];
		}
	}
	return NULL;
}

static bool is_pending(const struct ep_session *session, enum command_name name)
{
	for (size_t i = 0; i < session->n_pending; i++) {
		if (session->pending[i].command.body.name == name) {
			return true;
		}
	}
	return false;
}

static void drop(struct ep_session *session, struct ep_pending *pending)
{
	size_t index = (size_t)(pending - session->pending);
	session->n_pending--;
	memmove(pending, pending + 1, (session->n_pending - index) * sizeof(*pending));
}

/* A new command, kept until it is answered. NULL when EP_PENDING_MAX wait already. */
static struct command *begin_command(
	struct ep_session *session, enum command_name name, struct ep_actions *actions)
{
	if (session->n_pending == EP_PENDING_MAX) {
		return NULL;
	}
	struct wire_command *command = &session->pending[session->n_pending++].command;
	memset(command, 0, sizeof(*command));
	snprintf(command->id, sizeof(command->id), "%.12s-%" PRIu64, session->instance,
		++session->commands);
	command->body.name = name;
	add(actions, EP_ACTION_COMMAND)->command = command;
	return &command->body;
}

static int tell_mute(struct ep_session *session, struct ep_actions *actions)
{
	struct command *command = begin_command(session, CMD_SITE_MUTE, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	copy(command->site_mute.site, session->site, sizeof(command->site_mute.site));
	command->site_mute.muted = session->muted;
	return 0;
}

/* A lost answer is asked for again with the same id. */
static void repeat_pending(const struct ep_session *session, struct ep_actions *actions)
{
	for (size_t i = 0; i < session->n_pending; i++) {
		add(actions, EP_ACTION_COMMAND)->command = &session->pending[i].command;
	}
}

void ep_session_accepted(struct ep_session *session, const struct wire_accepted *accepted)
{
	struct ep_pending *pending = find_pending(session, accepted->id);
	if (!pending) {
		return;
	}
	if (pending->command.body.name == CMD_TURN_REQUEST && accepted->has_turn) {
		copy(session->raised, accepted->turn, sizeof(session->raised));
	}
	if (pending->command.body.name == CMD_TURN_WITHDRAW) {
		session->raised[0] = '\0';
	}
	session->refusal = REFUSAL_UNSET;
	drop(session, pending);
}

void ep_session_refused(struct ep_session *session, const struct wire_refused *refused)
{
	struct ep_pending *pending = refused->has_id ? find_pending(session, refused->id) : NULL;
	if (pending) {
		session->refusal = refused->code;
		drop(session, pending);
	}
}

/* ---- the link ---- */

void ep_session_welcome(struct ep_session *session, const struct wire_welcome *welcome,
	int64_t now_ms, struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	session->up = true;
	session->spare = welcome->spare;
	session->n_samples = 0;
	session->next_sample = 0;
	note_time(session, welcome->at.ms, now_ms, now_ms);
	if (!welcome->spare) {
		repeat_pending(session, ret_actions);
	}
	add(ret_actions, EP_ACTION_REPORT);
}

void ep_session_down(struct ep_session *session)
{
	session->up = false;
}

/* ---- desired state ---- */

static bool receives(const struct wire_site_desired *desired, enum slot slot)
{
	for (size_t i = 0; i < desired->n_receive; i++) {
		if (desired->receive[i] == slot) {
			return true;
		}
	}
	return false;
}

static void order_slots(const struct wire_site_desired *now, const struct wire_site_desired *next,
	struct ep_actions *actions)
{
	for (int i = SLOT_PROGRAM; i < SLOT_END; i++) {
		enum slot slot = (enum slot)i;
		if (receives(now, slot) && !receives(next, slot)) {
			add(actions, EP_ACTION_LEAVE)->slot = slot;
		} else if (!receives(now, slot) && receives(next, slot)) {
			add(actions, EP_ACTION_JOIN)->slot = slot;
		}
	}
}

static bool voice_open(const struct ep_session *session)
{
	const struct wire_site_desired *desired = &session->desired;
	return session->has_desired && desired->uplink.voice && !desired->microphone.locked &&
	       !session->muted;
}

static void order_voice(const struct ep_session *session, struct ep_actions *actions)
{
	struct ep_action *action = add(actions, EP_ACTION_VOICE);
	action->voice.open = voice_open(session);
	action->voice.ducked = session->desired.microphone.ducked;
	action->voice.locked = session->desired.microphone.locked || session->muted;
}

static bool same_relay(const struct wire_site_desired *a, const struct wire_site_desired *b)
{
	return a->has_relay && b->has_relay && memcmp(&a->relay, &b->relay, sizeof(a->relay)) == 0;
}

static bool same_caption(const struct wire_site_desired *a, const struct wire_site_desired *b)
{
	return a->has_lower_third == b->has_lower_third &&
	       strcmp(a->lower_third.name, b->lower_third.name) == 0 &&
	       strcmp(a->lower_third.unit, b->lower_third.unit) == 0;
}

static bool same_slate(const struct wire_site_desired *a, const struct wire_site_desired *b)
{
	return a->n_title_lines == b->n_title_lines &&
	       memcmp(a->title_lines, b->title_lines, sizeof(a->title_lines)) == 0 &&
	       strcmp(a->name, b->name) == 0 && strcmp(a->date, b->date) == 0;
}

static void order_picture(const struct wire_site_desired *now, const struct wire_site_desired *next,
	bool first, struct ep_actions *actions)
{
	if (first || !same_slate(now, next)) {
		add(actions, EP_ACTION_SLATE)->slate = now;
	}
	if (first || memcmp(&now->scene, &next->scene, sizeof(now->scene)) != 0) {
		add(actions, EP_ACTION_SCENE)->scene = &now->scene;
	}
	if (first || !same_caption(now, next)) {
		add(actions, EP_ACTION_CAPTION)->caption =
			next->has_lower_third ? &now->lower_third : NULL;
	}
	if (first || now->uplink.camera != next->uplink.camera) {
		add(actions, EP_ACTION_CAMERA)->level = next->uplink.camera;
	}
	if (first || now->uplink.content != next->uplink.content) {
		add(actions, EP_ACTION_CONTENT)->level = next->uplink.content;
	}
}

/*
 * The mute of a run that has not been touched is the one the centre remembers; one that has been
 * touched is told again until the centre has it.
 */
static void settle_mute(struct ep_session *session, struct ep_actions *actions)
{
	if (session->desired.muted == session->muted || is_pending(session, CMD_SITE_MUTE)) {
		return;
	}
	if (session->mute_chosen) {
		tell_mute(session, actions);
	} else {
		session->muted = session->desired.muted;
	}
}

void ep_session_desired(struct ep_session *session, const struct wire_site_desired *desired,
	struct ep_actions *ret_actions)
{
	struct wire_site_desired *now = &session->desired;
	bool first = !session->has_desired;
	ret_actions->n = 0;
	if (desired->has_relay) {
		session->spare = false;
		if (first || !same_relay(now, desired)) {
			add(ret_actions, EP_ACTION_RELAY)->relay = &now->relay;
		}
	}
	order_slots(now, desired, ret_actions);
	order_picture(now, desired, first, ret_actions);
	struct wire_relay_access relay = now->relay;
	bool had_relay = now->has_relay;
	*now = *desired;
	session->has_desired = true;
	if (!desired->has_relay && had_relay) {
		now->has_relay = true;
		now->relay = relay;
	}
	if (!desired->hand) {
		session->raised[0] = '\0';
	}
	settle_mute(session, ret_actions);
	order_voice(session, ret_actions);
	if (now->scene.n_panes == 0) {
		session->reached = now->version;
	}
	add(ret_actions, EP_ACTION_REPORT);
}

void ep_session_key(struct ep_session *session, const char *relay, const char *key,
	struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	copy(session->key.relay, relay, sizeof(session->key.relay));
	copy(session->key.key, key, sizeof(session->key.key));
	session->has_key = true;
	add(ret_actions, EP_ACTION_REPORT);
}

void ep_session_measured(struct ep_session *session, const struct ep_media_state *state,
	struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	if (session->has_desired && state->playing &&
		session->reached != session->desired.version) {
		session->reached = session->desired.version;
		add(ret_actions, EP_ACTION_REPORT);
	}
}

/* ---- orders of the page ---- */

static int order_mute(struct ep_session *session, bool muted, struct ep_actions *actions)
{
	if (session->muted == muted) {
		return REFUSAL_ALREADY;
	}
	session->muted = muted;
	session->mute_chosen = true;
	order_voice(session, actions);
	return is_pending(session, CMD_SITE_MUTE) ? 0 : tell_mute(session, actions);
}

static int order_raise(
	struct ep_session *session, const struct panel_order *order, struct ep_actions *actions)
{
	if (session->desired.hand || is_pending(session, CMD_TURN_REQUEST)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_TURN_REQUEST, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	copy(command->turn_request.site, session->site, sizeof(command->turn_request.site));
	command->turn_request.has_topic = order->has_text;
	copy(command->turn_request.topic, order->text, sizeof(command->turn_request.topic));
	return 0;
}

static int order_lower(struct ep_session *session, struct ep_actions *actions)
{
	const char *turn = session->raised[0] ? session->raised : session->desired.turn;
	if (!session->desired.hand || turn[0] == '\0' || is_pending(session, CMD_TURN_WITHDRAW)) {
		return REFUSAL_WRONG_STATE;
	}
	struct command *command = begin_command(session, CMD_TURN_WITHDRAW, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	copy(command->turn_withdraw.turn, turn, sizeof(command->turn_withdraw.turn));
	return 0;
}

static int order_acknowledge(struct ep_session *session, struct ep_actions *actions)
{
	const struct wire_site_desired *desired = &session->desired;
	if (desired->tally != TALLY_NEXT || !desired->has_turn) {
		return REFUSAL_WRONG_STATE;
	}
	if (desired->acknowledged || is_pending(session, CMD_TURN_ACKNOWLEDGE)) {
		return REFUSAL_ALREADY;
	}
	struct command *command = begin_command(session, CMD_TURN_ACKNOWLEDGE, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	copy(command->turn_acknowledge.turn, desired->turn, sizeof(command->turn_acknowledge.turn));
	return 0;
}

static int order_message(
	struct ep_session *session, const struct panel_order *order, struct ep_actions *actions)
{
	if (!order->has_text) {
		return REFUSAL_INVALID;
	}
	struct command *command = begin_command(session, CMD_MESSAGE_SEND, actions);
	if (!command) {
		return REFUSAL_LIMIT;
	}
	copy(command->message_send.text, order->text, sizeof(command->message_send.text));
	command->message_send.has_site = true;
	copy(command->message_send.site, session->site, sizeof(command->message_send.site));
	return 0;
}

int ep_session_order(
	struct ep_session *session, const struct panel_order *order, struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	switch (order->action) {
	case PANEL_ACTION_MUTE:
		return order_mute(session, true, ret_actions);
	case PANEL_ACTION_UNMUTE:
		return order_mute(session, false, ret_actions);
	case PANEL_ACTION_RAISE_HAND:
		return order_raise(session, order, ret_actions);
	case PANEL_ACTION_LOWER_HAND:
		return order_lower(session, ret_actions);
	case PANEL_ACTION_ACKNOWLEDGE:
		return order_acknowledge(session, ret_actions);
	case PANEL_ACTION_SEND_MESSAGE:
		return order_message(session, order, ret_actions);
	case PANEL_ACTION_UNSET:
		break;
	}
	return REFUSAL_INVALID;
}

/* ---- what is said ---- */

void ep_session_report(const struct ep_session *session, const struct ep_media_state *state,
	struct wire_site_report *ret_report)
{
	memset(ret_report, 0, sizeof(*ret_report));
	ret_report->version = session->reached;
	ret_report->level_dbfs = state->level_dbfs;
	ret_report->playing = state->playing;
	ret_report->n_slots = state->n_slots;
	memcpy(ret_report->slots, state->slots, sizeof(ret_report->slots));
	ret_report->has_key = session->has_key;
	ret_report->key = session->key;
	ret_report->has_signs = true;
	ret_report->n_signs = state->n_signs;
	memcpy(ret_report->signs, state->signs, sizeof(ret_report->signs));
	if (session->n_samples > 1) {
		ret_report->has_round_trip = true;
		ret_report->round_trip.ms = ep_session_round_trip_ms(session);
	}
}

static void show_timer(const struct ep_session *session, int64_t now_ms, struct panel_state *panel)
{
	const struct wire_site_desired *desired = &session->desired;
	if (!desired->has_timer && !desired->has_floor) {
		return;
	}
	const struct wire_timer *timer =
		desired->has_timer ? &desired->timer : &desired->floor.timer;
	int64_t left = timer->allowance.ms - timer->spoken.ms;
	if (timer->has_since) {
		left -= ep_session_server_ms(session, now_ms) - timer->since.ms;
	}
	panel->has_left = true;
	panel->left.ms = left;
	panel->running = timer->has_since;
	panel->own_clock = desired->has_timer;
}

static void show_desired(
	const struct ep_session *session, int64_t now_ms, struct panel_state *panel)
{
	const struct wire_site_desired *desired = &session->desired;
	copy(panel->name, desired->name, sizeof(panel->name));
	memcpy(panel->title_lines, desired->title_lines, sizeof(panel->title_lines));
	panel->n_title_lines = desired->n_title_lines;
	panel->meeting = desired->meeting;
	panel->tally = desired->tally;
	panel->seen = desired->seen;
	panel->heard = desired->heard;
	panel->hand = desired->hand || is_pending(session, CMD_TURN_REQUEST);
	panel->locked = desired->microphone.locked;
	panel->ducked = desired->microphone.ducked;
	panel->acknowledged = desired->has_acknowledged && desired->acknowledged;
	panel->has_item = desired->has_item;
	copy(panel->item, desired->item, sizeof(panel->item));
	panel->has_speaker = desired->has_floor;
	copy(panel->speaker, desired->floor.name, sizeof(panel->speaker));
	panel->has_unit = desired->has_unit;
	copy(panel->unit, desired->unit, sizeof(panel->unit));
	panel->has_message = desired->has_message;
	copy(panel->message, desired->message, sizeof(panel->message));
	if (desired->has_expected_start) {
		panel->has_until_turn = true;
		panel->until_turn.ms =
			desired->expected_start.ms - ep_session_server_ms(session, now_ms);
	}
	show_timer(session, now_ms, panel);
}

void ep_session_panel(const struct ep_session *session, const struct ep_media_state *state,
	int64_t now_ms, struct panel_state *ret_panel)
{
	memset(ret_panel, 0, sizeof(*ret_panel));
	copy(ret_panel->site, session->site, sizeof(ret_panel->site));
	copy(ret_panel->name, session->site, sizeof(ret_panel->name));
	ret_panel->meeting = MEETING_STATE_DRAFT;
	ret_panel->tally = TALLY_OFF;
	if (session->has_desired) {
		show_desired(session, now_ms, ret_panel);
	}
	ret_panel->connected = session->up;
	ret_panel->spare = session->spare;
	ret_panel->media = state->path_proven;
	ret_panel->playing = state->playing;
	ret_panel->camera = state->has_camera;
	ret_panel->voice = state->has_voice;
	ret_panel->level_dbfs = state->level_dbfs;
	ret_panel->muted = session->muted;
	ret_panel->n_signs = state->n_signs;
	memcpy(ret_panel->signs, state->signs, sizeof(ret_panel->signs));
	ret_panel->waiting = (uint32_t)session->n_pending;
	ret_panel->has_refusal = session->refusal != REFUSAL_UNSET;
	ret_panel->refusal = session->refusal;
}
