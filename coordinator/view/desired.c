/* Desired states of a site and of the relay, each complete. */
#include <errno.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/checklist.h"
#include "coordinator/meeting/film.h"
#include "coordinator/meeting/messages.h"
#include "coordinator/meeting/ready_check.h"
#include "coordinator/meeting/scene.h"
#include "coordinator/view/bell_views.h"
#include "coordinator/view/derived.h"
#include "coordinator/view/opinion_views.h"
#include "coordinator/view/text.h"
#include "coordinator/view/vote_views.h"

/* A forecast sent to a site is rounded, so that it does not change all the time. */
enum { EXPECTED_STEP_MS = 30000 };

/* Title lines with «{site}» replaced by the name of the place. */
static void say_title_line(char *to, size_t size, const char *line, const char *name)
{
	static const char mark[] = "{site}";
	const char *at = strstr(line, mark);

	if (!at) {
		text_copy(to, size, line);
		return;
	}
	text_copy_part(to, size, line, (size_t)(at - line));
	text_append(to, size, name);
	text_append(to, size, at + sizeof(mark) - 1);
	text_cut(to, TITLE_LINE_CHARS);
}

/* Endpoints of before know no themes, and refuse what they do not know: the first is not said. */
static void say_theme(const struct about *about, struct wire_site_desired *ret)
{
	bool plain = about->theme == CARD_THEME_UNSET ? about->form == DOCUMENT_FORM_NEUTRAL
						      : about->theme == CARD_THEME_PLAIN;
	ret->has_theme = plain;
	ret->theme = plain ? CARD_THEME_PLAIN : CARD_THEME_UNSET;
}

static void say_meeting(
	const struct meeting *meeting, const char *name, struct wire_site_desired *ret)
{
	const struct about *about = mtg_about(meeting);
	int active = mtg_active_item(meeting);

	ret->meeting = about->state;
	ret->has_rehearsal = about->rehearsal;
	ret->rehearsal = about->rehearsal;
	ret->has_debrief = ret->debrief = about->debrief;
	ret->n_title_lines = about->n_title_lines;
	for (size_t i = 0; i < about->n_title_lines; i++) {
		say_title_line(ret->title_lines[i], sizeof(ret->title_lines[i]),
			about->title_lines[i], name);
	}
	ret->has_chairs = about->n_chairs > 1;
	ret->n_chairs = ret->has_chairs ? about->n_chairs : 0;
	for (size_t i = 0; i < ret->n_chairs; i++) {
		TEXT_COPY(ret->chairs[i], about->chairs[i]);
	}
	TEXT_COPY(ret->date, about->date);
	say_theme(about, ret);
	if (active != MTG_NONE) {
		ret->has_item = true;
		TEXT_COPY(ret->item, mtg_item(meeting, active)->title);
	}
}

static void say_turn(const struct view_derived *derived, int site, struct wire_site_desired *ret)
{
	int index = mtg_turn_of_site(derived->meeting, site);

	if (index == MTG_NONE) {
		return;
	}
	const struct turn *turn = mtg_turn(derived->meeting, index);
	ret->has_turn = true;
	TEXT_COPY(ret->turn, turn->id);
	ret->has_unit = true;
	TEXT_COPY(ret->unit, turn->unit);
	if (turn->state == TURN_STATE_CUED) {
		ret->has_acknowledged = true;
		ret->acknowledged = turn->acknowledged;
	}
	if (turn->state == TURN_STATE_ON_AIR || turn->state == TURN_STATE_INTERRUPTED) {
		ret->has_timer = true;
		turn_timer_view(derived->meeting, index, &ret->timer);
	}
	const struct turn_forecast *forecast = &derived->forecast.turns[index];
	if (forecast->known && turn->state == TURN_STATE_WAITING) {
		ret->has_expected_start = true;
		ret->expected_start.ms =
			forecast->expected.ms - forecast->expected.ms % EXPECTED_STEP_MS;
	}
}

static void say_speaker(
	const struct turn *turn, const struct site *site, struct wire_lower_third *ret)
{
	TEXT_COPY(ret->name, site->name);
	TEXT_COPY(ret->unit, turn->unit);
	ret->has_speaker = turn->speaker[0] != '\0';
	TEXT_COPY(ret->speaker, turn->speaker);
	ret->has_office = turn->office[0] != '\0';
	TEXT_COPY(ret->office, turn->office);
	ret->has_telephone = ret->telephone = turn->by_telephone;
}

static void say_floor(const struct view_derived *derived, int site, struct wire_site_desired *ret)
{
	const struct floor *floor = mtg_floor(derived->meeting);

	if (floor->on_air == MTG_NONE) {
		return;
	}
	const struct turn *turn = mtg_turn(derived->meeting, floor->on_air);
	const struct site *speaker = mtg_site(derived->meeting, turn->site);
	ret->has_floor = true;
	ret->floor.take = floor->takes;
	ret->floor.site = speaker->number;
	TEXT_COPY(ret->floor.turn, turn->id);
	TEXT_COPY(ret->floor.name, speaker->name);
	ret->floor.taken = floor->taken_wall;
	turn_timer_view(derived->meeting, floor->on_air, &ret->floor.timer);
	bool shown = mtg_is_in_scene(&derived->program, turn->site);
	bool spoken_over = turn->by_telephone && derived->program.n_panes > 0; /* content, say */
	if ((turn->site != site && shown) || spoken_over) {
		ret->has_lower_third = true;
		say_speaker(turn, speaker, &ret->lower_third);
	}
	if (turn->by_telephone) {
		ret->has_caller = true;
		say_speaker(turn, speaker, &ret->caller);
	}
}

/* The two sites of a turn by telephone that is not over: each is told of the other. */
static void say_telephone(const struct meeting *meeting, int site, struct wire_site_desired *ret)
{
	int index = mtg_turn_of_site(meeting, site);
	const struct turn *turn = index == MTG_NONE ? NULL : mtg_turn(meeting, index);

	if (!turn || !turn->by_telephone) {
		return;
	}
	bool speaks = turn->site == site;
	ret->has_telephone = true;
	ret->telephone.part = speaks ? TELEPHONE_PART_SPEAKS : TELEPHONE_PART_CARRIES;
	TEXT_COPY(ret->telephone.name,
		mtg_site(meeting, speaks ? turn->telephone : turn->site)->name);
}

/* What is given, and by whom; of a signature what is signed. */
static void say_act_caption(const struct told_act *act, struct wire_lower_third *ret)
{
	TEXT_COPY(ret->unit, act->has_award ? act->award : act->title);
	if (act->has_award && act->has_giver) {
		text_append(ret->unit, sizeof(ret->unit), " – ");
		text_append(ret->unit, sizeof(ret->unit), act->giver);
		text_cut(ret->unit, UNIT_CHARS);
	}
	text_copy(ret->name, sizeof(ret->name), act->name);
	text_cut(ret->name, NAME_CHARS);
}

/* The hall has the slate; where its picture is shown the act stands below it, unless one speaks. */
static void say_act(const struct view_derived *derived, int site, struct wire_site_desired *ret)
{
	int venue = mtg_main_venue(derived->meeting);

	if (derived->ceremony.shown == MTG_NONE) {
		return;
	}
	const struct act *act = mtg_act(derived->meeting, derived->ceremony.shown);
	ret->has_act = true;
	TEXT_COPY(ret->act.title, mtg_item(derived->meeting, act->item)->title);
	TEXT_COPY(ret->act.name, act->name);
	ret->act.has_office = act->office[0] != '\0';
	TEXT_COPY(ret->act.office, act->office);
	ret->act.has_award = act->award[0] != '\0';
	TEXT_COPY(ret->act.award, act->award);
	ret->act.has_giver = act->giver[0] != '\0';
	TEXT_COPY(ret->act.giver, act->giver);
	if (!ret->has_floor && site != venue && mtg_is_in_scene(&derived->program, venue)) {
		ret->has_lower_third = true;
		say_act_caption(&ret->act, &ret->lower_third);
	}
}

static void add_pane(
	const struct view_derived *derived, enum slot slot, struct wire_site_scene *scene)
{
	const struct site *site = mtg_site(derived->meeting, derived->slots[slot].site);
	struct wire_scene_pane *pane = &scene->panes[scene->n_panes++];

	pane->slot = slot;
	pane->has_site = true;
	pane->site = site->number;
	pane->has_label = true;
	TEXT_COPY(pane->label, site->name);
}

/* The called site and the main venue see each other; all others see the slate. */
static void say_talkback_scene(
	const struct view_derived *derived, int site, struct wire_site_scene *ret)
{
	ret->layout = LAYOUT_SLATE;
	if (site == derived->called) {
		ret->layout = LAYOUT_SOLO;
		add_pane(derived, SLOT_RETURN, ret);
	} else if (site == mtg_main_venue(derived->meeting)) {
		ret->layout = LAYOUT_SOLO;
		add_pane(derived, derived_slot_for(derived, site, SLOT_PROGRAM), ret);
	}
}

/* The program as this site sees it: the return picture in place of its own. */
static void say_scene(const struct view_derived *derived, int site, struct wire_site_scene *ret)
{
	bool has_return = false;

	if (derived->called != MTG_NONE) {
		say_talkback_scene(derived, site, ret);
		return;
	}
	for (size_t i = 0; i < derived->program.n_panes; i++) {
		enum slot slot = derived_slot_of(derived, &derived->program.panes[i]);

		if (derived->program.panes[i].site == site) {
			slot = derived->slots[SLOT_RETURN].site == site ? SLOT_UNSET : SLOT_RETURN;
		}
		if (slot == SLOT_UNSET || derived->slots[slot].site == MTG_NONE ||
			(slot == SLOT_RETURN && has_return)) {
			continue;
		}
		has_return = has_return || slot == SLOT_RETURN;
		add_pane(derived, derived_slot_for(derived, site, slot), ret);
	}
	if (ret->n_panes == 0) {
		ret->layout = LAYOUT_SLATE;
	} else if (ret->n_panes == 1) {
		ret->layout = LAYOUT_SOLO;
	} else {
		ret->layout = derived->program.layout;
	}
}

static void say_talkback(const struct meeting *meeting, int site, struct wire_site_desired *ret)
{
	const struct talkback *talkback = mtg_talkback(meeting);

	if (mtg_site(meeting, site)->barred || !mtg_talkback_reaches(meeting, site)) {
		return;
	}
	ret->has_talkback = true;
	ret->talkback.private = talkback->private;
	ret->talkback.part = site == mtg_main_venue(meeting) ? TALKBACK_PART_VENUE
			     : site == talkback->site        ? TALKBACK_PART_CALLED
							     : TALKBACK_PART_LISTENER;
	if (talkback->site != MTG_NONE) {
		ret->talkback.has_name = true;
		TEXT_COPY(ret->talkback.name, mtg_site(meeting, talkback->site)->name);
	}
}

static void say_ready(
	const struct meeting *meeting, const struct site *site, struct wire_site_desired *ret)
{
	const struct ready_check *check = mtg_ready_check(meeting);

	ret->has_ready = check->open && !site->barred;
	if (ret->has_ready) {
		ret->ready.answered = site->ready == READY_MARK_READY;
		ret->ready.due = check->due;
	}
}

static void say_line_test(
	const struct meeting *meeting, const struct site *site, struct wire_site_desired *ret)
{
	const struct line_test *test = mtg_line_test(meeting);

	ret->has_line_test = mtg_line_is_tested(meeting) && site->line.asked && !site->barred;
	if (ret->has_line_test) {
		ret->line_test.test = (uint64_t)test->number;
		ret->line_test.reported = site->line.reported;
		ret->line_test.confirmed = site->line.confirmed;
		ret->line_test.due = test->due;
	}
}

static void tell_message(
	const struct meeting *meeting, const struct message *message, struct told_message *ret)
{
	TEXT_COPY(ret->text, message->text);
	ret->at = told_time_of(meeting, message->wall);
	ret->has_message = true;
	ret->message = (uint64_t)message->seq;
	ret->has_acknowledge = ret->acknowledge = message->acknowledge;
}

static void say_message_to(const struct meeting *meeting, const struct message *message, int site,
	struct wire_site_desired *ret)
{
	bool read = mtg_message_is_read(meeting, message, site);

	ret->unread += !read;
	if (message->acknowledge && !read) {
		ret->has_notice = true;
		tell_message(meeting, message, &ret->notice); /* at last the oldest */
	}
	if (ret->n_messages < WIRE_SITE_DESIRED_MESSAGES_MAX) {
		struct told_message *told = &ret->messages[ret->n_messages++];

		tell_message(meeting, message, told);
		told->has_read = told->read = read;
	}
}

static void say_message_of(
	const struct meeting *meeting, const struct message *message, struct wire_site_desired *ret)
{
	if (ret->n_written < WIRE_SITE_DESIRED_WRITTEN_MAX) {
		struct told_message *told = &ret->written[ret->n_written++];

		tell_message(meeting, message, told);
		told->has_read = told->read = message->was_read;
	}
}

static void say_messages(const struct meeting *meeting, int site, struct wire_site_desired *ret)
{
	for (size_t i = mtg_message_count(meeting); i-- > 0;) {
		const struct message *message = mtg_message(meeting, i);

		if (mtg_message_is_to(message, site)) {
			say_message_to(meeting, message, site, ret);
		} else if (message->by.role == ROLE_SITE && message->site == site) {
			say_message_of(meeting, message, ret);
		}
	}
	ret->has_message = ret->has_messages = ret->n_messages > 0;
	ret->has_written = ret->n_written > 0;
	ret->has_unread = ret->unread > 0;
	if (ret->has_message) {
		TEXT_COPY(ret->message, ret->messages[0].text);
	}
}

static void say_phrases(const struct meeting *meeting, struct wire_site_desired *ret)
{
	const struct ready_phrases *phrases = &mtg_about(meeting)->phrases;

	ret->has_phrases = phrases->n_to_centre > 0;
	ret->n_phrases = phrases->n_to_centre;
	for (size_t i = 0; i < ret->n_phrases; i++) {
		TEXT_COPY(ret->phrases[i], phrases->to_centre[i]);
	}
}

static void say_programme(
	const struct view_derived *derived, int site, struct wire_site_desired *ret)
{
	const struct told_programme *programme = &derived->programme;
	int turn = mtg_turn_of_site(derived->meeting, site);

	ret->has_items = ret->has_turns = true;
	ret->n_items = programme->n_items;
	memcpy(ret->items, programme->items, ret->n_items * sizeof(ret->items[0]));
	ret->n_turns = programme->n_turns;
	memcpy(ret->turns, programme->turns, ret->n_turns * sizeof(ret->turns[0]));
	if (turn != MTG_NONE && mtg_turn(derived->meeting, turn)->state == TURN_STATE_WAITING &&
		derived->forecast.turns[turn].known) {
		ret->has_ahead = true;
		ret->ahead = programme->ahead[turn];
	}
}

/* What the site does by itself: two steps of its ledger, and its content. */
static void say_own(
	const struct meeting *meeting, const struct site *site, struct wire_site_desired *ret)
{
	ret->has_registered = ret->has_seated = true;
	ret->registered = site->steps[READINESS_STEP_REGISTERED].done;
	ret->seated = site->steps[READINESS_STEP_SEATED].done;
	ret->has_content_shown = site->has_content;
	ret->content_shown = site->has_content &&
			     mtg_scene_control(meeting)->content == mtg_site_index(meeting, site);
}

/* Once the meeting is live nobody has time for the checklist, and states stay small. */
static void say_checklist(
	const struct meeting *meeting, const struct site *site, struct wire_site_desired *ret)
{
	const struct about *about = mtg_about(meeting);
	bool live = about->state == MEETING_STATE_LIVE;
	bool before =
		about->state == MEETING_STATE_DRAFT || about->state == MEETING_STATE_ASSEMBLING;

	ret->has_posted = about->preparation.has_post_due &&
			  (live || about->state == MEETING_STATE_ASSEMBLING);
	ret->posted = ret->has_posted && site->posted;
	ret->has_checks = before && mtg_check_count(meeting) > 0;
	const struct site_ticks *of = mtg_site_ticks(meeting, mtg_site_index(meeting, site));
	for (size_t i = 0; ret->has_checks && i < mtg_check_count(meeting); i++) {
		const struct check *check = mtg_check_line(meeting, i);
		struct told_check *told = &ret->checks[ret->n_checks++];

		TEXT_COPY(told->check, check->id);
		TEXT_COPY(told->title, check->title);
		told->done = of->ticks[i].done;
	}
}

/* The player, too, is told of what is to come: it opens the film beforehand. */
static void say_film(const struct meeting *meeting, int site, struct wire_site_desired *ret)
{
	int index = mtg_film_in_hand(meeting);

	if (site != mtg_player(meeting) || index == MTG_NONE) {
		return;
	}
	const struct item *item = mtg_item(meeting, index);
	const struct film *film = mtg_film(meeting);
	ret->has_film = true;
	TEXT_COPY(ret->film.item, item->id);
	TEXT_COPY(ret->film.file, item->film);
	ret->film.run = film->run;
	ret->film.playing = mtg_film_is_wanted(meeting);
	ret->film.has_since = ret->film.playing;
	ret->film.since = ret->film.playing ? film->since : (struct instant){0};
	ret->film.has_planned = item->has_planned_length;
	ret->film.planned = mtg_scaled(meeting, item->planned_length);
}

/* Of the people at a site; at a player of films there are none. */
static void say_what_is_asked(
	const struct meeting *meeting, const struct site *site, struct wire_site_desired *ret)
{
	say_checklist(meeting, site, ret);
	ret->has_vote = vote_views_brief(meeting, mtg_site_index(meeting, site), &ret->vote);
	ret->has_opinions =
		opinion_views_brief(meeting, mtg_site_index(meeting, site), &ret->opinions);
	say_ready(meeting, site, ret);
	say_line_test(meeting, site, ret);
}

void view_site_desired(const struct view_derived *derived, uint32_t number,
	const struct media_keys *media_keys, struct wire_site_desired *ret)
{
	const struct meeting *meeting = derived->meeting;
	const struct site *site = mtg_site_by_number(meeting, number);

	memset(ret, 0, sizeof(*ret));
	if (!site) {
		return;
	}
	int index = mtg_site_index(meeting, site);
	ret->number = number;
	TEXT_COPY(ret->name, site->name);
	say_meeting(meeting, site->name, ret);
	ret->tally = mtg_tally_on(meeting, &derived->ladder, index);
	ret->seen = mtg_is_in_scene(&derived->program, index);
	ret->heard = mtg_is_heard(meeting, index);
	ret->hand = mtg_has_raised_hand(meeting, index);
	mtg_list_for_hands(meeting, &ret->hands_closed);
	ret->has_hands_closed = ret->hands_closed;
	ret->muted = site->muted;
	struct uplink uplink;
	mtg_uplink_in(meeting, &derived->program, index, &uplink);
	ret->uplink.camera = uplink.camera;
	ret->uplink.content = uplink.content;
	ret->uplink.voice = uplink.voice;
	ret->microphone.locked = mtg_is_locked(meeting, index);
	ret->microphone.ducked = mtg_is_ducked(meeting, index);
	if (!site->barred) {
		ret->n_receive = derived_receive(derived, index, ret->receive);
		say_scene(derived, index, &ret->scene);
	} else {
		ret->scene.layout = LAYOUT_SLATE;
	}
	say_turn(derived, index, ret);
	say_floor(derived, index, ret);
	say_telephone(meeting, index, ret);
	say_act(derived, index, ret);
	say_messages(meeting, index, ret);
	say_phrases(meeting, ret);
	say_programme(derived, index, ret);
	say_own(meeting, site, ret);
	say_talkback(meeting, index, ret);
	bell_view_desired(meeting, ret);
	if (mtg_is_venue(site)) {
		say_what_is_asked(meeting, site, ret);
	}
	say_film(meeting, index, ret);
	if (media_keys->relay_mark[0] != '\0') {
		ret->has_relay_credential = true;
		TEXT_COPY(ret->relay_credential, media_keys->relay_mark);
	}
	if (media_keys->relay_known && !site->barred) {
		ret->has_relay = true;
		ret->relay = media_keys->relay;
	}
}

static void say_slots(const struct view_derived *derived, struct wire_relay_desired *ret)
{
	static const enum slot voice_slots[VOICES_MAX] = {
		SLOT_VOICE0, SLOT_VOICE1, SLOT_VOICE2, SLOT_VOICE3};

	for (enum slot slot = SLOT_PROGRAM; slot <= SLOT_CONTENT; slot++) {
		const struct slot_source *fed = &derived->slots[slot];

		if (fed->site != MTG_NONE) {
			ret->slots[ret->n_slots++] = (struct wire_slot_source){
				slot, mtg_site(derived->meeting, fed->site)->number, fed->source};
		}
	}
	for (size_t i = 0; i < VOICES_MAX; i++) {
		if (derived->voices[i] != MTG_NONE) {
			ret->slots[ret->n_slots++] = (struct wire_slot_source){voice_slots[i],
				mtg_site(derived->meeting, derived->voices[i])->number,
				SOURCE_NAME_CAMERA};
		}
	}
}

/* A site that was removed is cut off like one that is barred, and its key is void. */
static void say_relay_site(const struct view_derived *derived, int index,
	const struct media_keys *media_keys, const char *instance, struct wire_relay_site *ret)
{
	const struct site *site = mtg_site(derived->meeting, index);
	const char *key = media_keys_site_key(media_keys, site->number, instance);
	const char *mark = media_keys->sites[site->number].mark;

	ret->number = site->number;
	ret->barred = site->barred || site->removed;
	if (!ret->barred) {
		ret->n_receive = derived_receive(derived, index, ret->receive);
	}
	if (site->removed) {
		return;
	}
	if (mark[0] != '\0') {
		ret->has_credential = true;
		TEXT_COPY(ret->credential, mark);
	}
	if (key) {
		ret->has_key = true;
		TEXT_COPY(ret->key, key);
	}
}

int view_relay_desired(const struct view_derived *derived, const struct media_keys *media_keys,
	const char *instance, struct msg_arena *arena, struct wire_relay_desired *ret)
{
	size_t n = mtg_site_count(derived->meeting);
	struct wire_relay_site *sites = NULL;

	memset(ret, 0, sizeof(*ret));
	if (n > 0) {
		sites = msg_arena_take(arena, n * sizeof(*sites));
		if (!sites) {
			return -ENOMEM;
		}
	}
	for (size_t i = 0; i < n; i++) {
		say_relay_site(derived, (int)i, media_keys, instance, &sites[i]);
	}
	ret->has_rekey = media_keys->rekey > 0;
	ret->rekey = media_keys->rekey;
	ret->has_instance = true;
	TEXT_COPY(ret->instance, instance);
	ret->sites = sites;
	ret->n_sites = n;
	say_slots(derived, ret);
	return 0;
}
