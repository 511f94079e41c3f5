/*
 * Raised hands: asked for by a site, taken by a speaking list or not, cleared. A hand that asks for
 * no more than the meeting's hand_allowance is a turn at once; every other waits for approval.
 */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

bool mtg_is_hand(const struct turn *turn)
{
	return turn->origin == TURN_ORIGIN_REQUESTED && turn->state == TURN_STATE_WAITING &&
	       !turn->approved;
}

static int list_of_item(const struct meeting *meeting, const struct item *item, bool *ret_closed)
{
	for (size_t i = 0; i < item->n_lists; i++) {
		if (!meeting->lists[item->lists[i]].hands_closed) {
			return item->lists[i];
		}
		*ret_closed = true;
	}
	return MTG_NONE;
}

int mtg_list_for_hands(const struct meeting *meeting, bool *ret_closed)
{
	int active = meeting->core.active_item;
	int list = MTG_NONE;

	bool closed = false;

	if (active != MTG_NONE) {
		list = list_of_item(meeting, &meeting->items[active], &closed);
	}
	for (size_t i = 0; i < mtg_programme_count(meeting) && list == MTG_NONE; i++) {
		const struct item *item = &meeting->items[meeting->item_order[i]];

		if (item->state == ITEM_STATE_PENDING && !is_live(meeting)) {
			list = list_of_item(meeting, item, &closed);
		}
	}
	*ret_closed = closed && list == MTG_NONE;
	return list;
}

/* The list that is named, or else the one that takes hands now. */
static int choose_list(const struct deciding *d, const struct cmd_turn_request *in, int *ret_list)
{
	bool closed = false;

	if (!in->has_list) {
		*ret_list = mtg_list_for_hands(d->meeting, &closed);
	} else {
		int r = mtg_need_list(d->meeting, in->list, ret_list);

		if (r != 0) {
			return r;
		}
		closed = d->meeting->lists[*ret_list].hands_closed;
		if (closed || !mtg_list_is_open(d->meeting, *ret_list, MTG_NONE)) {
			*ret_list = MTG_NONE;
		}
	}
	if (*ret_list != MTG_NONE) {
		return 0;
	}
	return closed ? REFUSAL_HANDS_CLOSED : REFUSAL_NOT_IN_ITEM;
}

/* Requests of a site that have not been spoken. */
static size_t waiting_requests(const struct meeting *meeting, int site)
{
	size_t n = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		n += turn->site == site && turn->origin == TURN_ORIGIN_REQUESTED &&
		     (turn->state == TURN_STATE_WAITING || turn->state == TURN_STATE_CUED);
	}
	return n;
}

/* The last places are reserved for operators. */
static size_t turns_room(const struct deciding *d)
{
	return d->command->by.role == ROLE_SITE ? TURNS_MAX - TURNS_FOR_STAFF : TURNS_MAX;
}

static int check_request(const struct deciding *d, const struct cmd_turn_request *in, int site)
{
	bool of_request = in->class == TURN_CLASS_REQUESTED || in->class == TURN_CLASS_REPLY;

	if (d->meeting->sites[site].barred) {
		return REFUSAL_SITE_BARRED;
	}
	if (d->meeting->core.n_turns >= turns_room(d) ||
		waiting_requests(d->meeting, site) >= REQUESTS_PER_SITE_MAX) {
		return REFUSAL_LIMIT;
	}
	bool sound = (!in->has_class || of_request) &&
		     (!in->has_allowance || is_planned_span(in->allowance));
	return sound ? 0 : REFUSAL_INVALID;
}

/* What it asks for, or what the meeting gives; by the second it may be approved at once. */
static void say_allowance(
	const struct deciding *d, const struct cmd_turn_request *in, struct ev_turn_added *out)
{
	struct span given = d->meeting->core.about.hand_allowance;

	out->allowance = in->has_allowance && in->allowance.ms > 0 ? in->allowance : given;
	out->approved = out->allowance.ms > 0 && out->allowance.ms <= given.ms;
}

int mtg_decide_turn_request(struct deciding *d)
{
	const struct cmd_turn_request *in = &d->command->body.turn_request;
	const struct meeting *meeting = d->meeting;
	int site, list;
	int r = mtg_need_venue(meeting, in->site, &site);

	if (r == 0 && !is_open(meeting)) {
		r = REFUSAL_WRONG_STATE;
	}
	r = r != 0 ? r : choose_list(d, in, &list);
	r = r != 0 ? r : check_request(d, in, site);
	if (r != 0) {
		return r;
	}
	struct ev_turn_added *out = &mtg_emit(d, EV_TURN_ADDED)->turn_added;
	mtg_next_turn_id(meeting, out->turn);
	TEXT_COPY(out->list, meeting->lists[list].id);
	TEXT_COPY(out->site, in->site);
	TEXT_COPY(out->unit, in->has_unit ? in->unit : meeting->sites[site].name);
	OPTIONAL_COPY(out, in, speaker);
	OPTIONAL_COPY(out, in, office);
	TEXT_COPY(out->topic, in->has_topic ? in->topic : "");
	out->origin = TURN_ORIGIN_REQUESTED;
	mtg_say_class(out, in->has_class ? in->class : TURN_CLASS_REQUESTED);
	say_allowance(d, in, out);
	mtg_place_by_class(meeting, out);
	return 0;
}

int mtg_decide_list_close_hands(struct deciding *d)
{
	const struct cmd_list_close_hands *in = &d->command->body.list_close_hands;
	int list;
	int r = mtg_need_list(d->meeting, in->list, &list);

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->lists[list].hands_closed == in->closed) {
		return REFUSAL_ALREADY;
	}
	struct ev_list_hands_closed *out = &mtg_emit(d, EV_LIST_HANDS_CLOSED)->list_hands_closed;
	TEXT_COPY(out->list, in->list);
	out->closed = in->closed;
	return 0;
}

void mtg_apply_list_hands_closed(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_list_hands_closed *in = &record->event.list_hands_closed;
	struct speaking_list *list = &meeting->lists[mtg_find_list(meeting, in->list)];

	list->hands_closed = in->closed;
	list->revision = record->seq;
}

static bool has_hands(const struct meeting *meeting, int list)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		if (meeting->turns[i].list == list && mtg_is_hand(&meeting->turns[i])) {
			return true;
		}
	}
	return false;
}

int mtg_decide_list_clear_hands(struct deciding *d)
{
	const struct cmd_list_clear_hands *in = &d->command->body.list_clear_hands;
	int list;
	int r = mtg_need_list(d->meeting, in->list, &list);

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!has_hands(d->meeting, list)) {
		return REFUSAL_ALREADY;
	}
	TEXT_COPY(mtg_emit(d, EV_LIST_HANDS_CLEARED)->list_hands_cleared.list, in->list);
	return 0;
}

void mtg_apply_list_hands_cleared(struct meeting *meeting, const struct mtg_record *record)
{
	int list = mtg_find_list(meeting, record->event.list_hands_cleared.list);

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		if (meeting->turns[i].list == list && mtg_is_hand(&meeting->turns[i])) {
			mtg_take_off(meeting, (int)i, TURN_STATE_WITHDRAWN, record);
		}
	}
}
