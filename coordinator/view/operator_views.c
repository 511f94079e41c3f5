/* Views: one object of the meeting as clients of people see it. */
#include "coordinator/view/operator_views.h"

#include <errno.h>
#include <string.h>

#include "coordinator/meeting/direction.h"
#include "coordinator/meeting/film.h"
#include "coordinator/view/cut_views.h"
#include "coordinator/view/readiness_views.h"
#include "coordinator/view/text.h"

/* Forecasts move with every millisecond while something runs late; people read seconds. */
enum { FORECAST_STEP_MS = 1000, DRIFT_STEP_MS = 100 };

static int64_t to_nearest(int64_t ms, int64_t step)
{
	return (ms + step / 2) / step * step;
}

/*
 * To the nearest second of the wall clock: what is planned for 06:50 is never shown as 06:49. How
 * far that clock is ahead is taken roughly, for it drifts, and a drift is no change.
 */
static struct instant rounded(const struct view_derived *derived, struct instant at)
{
	int64_t ahead = to_nearest(derived->now.wall.ms - derived->now.at.ms, DRIFT_STEP_MS);
	int64_t second = to_nearest(at.ms + ahead, FORECAST_STEP_MS) - ahead;
	return (struct instant){second > 0 ? second : 0};
}

void operator_view_meeting(const struct view_derived *derived, struct wire_meeting_view *ret)
{
	const struct about *about = mtg_about(derived->meeting);

	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->meeting, about->meeting);
	TEXT_COPY(ret->name, about->name);
	TEXT_COPY(ret->host, about->host);
	TEXT_COPY(ret->place, about->place);
	TEXT_COPY(ret->date, about->date);
	ret->n_title_lines = about->n_title_lines;
	for (size_t i = 0; i < about->n_title_lines; i++) {
		TEXT_COPY(ret->title_lines[i], about->title_lines[i]);
	}
	ret->has_chairs = about->n_chairs > 0;
	ret->n_chairs = about->n_chairs;
	for (size_t i = 0; i < about->n_chairs; i++) {
		TEXT_COPY(ret->chairs[i], about->chairs[i]);
	}
	ret->utc_offset = about->utc_offset;
	ret->form = about->form;
	ret->has_theme = about->theme != CARD_THEME_UNSET;
	ret->theme = about->theme;
	ret->speed = about->speed;
	ret->rehearsal = about->rehearsal;
	ret->has_document = about->has_document;
	ret->document = about->document;
	ret->has_preparation = true;
	ret->preparation = about->preparation;
	ret->has_phrases = about->phrases.n_to_sites + about->phrases.n_to_centre > 0;
	ret->phrases = about->phrases;
	ret->has_hand_allowance = about->hand_allowance.ms > 0;
	ret->hand_allowance = about->hand_allowance;
	ret->state = about->state;
	if (about->was_opened) {
		ret->has_opened = ret->has_opened_wall = true;
		ret->opened = about->opened;
		ret->opened_wall = about->opened_wall;
		ret->has_offset = true;
		ret->offset.ms = derived->forecast.offset.ms -
				 derived->forecast.offset.ms % FORECAST_STEP_MS;
	}
	ret->has_adjourned = !about->was_opened && mtg_was_ever_opened(about);
	ret->adjourned = about->adjourned_wall;
	ret->has_debrief = ret->debrief = about->debrief;
	ret->has_closed = about->was_closed;
	ret->closed = about->closed;
	cut_views_say(derived, ret);
	if (derived->forecast.has_end) {
		ret->has_forecast_end = true;
		ret->forecast_end = rounded(derived, derived->forecast.end);
	}
}

static void say_steps(const struct site *site, struct wire_site_view *ret)
{
	for (int step = READINESS_STEP_UNSET + 1; step < READINESS_STEP_END; step++) {
		const struct readiness_mark *entry = &site->steps[step];
		struct wire_step_view *view;

		if (!entry->done) {
			continue;
		}
		view = &ret->steps[ret->n_steps++];
		view->step = (enum readiness_step)step;
		view->at = entry->at;
		view->by = entry->by;
		view->has_evidence = entry->evidence[0] != '\0';
		TEXT_COPY(view->evidence, entry->evidence);
	}
}

void operator_view_site(const struct view_derived *derived, int index, struct wire_site_view *ret)
{
	const struct site *site = mtg_site(derived->meeting, index);

	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->site, site->id);
	ret->number = site->number;
	TEXT_COPY(ret->name, site->name);
	TEXT_COPY(ret->short_code, site->short_code);
	TEXT_COPY(ret->region, site->region);
	ret->has_documents_due = site->documents_due[0] != '\0';
	TEXT_COPY(ret->documents_due, site->documents_due);
	ret->kind = site->kind;
	ret->has_content = site->has_content;
	ret->link = site->link;
	ret->media = site->media;
	ret->barred = site->barred;
	ret->locked = mtg_is_locked(derived->meeting, index);
	ret->muted = site->muted;
	ret->spare = site->spare;
	ret->tally = mtg_tally_on(derived->meeting, &derived->ladder, index);
	ret->seen = mtg_is_in_scene(&derived->program, index);
	ret->heard = mtg_is_heard(derived->meeting, index);
	ret->spoken = mtg_site_spoken_before(derived->meeting, index);
	say_steps(site, ret);
	readiness_view_site(derived, index, ret);
	for (int sign = SIGN_UNSET + 1; sign < SIGN_END; sign++) {
		if (site->signs[sign]) {
			ret->signs[ret->n_signs++] = (enum sign)sign;
		}
	}
	ret->has_link_since = site->link != LINK_STATE_ABSENT;
	ret->link_since = site->link_since;
	ret->has_address = site->address[0] != '\0';
	TEXT_COPY(ret->address, site->address);
	ret->has_venue = site->venue[0] != '\0';
	TEXT_COPY(ret->venue, site->venue);
	ret->has_contact = site->contact[0] != '\0';
	TEXT_COPY(ret->contact, site->contact);
	ret->has_chair = site->chair[0] != '\0';
	TEXT_COPY(ret->chair, site->chair);
	ret->has_talkback_answer = site->talkback_answer != TALKBACK_ANSWER_UNSET;
	ret->talkback_answer = site->talkback_answer;
	operator_view_site_asked(derived->meeting, index, ret);
}

static void say_item_plan(const struct item *item, struct wire_item_view *ret)
{
	ret->has_by = item->by[0] != '\0';
	TEXT_COPY(ret->by, item->by);
	ret->has_planned_start = item->has_planned_start;
	ret->planned_start = item->planned_start;
	ret->has_planned_length = item->has_planned_length;
	ret->planned_length = item->planned_length;
	ret->has_fixed_end = item->has_fixed_end;
	ret->fixed_end = item->fixed_end;
}

static void say_item_actual(const struct item *item, struct wire_item_view *ret)
{
	ret->has_started = ret->has_started_wall = item->was_started;
	ret->started = item->started;
	ret->started_wall = item->started_wall;
	ret->has_finished = ret->has_finished_wall = item->was_finished;
	ret->finished = item->finished;
	ret->finished_wall = item->finished_wall;
}

static void say_playback(const struct meeting *meeting, int index, struct wire_item_view *ret)
{
	const struct film *film = mtg_film(meeting);

	if (index != mtg_film_in_hand(meeting)) {
		return;
	}
	ret->has_playback = true;
	ret->playback.on_air = mtg_film_is_on_air(meeting);
	ret->playback.has_state = film->state != FILM_STATE_UNSET;
	ret->playback.state = film->state;
	ret->playback.has_at = ret->playback.has_position = ret->playback.has_state;
	ret->playback.at = film->at;
	ret->playback.position = film->position;
	ret->playback.has_length = film->has_length;
	ret->playback.length = film->length;
}

void operator_view_item(const struct view_derived *derived, int index, struct wire_item_view *ret)
{
	const struct item *item = mtg_item(derived->meeting, index);
	const struct item_forecast *forecast = &derived->forecast.items[index];

	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->item, item->id);
	ret->kind = item->kind;
	TEXT_COPY(ret->title, item->title);
	ret->has_film = mtg_has_film(item);
	TEXT_COPY(ret->film, item->film);
	say_playback(derived->meeting, index, ret);
	ret->n_lists = item->n_lists;
	for (size_t i = 0; i < item->n_lists; i++) {
		TEXT_COPY(ret->lists[i], mtg_list(derived->meeting, item->lists[i])->id);
	}
	ret->state = item->state;
	ret->extended = item->extended;
	say_item_plan(item, ret);
	say_item_actual(item, ret);
	if (forecast->known) {
		ret->has_forecast_start = ret->has_forecast_finish = true;
		ret->forecast_start = rounded(derived, forecast->start);
		ret->forecast_finish = rounded(derived, forecast->finish);
	}
}

void operator_view_list(const struct view_derived *derived, int index, struct wire_list_view *ret)
{
	const struct speaking_list *list = mtg_list(derived->meeting, index);

	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->list, list->id);
	TEXT_COPY(ret->title, list->title);
	ret->has_hands_closed = ret->hands_closed = list->hands_closed;
}

/* What was spoken by who asks: for whom approves it. */
static void say_hand(
	const struct meeting *meeting, const struct turn *hand, struct wire_turn_view *ret)
{
	ret->has_raised = ret->has_site_spoken = ret->has_unit_spoken = true;
	ret->raised = hand->added;
	ret->site_spoken = mtg_site_spoken_before(meeting, hand->site);
	ret->unit_spoken = mtg_unit_spoken_before(meeting, hand->unit);
}

void operator_view_turn(const struct view_derived *derived, int index, struct wire_turn_view *ret)
{
	const struct turn *turn = mtg_turn(derived->meeting, index);
	const struct turn_forecast *forecast = &derived->forecast.turns[index];

	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->turn, turn->id);
	TEXT_COPY(ret->list, mtg_list(derived->meeting, turn->list)->id);
	TEXT_COPY(ret->site, mtg_site(derived->meeting, turn->site)->id);
	TEXT_COPY(ret->unit, turn->unit);
	ret->has_speaker = turn->speaker[0] != '\0';
	TEXT_COPY(ret->speaker, turn->speaker);
	ret->has_office = turn->office[0] != '\0';
	TEXT_COPY(ret->office, turn->office);
	TEXT_COPY(ret->topic, turn->topic);
	ret->allowance = turn->allowance;
	ret->origin = turn->origin;
	ret->class = turn->class;
	ret->state = turn->state;
	ret->approved = turn->approved;
	ret->acknowledged = turn->acknowledged;
	ret->spoken = turn->spoken;
	ret->has_since = turn->state == TURN_STATE_ON_AIR;
	if (ret->has_since) {
		ret->since = turn->since;
	}
	ret->has_telephone = turn->by_telephone;
	if (turn->by_telephone) {
		TEXT_COPY(ret->telephone, mtg_site(derived->meeting, turn->telephone)->id);
		ret->has_telephone_note = turn->telephone_note[0] != '\0';
		TEXT_COPY(ret->telephone_note, turn->telephone_note);
	}
	if (mtg_is_hand(turn)) {
		say_hand(derived->meeting, turn, ret);
	}
	if (forecast->known) {
		ret->has_expected = true;
		ret->expected = rounded(derived, forecast->expected);
	}
	if (forecast->finish.ms > 0) {
		ret->has_expected_finish = true;
		ret->expected_finish = rounded(derived, forecast->finish);
	}
}

void operator_view_floor(const struct view_derived *derived, struct wire_floor_view *ret)
{
	const struct floor *floor = mtg_floor(derived->meeting);

	memset(ret, 0, sizeof(*ret));
	ret->takes = floor->takes;
	if (floor->on_air != MTG_NONE) {
		ret->has_turn = ret->has_take = ret->has_taken = ret->has_timer = true;
		TEXT_COPY(ret->turn, mtg_turn(derived->meeting, floor->on_air)->id);
		ret->take = floor->takes;
		ret->taken = floor->taken;
		turn_timer_view(derived->meeting, floor->on_air, &ret->timer);
	}
	if (floor->cued != MTG_NONE) {
		ret->has_cued = true;
		TEXT_COPY(ret->cued, mtg_turn(derived->meeting, floor->cued)->id);
	}
	ret->has_undo_until = mtg_undo_is_open(derived->meeting, &ret->undo_until);
	if (!ret->has_undo_until) {
		ret->undo_until.ms = 0;
	} else {
		ret->has_take = true;
		ret->take = floor->takes;
	}
}

void operator_view_scene(const struct view_derived *derived, struct wire_scene_view *ret)
{
	const struct scene_control *control = mtg_scene_control(derived->meeting);

	memset(ret, 0, sizeof(*ret));
	ret->layout = derived->program.layout;
	ret->n_panes = derived->program.n_panes;
	for (size_t i = 0; i < derived->program.n_panes; i++) {
		const struct scene_pane *pane = &derived->program.panes[i];

		TEXT_COPY(ret->panes[i].site, mtg_site(derived->meeting, pane->site)->id);
		ret->panes[i].source = pane->source;
	}
	ret->overridden = control->overridden;
	if (control->content != MTG_NONE) {
		ret->has_content = true;
		TEXT_COPY(ret->content, mtg_site(derived->meeting, control->content)->id);
	}
}

void operator_view_alarm(
	const struct view_derived *derived, const struct alarm *alarm, struct wire_alarm_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->alarm = alarm->number;
	ret->kind = alarm->kind;
	ret->at = alarm->at;
	ret->wall = alarm->wall;
	ret->acknowledged = alarm->acknowledged;
	if (alarm->site != MTG_NONE) {
		ret->has_site = true;
		TEXT_COPY(ret->site, mtg_site(derived->meeting, alarm->site)->id);
	}
	if (alarm->turn != MTG_NONE) {
		ret->has_turn = true;
		TEXT_COPY(ret->turn, mtg_turn(derived->meeting, alarm->turn)->id);
	}
}

static void say_readers(const struct meeting *meeting, const struct message *message,
	struct wire_message_readers *ret)
{
	struct message_readers readers;

	mtg_message_readers(meeting, message, &readers);
	ret->read = (uint32_t)readers.read;
	ret->of = (uint32_t)readers.of;
	for (size_t i = 0; i < readers.n_missing; i++) {
		TEXT_COPY(
			ret->missing[ret->n_missing++], mtg_site(meeting, readers.missing[i])->id);
	}
}

static void say_reading(const struct view_derived *derived, const struct message *message,
	struct wire_message_view *ret)
{
	bool of_site = message->by.role == ROLE_SITE;

	ret->has_message = true;
	ret->message = (uint64_t)message->seq;
	ret->has_acknowledge = ret->acknowledge = message->acknowledge;
	ret->has_readers = !of_site && message->audience != MESSAGE_AUDIENCE_STAFF;
	if (ret->has_readers) {
		say_readers(derived->meeting, message, &ret->readers);
	}
	ret->has_read_by = ret->has_read_wall = message->was_read;
	ret->read_by = message->read_by;
	ret->read_wall = message->read_wall;
}

void operator_view_message(const struct view_derived *derived, const struct message *message,
	struct wire_message_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->text, message->text);
	ret->at = message->at;
	ret->wall = message->wall;
	ret->by = message->by;
	say_reading(derived, message, ret);
	ret->has_audience = message->audience == MESSAGE_AUDIENCE_STAFF;
	ret->audience = ret->has_audience ? MESSAGE_AUDIENCE_STAFF : MESSAGE_AUDIENCE_UNSET;
	if (message->site != MTG_NONE) {
		ret->has_site = true;
		TEXT_COPY(ret->site, mtg_site(derived->meeting, message->site)->id);
	}
}

int operator_view_removed_sites(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_site_view **ret, size_t *ret_n)
{
	size_t n = mtg_site_count(derived->meeting) - derived->n_roster;
	struct wire_site_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;

	if (n > 0 && !views) {
		return -ENOMEM;
	}
	*ret_n = 0;
	for (size_t i = 0; i < mtg_site_count(derived->meeting); i++) {
		const struct site *site = mtg_site(derived->meeting, (int)i);

		if (site->removed) {
			operator_view_site(derived, (int)i, &views[*ret_n]);
			views[(*ret_n)++].locked = site->locked; /* not by the lock of all */
		}
	}
	*ret = views;
	return 0;
}

static void say_received(const struct meeting *meeting, const struct received_document *received,
	struct wire_received_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->has_site = received->site != MTG_NONE;
	if (ret->has_site) {
		TEXT_COPY(ret->site, mtg_site(meeting, received->site)->id);
	}
	ret->file = received->file;
	ret->wall = received->wall;
	ret->by = received->by;
}

static int say_all_received(const struct meeting *meeting, const struct owed_document *document,
	struct msg_arena *arena, struct wire_document_view *ret)
{
	size_t n = 0;
	for (size_t i = 0; i < mtg_received_count(meeting); i++) {
		n += strcmp(mtg_received_at(meeting, i)->document, document->id) == 0;
	}
	struct wire_received_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;
	if (n > 0 && !views) {
		return -ENOMEM;
	}
	ret->received = views;
	for (size_t i = 0; i < mtg_received_count(meeting); i++) {
		const struct received_document *received = mtg_received_at(meeting, i);
		if (strcmp(received->document, document->id) == 0) {
			say_received(meeting, received, &views[ret->n_received++]);
		}
	}
	return 0;
}

static int say_document(const struct meeting *meeting, const struct owed_document *document,
	struct msg_arena *arena, struct wire_document_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->document, document->id);
	TEXT_COPY(ret->title, document->title);
	ret->has_site = document->site != MTG_NONE;
	if (ret->has_site) {
		TEXT_COPY(ret->site, mtg_site(meeting, document->site)->id);
	}
	ret->has_every_site = ret->every_site = document->every_site;
	ret->has_unit = document->unit[0] != '\0';
	TEXT_COPY(ret->unit, document->unit);
	ret->has_due = document->due[0] != '\0';
	TEXT_COPY(ret->due, document->due);
	ret->missing = (uint32_t)mtg_document_missing(meeting, document);
	return say_all_received(meeting, document, arena, ret);
}

int operator_view_documents(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_document_view **ret, size_t *ret_n)
{
	size_t n = mtg_document_count(derived->meeting);
	struct wire_document_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;

	if (n > 0 && !views) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		if (say_document(derived->meeting, mtg_document(derived->meeting, i), arena,
			    &views[i]) < 0) {
			return -ENOMEM;
		}
	}
	*ret = views;
	*ret_n = n;
	return 0;
}

static int say_receipts(const struct meeting *meeting, const struct handout *handout,
	struct msg_arena *arena, struct wire_handout_view *ret)
{
	size_t n = mtg_site_count(meeting);
	struct wire_receipt_view *views = msg_arena_take(arena, (n + 1) * sizeof(*views));
	if (!views) {
		return -ENOMEM;
	}
	ret->sites = views;
	for (size_t i = 0; i < n; i++) {
		enum receipt receipt = mtg_receipt(meeting, handout, (int)i);
		if (receipt != RECEIPT_UNSET) {
			TEXT_COPY(views[ret->n_sites].site, mtg_site(meeting, (int)i)->id);
			views[ret->n_sites++].receipt = receipt;
			ret->fetched += receipt >= RECEIPT_FETCHED;
			ret->opened += receipt == RECEIPT_OPENED;
		}
	}
	return 0;
}

static int say_handout(const struct meeting *meeting, const struct handout *handout,
	struct msg_arena *arena, struct wire_handout_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->handout, handout->id);
	TEXT_COPY(ret->title, handout->title);
	ret->file = handout->file;
	ret->every_site = handout->every_site;
	ret->wall = handout->wall;
	return say_receipts(meeting, handout, arena, ret);
}

int operator_view_handouts(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_handout_view **ret, size_t *ret_n)
{
	size_t n = mtg_handout_count(derived->meeting);
	struct wire_handout_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;

	if (n > 0 && !views) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		if (say_handout(derived->meeting, mtg_handout(derived->meeting, i), arena,
			    &views[i]) < 0) {
			return -ENOMEM;
		}
	}
	*ret = views;
	*ret_n = n;
	return 0;
}

static void say_act(const struct meeting *meeting, const struct act *act, struct wire_act_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	TEXT_COPY(ret->act, act->id);
	TEXT_COPY(ret->item, mtg_item(meeting, act->item)->id);
	TEXT_COPY(ret->name, act->name);
	ret->has_office = act->office[0] != '\0';
	TEXT_COPY(ret->office, act->office);
	ret->has_recipient = act->recipient != RECIPIENT_UNSET;
	ret->recipient = act->recipient;
	ret->has_award = act->award[0] != '\0';
	TEXT_COPY(ret->award, act->award);
	ret->has_giver = act->giver[0] != '\0';
	TEXT_COPY(ret->giver, act->giver);
	ret->state = act->state;
	ret->has_shown = act->was_shown;
	ret->shown = act->shown_wall;
}

int operator_view_acts(const struct view_derived *derived, struct msg_arena *arena,
	const struct wire_act_view **ret, size_t *ret_n)
{
	const struct meeting *meeting = derived->meeting;
	size_t n = mtg_act_count(meeting);
	struct wire_act_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;

	if (n > 0 && !views) {
		return -ENOMEM;
	}
	*ret_n = 0;
	for (size_t i = 0; i < n; i++) {
		const struct act *act = mtg_act(meeting, (int)i);

		if (mtg_item(meeting, act->item)->state != ITEM_STATE_REMOVED) {
			say_act(meeting, act, &views[(*ret_n)++]);
		}
	}
	*ret = views;
	return 0;
}

void operator_view_ceremony(const struct view_derived *derived, struct wire_ceremony_view *ret)
{
	const struct ceremony *ceremony = &derived->ceremony;

	memset(ret, 0, sizeof(*ret));
	if (ceremony->item == MTG_NONE) {
		return;
	}
	ret->has_item = ret->has_over = ret->has_total = true;
	TEXT_COPY(ret->item, mtg_item(derived->meeting, ceremony->item)->id);
	ret->over = (uint32_t)ceremony->over;
	ret->total = (uint32_t)ceremony->total;
	ret->has_shown = ceremony->shown != MTG_NONE;
	if (ret->has_shown) {
		TEXT_COPY(ret->shown, mtg_act(derived->meeting, ceremony->shown)->id);
	}
	ret->has_next = ceremony->next != MTG_NONE;
	if (ret->has_next) {
		TEXT_COPY(ret->next, mtg_act(derived->meeting, ceremony->next)->id);
	}
}

void operator_view_relay(const struct view_derived *derived, struct wire_relay_view *ret)
{
	const struct relay *relay = mtg_relay(derived->meeting);

	memset(ret, 0, sizeof(*ret));
	ret->link = relay->link == LINK_STATE_UNSET ? LINK_STATE_ABSENT : relay->link;
	ret->has_since = ret->link != LINK_STATE_ABSENT;
	ret->since = relay->since;
	ret->has_instance = relay->instance[0] != '\0';
	TEXT_COPY(ret->instance, relay->instance);
}

void operator_view_microphones(
	const struct view_derived *derived, struct wire_microphones_view *ret)
{
	const struct floor *floor = mtg_floor(derived->meeting);
	const struct talkback *talkback = mtg_talkback(derived->meeting);

	memset(ret, 0, sizeof(*ret));
	ret->all_locked = floor->all_locked;
	ret->venue_open = floor->venue_open;
	ret->has_talkback = talkback->open;
	if (!talkback->open) {
		return;
	}
	ret->talkback.private = talkback->private;
	ret->talkback.since = talkback->since;
	if (talkback->site != MTG_NONE) {
		ret->talkback.has_site = true;
		TEXT_COPY(ret->talkback.site, mtg_site(derived->meeting, talkback->site)->id);
	}
	ret->talkback.has_answer = talkback->answer != TALKBACK_ANSWER_UNSET;
	ret->talkback.answer = talkback->answer;
}

void operator_view_direction(const struct view_derived *derived, struct wire_direction_view *ret)
{
	const struct direction *direction = mtg_direction(derived->meeting);
	const struct direction_offer *offer = &direction->offer;

	memset(ret, 0, sizeof(*ret));
	ret->has_account = ret->has_since = ret->has_link = direction->account[0] != '\0';
	TEXT_COPY(ret->account, direction->account);
	ret->since = direction->since;
	ret->link = direction->link;
	ret->has_offer = offer->number != 0;
	ret->offer.offer = (uint64_t)offer->number;
	TEXT_COPY(ret->offer.to, offer->to);
	ret->offer.at = offer->at;
	ret->offer.has_note = offer->note[0] != '\0';
	TEXT_COPY(ret->offer.note, offer->note);
}
