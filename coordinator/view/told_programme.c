/* What sites are told of programme and speaking list. */
#include "coordinator/view/told_programme.h"

#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/turns.h"
#include "text_copy.h"

enum {
	SECOND_MS = 1000,
	MINUTE_MS = 60000,
	ITEMS_BEFORE = 3, /* the active one: what has just been */
};

uint64_t told_time_of(const struct meeting *meeting, struct stamp wall)
{
	int64_t local = wall.ms + (int64_t)mtg_about(meeting)->utc_offset * MINUTE_MS;
	int64_t of_day = (local % DAY_MS + DAY_MS) % DAY_MS;

	return (uint64_t)(of_day - of_day % MINUTE_MS);
}

static uint64_t time_of(const struct meeting *meeting, struct now now, struct instant at)
{
	struct stamp wall = {now.wall.ms + span_between(now.at, at).ms + SECOND_MS / 2};

	return told_time_of(meeting, wall);
}

/* Position of the active item, else of the first that is still to come. */
static size_t item_in_hand(const struct meeting *meeting, size_t n)
{
	int active = mtg_active_item(meeting);

	for (size_t i = 0; i < n; i++) {
		int index = mtg_item_at(meeting, i);
		if (active == MTG_NONE ? mtg_item(meeting, index)->state == ITEM_STATE_PENDING
				       : index == active) {
			return i;
		}
	}
	return n;
}

static size_t first_told(size_t in_hand, size_t n)
{
	size_t first = in_hand > ITEMS_BEFORE ? in_hand - ITEMS_BEFORE : 0;
	size_t last_first = n > WIRE_SITE_DESIRED_ITEMS_MAX ? n - WIRE_SITE_DESIRED_ITEMS_MAX : 0;

	return first < last_first ? first : last_first;
}

static void tell_item(const struct meeting *meeting, struct now now,
	const struct item_forecast *forecast, const struct item *item, struct told_item *ret)
{
	TEXT_COPY(ret->title, item->title);
	ret->state = item->state;
	ret->has_planned = item->has_planned_start;
	ret->planned = item->planned_start;
	if (item->was_started) {
		ret->has_start = true;
		ret->start = told_time_of(meeting, item->started_wall);
	} else if (forecast->known && mtg_about(meeting)->state == MEETING_STATE_LIVE) {
		ret->has_start = true;
		ret->start = time_of(meeting, now, forecast->start);
	}
}

static void tell_items(const struct meeting *meeting, struct now now,
	const struct forecast *forecast, struct told_programme *ret)
{
	size_t n = mtg_programme_count(meeting);
	size_t first = first_told(item_in_hand(meeting, n), n);

	for (size_t i = first; i < n && ret->n_items < WIRE_SITE_DESIRED_ITEMS_MAX; i++) {
		int index = mtg_item_at(meeting, i);
		tell_item(meeting, now, &forecast->items[index], mtg_item(meeting, index),
			&ret->items[ret->n_items++]);
	}
}

static void tell_turn(const struct meeting *meeting, struct now now,
	const struct turn_forecast *forecast, const struct turn *turn, struct told_turn *ret)
{
	const struct site *site = mtg_site(meeting, turn->site);

	ret->site = site->number;
	TEXT_COPY(ret->name, site->name);
	TEXT_COPY(ret->unit, turn->unit);
	ret->state = turn->state;
	if (forecast->known && turn->state == TURN_STATE_WAITING &&
		mtg_about(meeting)->state == MEETING_STATE_LIVE) {
		ret->has_expected = true;
		ret->expected = time_of(meeting, now, forecast->expected);
	}
}

static void tell_turns(const struct meeting *meeting, struct now now,
	const struct forecast *forecast, struct told_programme *ret)
{
	uint16_t before = 0;

	for (size_t i = 0; i < mtg_turn_count(meeting); i++) {
		int index = mtg_turn_at(meeting, i);
		const struct turn *turn = mtg_turn(meeting, index);

		ret->ahead[index] = before;
		if (turn->state != TURN_STATE_ON_AIR && !forecast->turns[index].known) {
			continue;
		}
		if (ret->n_turns < WIRE_SITE_DESIRED_TURNS_MAX) {
			tell_turn(meeting, now, &forecast->turns[index], turn,
				&ret->turns[ret->n_turns++]);
		}
		before++;
	}
}

void told_programme_take(const struct meeting *meeting, struct now now,
	const struct forecast *forecast, struct told_programme *ret)
{
	memset(ret, 0, sizeof(*ret));
	tell_items(meeting, now, forecast, ret);
	tell_turns(meeting, now, forecast, ret);
}
