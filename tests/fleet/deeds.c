/* What a simulated site does because its script says so. */
#include "tests/fleet/deeds.h"

#include <stdio.h>
#include <string.h>

static void raise_hand(struct site *site, const struct script_step *step)
{
	struct command command = {.name = CMD_TURN_REQUEST};
	memcpy(command.turn_request.site, site->id, sizeof(site->id));
	if (step->has_text) {
		command.turn_request.has_topic = true;
		snprintf(command.turn_request.topic, sizeof(command.turn_request.topic), "%s",
			step->text);
	}
	site_command(site, &command);
}

static void lower_hand(struct site *site)
{
	struct command command = {.name = CMD_TURN_WITHDRAW};
	if (site->has_request) {
		memcpy(command.turn_withdraw.turn, site->request, sizeof(site->request));
		site_command(site, &command);
	}
	site->has_request = false;
}

static void mute(struct site *site, bool muted)
{
	struct command command = {.name = CMD_SITE_MUTE, .site_mute = {.muted = muted}};
	memcpy(command.site_mute.site, site->id, sizeof(site->id));
	site->muted = muted;
	site_command(site, &command);
}

static void write_message(struct site *site, const char *text)
{
	struct command command = {.name = CMD_MESSAGE_SEND, .message_send = {.has_site = true}};
	memcpy(command.message_send.site, site->id, sizeof(site->id));
	snprintf(command.message_send.text, sizeof(command.message_send.text), "%s", text);
	site_command(site, &command);
}

static void flood(struct site *site)
{
	static struct wire_message message;
	message = (struct wire_message){.type = WIRE_PING, .ping = {.t = 1}};
	for (int i = 0; i < DEED_FLOOD_MESSAGES; i++) {
		link_send(site->link, &message);
	}
}

/* What only a coordinator may say. */
static void babble(struct site *site)
{
	static struct wire_message message;
	message = (struct wire_message){.type = WIRE_PASSED, .passed = {.seq = 1}};
	link_send(site->link, &message);
}

static void set_away(struct site *site, bool away)
{
	link_hold(site->link, away);
	site_media_cut(&site->media, away);
}

static void set_silent(struct site *site, bool silent)
{
	site->silent = silent;
	site_obey(site, link_clock_us());
}

static void set_muted(struct site *site, bool muted)
{
	mute(site, muted);
	site_obey(site, link_clock_us());
}

static void set_heedless(struct site *site, bool heedless)
{
	site->heedless = heedless;
	site_obey(site, link_clock_us());
}

static void repent(struct site *site)
{
	site_media_use_right_key(&site->media);
	site->changed = true;
}

static void misbehave(struct site *site, enum deed deed)
{
	switch ((int)deed) {
	case DEED_FORGE:
		site_media_forge(&site->media, DEED_FORGERIES);
		return;
	case DEED_REPLAY:
		site_media_replay(&site->media, DEED_FORGERIES);
		return;
	case DEED_USE_WRONG_KEY:
		site_media_use_wrong_key(&site->media);
		return;
	case DEED_USE_RIGHT_KEY:
		repent(site);
		return;
	case DEED_FLOOD:
		flood(site);
		return;
	case DEED_BABBLE:
		babble(site);
		return;
	default: /* no misdeed */
		return;
	}
}

static void do_it(struct site *site, const struct script_step *step)
{
	switch (step->deed) {
	case DEED_DROP:
		set_away(site, true);
		return;
	case DEED_COME_BACK:
		set_away(site, false);
		return;
	case DEED_CUT_MEDIA:
		site_media_cut(&site->media, true);
		return;
	case DEED_RESTORE_MEDIA:
		site_media_cut(&site->media, false);
		return;
	case DEED_REBIND:
		site_media_rebind(&site->media);
		return;
	case DEED_RAISE_HAND:
		raise_hand(site, step);
		return;
	case DEED_LOWER_HAND:
		lower_hand(site);
		return;
	case DEED_MUTE:
		set_muted(site, true);
		return;
	case DEED_UNMUTE:
		set_muted(site, false);
		return;
	case DEED_WRITE:
		write_message(site, step->has_text ? step->text : "Alô trung tâm");
		return;
	case DEED_FALL_SILENT:
		set_silent(site, true);
		return;
	case DEED_SPEAK_UP:
		set_silent(site, false);
		return;
	case DEED_IGNORE_NEXT:
		set_heedless(site, true);
		return;
	case DEED_HEED_NEXT:
		set_heedless(site, false);
		return;
	case DEED_LOSE:
		site->media.permille = step->has_permille ? step->permille : 0;
		return;
	case DEED_FORGE:
	case DEED_REPLAY:
	case DEED_USE_WRONG_KEY:
	case DEED_USE_RIGHT_KEY:
	case DEED_FLOOD:
	case DEED_BABBLE:
		misbehave(site, step->deed);
		return;
	case DEED_UNSET:
		return;
	}
}

void deed_do(const struct script_step *step, struct site *sites, size_t n_sites)
{
	for (size_t i = 0; i < n_sites; i++) {
		if (!step->has_site || strcmp(step->site, sites[i].id) == 0) {
			do_it(&sites[i], step);
		}
	}
}
