/* The scripted actions of a simulated site. */
#include "endpoint/fleet/script_actions.h"

#include <string.h>

#include "text_copy.h"

static void raise_hand(struct fleet_site *site, const struct script_step *step)
{
	struct command command = {.name = CMD_TURN_REQUEST};
	memcpy(command.turn_request.site, site->id, sizeof(site->id));
	if (step->has_text) {
		command.turn_request.has_topic = true;
		TEXT_COPY(command.turn_request.topic, step->text);
	}
	fleet_site_command(site, &command);
}

static void lower_hand(struct fleet_site *site)
{
	struct command command = {.name = CMD_TURN_WITHDRAW};
	if (site->has_request) {
		memcpy(command.turn_withdraw.turn, site->request, sizeof(site->request));
		fleet_site_command(site, &command);
	}
	site->has_request = false;
}

static void mute(struct fleet_site *site, bool muted)
{
	struct command command = {.name = CMD_SITE_MUTE, .site_mute = {.muted = muted}};
	memcpy(command.site_mute.site, site->id, sizeof(site->id));
	site->muted = muted;
	fleet_site_command(site, &command);
}

static void write_message(struct fleet_site *site, const char *text)
{
	struct command command = {.name = CMD_MESSAGE_SEND, .message_send = {.has_site = true}};
	memcpy(command.message_send.site, site->id, sizeof(site->id));
	TEXT_COPY(command.message_send.text, text);
	fleet_site_command(site, &command);
}

static void flood(struct fleet_site *site)
{
	static struct wire_message message;
	message = (struct wire_message){.type = WIRE_PING, .ping = {.t = 1}};
	for (int i = 0; i < FLOOD_MESSAGES; i++) {
		ws_client_send(site->link, &message);
	}
}

/* Messages that only a coordinator may send. */
static void send_garbage(struct fleet_site *site)
{
	static struct wire_message message;
	message = (struct wire_message){.type = WIRE_PASSED, .passed = {.seq = 1}};
	ws_client_send(site->link, &message);
}

static void set_held(struct fleet_site *site, bool away)
{
	ws_client_hold(site->link, away);
	site_media_cut(&site->media, away);
}

static void set_silent(struct fleet_site *site, bool silent)
{
	site->silent = silent;
	fleet_site_apply_desired(site, ws_client_clock_us());
}

static void set_muted(struct fleet_site *site, bool muted)
{
	mute(site, muted);
	fleet_site_apply_desired(site, ws_client_clock_us());
}

static void set_ignores_next(struct fleet_site *site, bool ignores_next)
{
	site->ignores_next = ignores_next;
	fleet_site_apply_desired(site, ws_client_clock_us());
}

static void set_ignores_vote(struct fleet_site *site, bool ignores)
{
	site->ignores_vote = ignores;
	fleet_site_apply_desired(site, ws_client_clock_us());
}

static void resume_right_key(struct fleet_site *site)
{
	site_media_use_right_key(&site->media);
	site->changed = true;
}

static void run_attack(struct fleet_site *site, enum script_action action)
{
	switch ((int)action) {
	case SCRIPT_ACTION_FORGE:
		site_media_forge(&site->media, FORGED_PACKETS);
		return;
	case SCRIPT_ACTION_REPLAY:
		site_media_replay(&site->media, FORGED_PACKETS);
		return;
	case SCRIPT_ACTION_USE_WRONG_KEY:
		site_media_use_wrong_key(&site->media);
		return;
	case SCRIPT_ACTION_USE_RIGHT_KEY:
		resume_right_key(site);
		return;
	case SCRIPT_ACTION_FLOOD:
		flood(site);
		return;
	case SCRIPT_ACTION_BABBLE:
		send_garbage(site);
		return;
	default: /* no attack */
		return;
	}
}

static void run_action(struct fleet_site *site, const struct script_step *step)
{
	switch (step->action) {
	case SCRIPT_ACTION_DROP:
		set_held(site, true);
		return;
	case SCRIPT_ACTION_COME_BACK:
		set_held(site, false);
		return;
	case SCRIPT_ACTION_CUT_MEDIA:
		site_media_cut(&site->media, true);
		return;
	case SCRIPT_ACTION_RESTORE_MEDIA:
		site_media_cut(&site->media, false);
		return;
	case SCRIPT_ACTION_REBIND:
		site_media_rebind(&site->media);
		return;
	case SCRIPT_ACTION_RAISE_HAND:
		raise_hand(site, step);
		return;
	case SCRIPT_ACTION_LOWER_HAND:
		lower_hand(site);
		return;
	case SCRIPT_ACTION_MUTE:
		set_muted(site, true);
		return;
	case SCRIPT_ACTION_UNMUTE:
		set_muted(site, false);
		return;
	case SCRIPT_ACTION_WRITE:
		write_message(site, step->has_text ? step->text : "Alô trung tâm");
		return;
	case SCRIPT_ACTION_FALL_SILENT:
		set_silent(site, true);
		return;
	case SCRIPT_ACTION_SPEAK_UP:
		set_silent(site, false);
		return;
	case SCRIPT_ACTION_IGNORE_NEXT:
		set_ignores_next(site, true);
		return;
	case SCRIPT_ACTION_HEED_NEXT:
		set_ignores_next(site, false);
		return;
	case SCRIPT_ACTION_IGNORE_VOTE:
		set_ignores_vote(site, true);
		return;
	case SCRIPT_ACTION_HEED_VOTE:
		set_ignores_vote(site, false);
		return;
	case SCRIPT_ACTION_LOSE:
		site->media.permille = step->has_permille ? step->permille : 0;
		return;
	case SCRIPT_ACTION_FORGE:
	case SCRIPT_ACTION_REPLAY:
	case SCRIPT_ACTION_USE_WRONG_KEY:
	case SCRIPT_ACTION_USE_RIGHT_KEY:
	case SCRIPT_ACTION_FLOOD:
	case SCRIPT_ACTION_BABBLE:
		run_attack(site, step->action);
		return;
	case SCRIPT_ACTION_UNSET:
		return;
	}
}

void script_action_run(const struct script_step *step, struct fleet_site *sites, size_t n_sites)
{
	for (size_t i = 0; i < n_sites; i++) {
		if (!step->has_site || strcmp(step->site, sites[i].id) == 0) {
			run_action(&sites[i], step);
		}
	}
}
