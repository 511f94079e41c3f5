/* Desired states: what a site and the relay should be, said whole. */
#include "coordinator/view/frame.h"
#include "coordinator/view/say.h"

#include <errno.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/messages.h"

/* A forecast told to a site is rounded, so that it does not change with every breath. */
enum { EXPECTED_STEP_MS = 30000 };

/* Title lines with «{site}» replaced by the name of the place. */
static void say_title_line(char *to, size_t size, const char *line, const char *name)
{
	static const char mark[] = "{site}";
	const char *at = strstr(line, mark);

	if (!at) {
		say_text(to, size, line);
		return;
	}
	say_text_part(to, size, line, (size_t)(at - line));
	say_text_more(to, size, name);
	say_text_more(to, size, at + sizeof(mark) - 1);
	say_cut(to, TITLE_LINE_CHARS);
}

static void say_meeting(
	const struct meeting *meeting, const char *name, struct wire_site_desired *ret)
{
	const struct about *about = mtg_about(meeting);
	int active = mtg_active_item(meeting);

	ret->meeting = about->state;
	ret->n_title_lines = about->n_title_lines;
	for (size_t i = 0; i < about->n_title_lines; i++) {
		say_title_line(ret->title_lines[i], sizeof(ret->title_lines[i]),
			about->title_lines[i], name);
	}
	say_text(ret->date, sizeof(ret->date), about->date);
	if (active != MTG_NONE) {
		ret->has_item = true;
		say_text(ret->item, sizeof(ret->item), mtg_item(meeting, active)->title);
	}
}

static void say_turn(const struct view_frame *frame, int site, struct wire_site_desired *ret)
{
	int index = mtg_turn_of_site(frame->meeting, site);
	const struct turn *turn;
	const struct turn_forecast *forecast;

	if (index == MTG_NONE) {
		return;
	}
	turn = mtg_turn(frame->meeting, index);
	ret->has_turn = true;
	say_text(ret->turn, sizeof(ret->turn), turn->id);
	ret->has_unit = true;
	say_text(ret->unit, sizeof(ret->unit), turn->unit);
	if (turn->state == TURN_STATE_CUED) {
		ret->has_acknowledged = true;
		ret->acknowledged = turn->acknowledged;
	}
	if (turn->state == TURN_STATE_ON_AIR || turn->state == TURN_STATE_INTERRUPTED) {
		ret->has_timer = true;
		say_timer(frame->meeting, index, &ret->timer);
	}
	forecast = &frame->forecast.turns[index];
	if (forecast->known && turn->state == TURN_STATE_WAITING) {
		ret->has_expected_start = true;
		ret->expected_start.ms =
			forecast->expected.ms - forecast->expected.ms % EXPECTED_STEP_MS;
	}
}

static void say_floor(const struct view_frame *frame, int site, struct wire_site_desired *ret)
{
	const struct floor *floor = mtg_floor(frame->meeting);
	const struct turn *turn;
	const struct site *speaker;

	if (floor->on_air == MTG_NONE) {
		return;
	}
	turn = mtg_turn(frame->meeting, floor->on_air);
	speaker = mtg_site(frame->meeting, turn->site);
	ret->has_floor = true;
	ret->floor.take = floor->takes;
	ret->floor.site = speaker->number;
	say_text(ret->floor.turn, sizeof(ret->floor.turn), turn->id);
	say_text(ret->floor.name, sizeof(ret->floor.name), speaker->name);
	ret->floor.taken = floor->taken_wall;
	say_timer(frame->meeting, floor->on_air, &ret->floor.timer);
	if (turn->site != site && mtg_in_scene(&frame->program, turn->site)) {
		ret->has_lower_third = true;
		say_text(ret->lower_third.name, sizeof(ret->lower_third.name), speaker->name);
		say_text(ret->lower_third.unit, sizeof(ret->lower_third.unit), turn->unit);
	}
}

static void add_pane(const struct view_frame *frame, enum slot slot, struct wire_site_scene *scene)
{
	const struct site *site = mtg_site(frame->meeting, frame->slots[slot].site);
	struct wire_scene_pane *pane = &scene->panes[scene->n_panes++];

	pane->slot = slot;
	pane->has_site = true;
	pane->site = site->number;
	pane->has_label = true;
	say_text(pane->label, sizeof(pane->label), site->name);
}

/* The program as this site sees it: never itself, the return picture in its place. */
static void say_scene(const struct view_frame *frame, int site, struct wire_site_scene *ret)
{
	bool has_return = false;

	for (size_t i = 0; i < frame->program.n_panes; i++) {
		enum slot slot = frame_slot_of(frame, &frame->program.panes[i]);

		if (frame->program.panes[i].site == site) {
			slot = frame->slots[SLOT_RETURN].site == site ? SLOT_UNSET : SLOT_RETURN;
		}
		if (slot == SLOT_UNSET || frame->slots[slot].site == MTG_NONE ||
			(slot == SLOT_RETURN && has_return)) {
			continue;
		}
		has_return = has_return || slot == SLOT_RETURN;
		add_pane(frame, frame_slot_for(frame, site, slot), ret);
	}
	if (ret->n_panes == 0) {
		ret->layout = LAYOUT_SLATE;
	} else if (ret->n_panes == 1) {
		ret->layout = LAYOUT_SOLO;
	} else {
		ret->layout = frame->program.layout;
	}
}

static void say_message(const struct meeting *meeting, int site, struct wire_site_desired *ret)
{
	for (size_t i = mtg_message_count(meeting); i-- > 0;) {
		const struct message *message = mtg_message(meeting, i);

		if (message->by.role != ROLE_SITE &&
			(message->site == MTG_NONE || message->site == site)) {
			ret->has_message = true;
			say_text(ret->message, sizeof(ret->message), message->text);
			return;
		}
	}
}

void view_site_desired(const struct view_frame *frame, uint32_t number,
	const struct secrets *secrets, struct wire_site_desired *ret)
{
	const struct meeting *meeting = frame->meeting;
	const struct site *site = mtg_site_by_number(meeting, number);
	struct uplink uplink;
	int index;

	memset(ret, 0, sizeof(*ret));
	if (!site) {
		return;
	}
	index = mtg_site_index(meeting, site);
	ret->number = number;
	say_text(ret->name, sizeof(ret->name), site->name);
	say_meeting(meeting, site->name, ret);
	ret->tally = mtg_tally_on(meeting, &frame->ladder, index);
	ret->seen = mtg_in_scene(&frame->program, index);
	ret->heard = mtg_heard(meeting, index);
	ret->hand = mtg_hand(meeting, index);
	ret->muted = site->muted;
	mtg_uplink_in(meeting, &frame->program, index, &uplink);
	ret->uplink.camera = uplink.camera;
	ret->uplink.content = uplink.content;
	ret->uplink.voice = uplink.voice;
	ret->microphone.locked = mtg_locked(meeting, index);
	ret->microphone.ducked = mtg_ducked(meeting, index);
	if (!site->barred) {
		ret->n_receive = frame_receive(frame, index, ret->receive);
		say_scene(frame, index, &ret->scene);
	} else {
		ret->scene.layout = LAYOUT_SLATE;
	}
	say_turn(frame, index, ret);
	say_floor(frame, index, ret);
	say_message(meeting, index, ret);
	if (secrets->relay_mark[0] != '\0') {
		ret->has_relay_credential = true;
		say_text(ret->relay_credential, sizeof(ret->relay_credential), secrets->relay_mark);
	}
	if (secrets->relay_known && !site->barred) {
		ret->has_relay = true;
		ret->relay = secrets->relay;
	}
}

static void say_slots(const struct view_frame *frame, struct wire_relay_desired *ret)
{
	static const enum slot voice_slots[VOICES_MAX] = {
		SLOT_VOICE0, SLOT_VOICE1, SLOT_VOICE2, SLOT_VOICE3};

	for (enum slot slot = SLOT_PROGRAM; slot <= SLOT_CONTENT; slot++) {
		const struct frame_source *fed = &frame->slots[slot];

		if (fed->site != MTG_NONE) {
			ret->slots[ret->n_slots++] = (struct wire_slot_source){
				slot, mtg_site(frame->meeting, fed->site)->number, fed->source};
		}
	}
	for (size_t i = 0; i < VOICES_MAX; i++) {
		if (frame->voices[i] != MTG_NONE) {
			ret->slots[ret->n_slots++] = (struct wire_slot_source){voice_slots[i],
				mtg_site(frame->meeting, frame->voices[i])->number,
				SOURCE_NAME_CAMERA};
		}
	}
}

static void say_relay_site(const struct view_frame *frame, int index, const struct secrets *secrets,
	const char *instance, struct wire_relay_site *ret)
{
	const struct site *site = mtg_site(frame->meeting, index);
	const char *key = secrets_site_key(secrets, site->number, instance);

	const char *mark = secrets->sites[site->number].mark;

	ret->number = site->number;
	ret->barred = site->barred;
	if (!site->barred) {
		ret->n_receive = frame_receive(frame, index, ret->receive);
	}
	if (mark[0] != '\0') {
		ret->has_credential = true;
		say_text(ret->credential, sizeof(ret->credential), mark);
	}
	if (key) {
		ret->has_key = true;
		say_text(ret->key, sizeof(ret->key), key);
	}
}

int view_relay_desired(const struct view_frame *frame, const struct secrets *secrets,
	const char *instance, struct msg_arena *arena, struct wire_relay_desired *ret)
{
	size_t n = mtg_site_count(frame->meeting);
	struct wire_relay_site *sites = NULL;

	memset(ret, 0, sizeof(*ret));
	if (n > 0) {
		sites = msg_arena_take(arena, n * sizeof(*sites));
		if (!sites) {
			return -ENOMEM;
		}
	}
	for (size_t i = 0; i < n; i++) {
		say_relay_site(frame, (int)i, secrets, instance, &sites[i]);
	}
	ret->has_rekey = secrets->rekey > 0;
	ret->rekey = secrets->rekey;
	ret->has_instance = true;
	say_text(ret->instance, sizeof(ret->instance), instance);
	ret->sites = sites;
	ret->n_sites = n;
	say_slots(frame, ret);
	return 0;
}
