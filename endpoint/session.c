/* From desired state to actions. Pure. */
#include <string.h>

#include "endpoint/session_private.h"

struct ep_action *session_add_action(struct ep_actions *actions, enum ep_action_kind kind)
{
	struct ep_action *action = &actions->list[actions->n];
	*action = (struct ep_action){.kind = kind};
	actions->n += actions->n + 1 < EP_ACTIONS_MAX;
	return action;
}

void ep_session_init(struct ep_session *session, const char *site, const char *instance)
{
	*session = (struct ep_session){0};
	TEXT_COPY(session->site, site);
	TEXT_COPY(session->instance, instance);
}

/* The group key is spent: with the next relay access a new uplink key is made. */
static void forget_relay(struct ep_session *session, struct ep_actions *actions)
{
	if (session->desired.has_relay) {
		session->desired.has_relay = false;
		session->desired.relay = (struct wire_relay_access){0};
		session->has_key = false;
		session->key = (struct wire_uplink_key){0};
		session_add_action(actions, EP_ACTION_FORGET_RELAY);
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
	session_add_time_sample(session, welcome->at.ms, now_ms, now_ms);
	if (welcome->spare) {
		forget_relay(session, ret_actions); /* another process uses this site's name now */
	} else {
		session_resend(session, ret_actions);
	}
	session_add_action(ret_actions, EP_ACTION_REPORT);
}

void ep_session_down(struct ep_session *session)
{
	session->up = false;
}

void ep_session_shown_out(struct ep_session *session, struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	forget_relay(session, ret_actions);
}

/* ---- desired state ---- */

static bool has_slot(const struct wire_site_desired *desired, enum slot slot)
{
	for (size_t i = 0; i < desired->n_receive; i++) {
		if (desired->receive[i] == slot) {
			return true;
		}
	}
	return false;
}

static void update_slots(const struct wire_site_desired *now, const struct wire_site_desired *next,
	struct ep_actions *actions)
{
	for (int i = SLOT_PROGRAM; i < SLOT_END; i++) {
		enum slot slot = (enum slot)i;
		if (has_slot(now, slot) && !has_slot(next, slot)) {
			session_add_action(actions, EP_ACTION_LEAVE)->slot = slot;
		} else if (!has_slot(now, slot) && has_slot(next, slot)) {
			session_add_action(actions, EP_ACTION_JOIN)->slot = slot;
		}
	}
}

static bool is_voice_open(const struct ep_session *session)
{
	const struct wire_site_desired *desired = &session->desired;
	return session->has_desired && desired->uplink.voice && !desired->microphone.locked &&
	       !session->muted;
}

void session_update_voice(const struct ep_session *session, struct ep_actions *actions)
{
	struct ep_action *action = session_add_action(actions, EP_ACTION_VOICE);
	action->voice.open = is_voice_open(session);
	action->voice.ducked = session->desired.microphone.ducked;
	action->voice.locked = session->desired.microphone.locked || session->muted;
}

static bool is_same_relay(const struct wire_site_desired *a, const struct wire_site_desired *b)
{
	return a->has_relay && b->has_relay && memcmp(&a->relay, &b->relay, sizeof(a->relay)) == 0;
}

static bool is_same_speaker(const struct wire_lower_third *a, const struct wire_lower_third *b)
{
	return a->telephone == b->telephone && strcmp(a->name, b->name) == 0 &&
	       strcmp(a->unit, b->unit) == 0 && strcmp(a->speaker, b->speaker) == 0 &&
	       strcmp(a->office, b->office) == 0;
}

static bool is_same_caption(const struct wire_site_desired *a, const struct wire_site_desired *b)
{
	return a->has_lower_third == b->has_lower_third && a->theme == b->theme &&
	       is_same_speaker(&a->lower_third, &b->lower_third);
}

/* What its slate says; the time left is counted beside it. */
static bool is_same_pause(const struct wire_site_desired *a, const struct wire_site_desired *b)
{
	return a->has_pause == b->has_pause && a->pause.kind == b->pause.kind &&
	       a->pause.has_ends == b->pause.has_ends &&
	       (!a->has_pause || strcmp(a->item, b->item) == 0);
}

static bool is_same_slate(const struct wire_site_desired *a, const struct wire_site_desired *b)
{
	return a->n_title_lines == b->n_title_lines && a->has_act == b->has_act &&
	       memcmp(&a->act, &b->act, sizeof(a->act)) == 0 &&
	       memcmp(a->title_lines, b->title_lines, sizeof(a->title_lines)) == 0 &&
	       memcmp(a->chairs, b->chairs, sizeof(a->chairs)) == 0 &&
	       strcmp(a->name, b->name) == 0 && strcmp(a->date, b->date) == 0 &&
	       a->theme == b->theme && a->has_caller == b->has_caller &&
	       is_same_speaker(&a->caller, &b->caller) && is_same_pause(a, b);
}

static bool is_same_film(const struct wire_site_desired *a, const struct wire_site_desired *b)
{
	return a->has_film == b->has_film && a->film.run == b->film.run &&
	       a->film.playing == b->film.playing && strcmp(a->film.item, b->film.item) == 0 &&
	       strcmp(a->film.file, b->film.file) == 0;
}

static void update_picture(const struct wire_site_desired *now,
	const struct wire_site_desired *next, bool first, struct ep_actions *actions)
{
	if (first || !is_same_slate(now, next)) {
		session_add_action(actions, EP_ACTION_SLATE)->slate = now;
	}
	if (first || memcmp(&now->scene, &next->scene, sizeof(now->scene)) != 0) {
		session_add_action(actions, EP_ACTION_SCENE)->scene = &now->scene;
	}
	if (first || !is_same_caption(now, next)) {
		session_add_action(actions, EP_ACTION_CAPTION)->caption =
			next->has_lower_third ? &now->lower_third : NULL;
	}
	if ((first && next->has_film) || !is_same_film(now, next)) {
		session_add_action(actions, EP_ACTION_FILM)->film =
			next->has_film ? &now->film : NULL;
	}
	if (next->has_bell && now->bell.bell != next->bell.bell) {
		session_add_action(actions, EP_ACTION_BELL)->bell = &now->bell;
	}
	if (first || now->uplink.camera != next->uplink.camera) {
		session_add_action(actions, EP_ACTION_CAMERA)->level = next->uplink.camera;
	}
	if (first || now->uplink.content != next->uplink.content) {
		session_add_action(actions, EP_ACTION_CONTENT)->level = next->uplink.content;
	}
}

/*
 * An untouched switch follows the mute that the centre stores; a switch moved in this run is sent
 * again until the centre has it.
 */
static void reconcile_mute(struct ep_session *session, struct ep_actions *actions)
{
	if (session->desired.muted == session->muted ||
		session_is_awaiting(session, CMD_SITE_MUTE)) {
		return;
	}
	if (session->mute_chosen) {
		session_send_mute(session, actions);
	} else {
		session->muted = session->desired.muted;
	}
}

/* A spare is neither told of the relay, nor asked for a picture, nor given any. */
static bool is_for_who_is_on(const struct wire_site_desired *desired)
{
	return desired->has_relay || desired->n_receive > 0 ||
	       desired->uplink.camera != UPLINK_LEVEL_OFF;
}

/* What was answered is of the past once the site's turn, or its right to speak, is another. */
static bool has_moved(const struct wire_site_desired *now, const struct wire_site_desired *next)
{
	return now->tally != next->tally || now->meeting != next->meeting ||
	       now->microphone.locked != next->microphone.locked;
}

void ep_session_desired(struct ep_session *session, const struct wire_site_desired *desired,
	struct ep_actions *ret_actions)
{
	struct wire_site_desired *now = &session->desired;
	bool first = !session->has_desired;
	ret_actions->n = 0;
	if (now->has_relay_credential && desired->has_relay_credential &&
		strcmp(now->relay_credential, desired->relay_credential) != 0) {
		forget_relay(session, ret_actions); /* its join file was rotated or revoked */
	}
	if (is_for_who_is_on(desired)) {
		session->spare = false;
	}
	if (desired->has_relay) {
		if (first || !is_same_relay(now, desired)) {
			session_add_action(ret_actions, EP_ACTION_RELAY)->relay = &now->relay;
		}
	}
	update_slots(now, desired, ret_actions);
	update_picture(now, desired, first, ret_actions);
	if (has_moved(now, desired)) {
		session_forget_answer(session);
	}
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
	reconcile_mute(session, ret_actions);
	session_update_voice(session, ret_actions);
	if (now->scene.n_panes == 0) {
		session->reached = now->version;
	}
	session_add_action(ret_actions, EP_ACTION_REPORT);
}

void ep_session_key(struct ep_session *session, const char *relay, const char *key,
	struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	TEXT_COPY(session->key.relay, relay);
	TEXT_COPY(session->key.key, key);
	session->has_key = true;
	session_add_action(ret_actions, EP_ACTION_REPORT);
}

void ep_session_measured(struct ep_session *session, const struct ep_media_state *state,
	struct ep_actions *ret_actions)
{
	ret_actions->n = 0;
	if (session->mute_wait > 0 && --session->mute_wait == 0) {
		reconcile_mute(session, ret_actions);
	}
	if (session->answer_wait > 0 && --session->answer_wait == 0) {
		session_forget_answer(session);
	}
	if (state->film.state != session->film) {
		session->film = state->film.state;
		session_add_action(ret_actions, EP_ACTION_REPORT);
	}
	if (session->has_desired && state->playing &&
		session->reached != session->desired.version) {
		session->reached = session->desired.version;
		session_add_action(ret_actions, EP_ACTION_REPORT);
	}
}
