/*
 * Planned against actual. First the plan is laid on the timeline (clock, plan_items), then what is
 * left of the meeting is walked through in order, the active item first (foresee_*).
 */
#include "coordinator/meeting/forecast.h"

#include <string.h>

#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/state.h"

/* Where planned times of day lie on the timeline: `time` is at `at`, faster by `speed`. */
struct wall_clock {
	struct instant at;
	int64_t time;
	int64_t speed;
};

struct forecast_pass {
	const struct meeting *meeting;
	struct now now;
	struct forecast *ret;
	struct wall_clock clock;
	struct instant cursor; /* the end of what has been laid out so far */
};

static struct instant on_clock(const struct wall_clock *clock, uint32_t time_of_day)
{
	return (struct instant){clock->at.ms + ((int64_t)time_of_day - clock->time) / clock->speed};
}

static const struct item *item_at(const struct meeting *meeting, size_t position)
{
	return &meeting->items[meeting->item_order[position]];
}

static struct item_forecast *forecast_of(struct forecast_pass *walk, const struct item *item)
{
	return &walk->ret->items[item - walk->meeting->items];
}

static struct span planned_length(const struct meeting *meeting, const struct item *item)
{
	return mtg_scaled(
		meeting, item->has_planned_length ? item->planned_length : (struct span){0});
}

/* The first item with a planned start; *ret_lead is planned to pass before it. */
static const struct item *first_timed(const struct meeting *meeting, struct span *ret_lead)
{
	*ret_lead = (struct span){0};
	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *item = item_at(meeting, i);

		if (item->has_planned_start) {
			return item;
		}
		*ret_lead = span_sum(*ret_lead, planned_length(meeting, item));
	}
	return NULL;
}

/*
 * By the clock on the wall: the time of day, counted from midnight of the meeting's date, at the
 * opening (so that a wall clock stepped later moves nothing), or now if that is yet to come.
 */
static bool wall_time(const struct forecast_pass *walk, int64_t *ret_time)
{
	const struct about *about = &walk->meeting->core.about;
	struct stamp wall = about->was_opened ? about->opened_wall : walk->now.wall;
	int64_t day;

	if (!mtg_parse_date(about->date, &day)) {
		return false;
	}
	*ret_time = wall.ms + (int64_t)about->utc_offset * 60000 - day * DAY_MS;
	return true;
}

/* A run at another speed, on another day, or hours off its times, is not held to the wall clock. */
static bool runs_by_wall(const struct forecast_pass *walk, int64_t time, const struct item *first)
{
	const struct about *about = &walk->meeting->core.about;
	int64_t late = time - (int64_t)first->planned_start;

	if (about->speed != 1 || about->rehearsal || late > FORECAST_WINDOW_MS) {
		return false;
	}
	return !about->was_opened || (time >= 0 && late >= -FORECAST_WINDOW_MS);
}

static void set_clock(struct forecast_pass *walk)
{
	const struct about *about = &walk->meeting->core.about;
	struct instant base = about->was_opened ? about->opened : walk->now.at;
	struct span lead;
	const struct item *first = first_timed(walk->meeting, &lead);

	walk->clock = (struct wall_clock){base, 0, about->speed > 0 ? about->speed : 1};
	walk->cursor = base;
	if (!first) {
		return;
	}
	int64_t time;
	if (wall_time(walk, &time) && runs_by_wall(walk, time, first)) {
		walk->clock.time = time;
		walk->cursor.ms = on_clock(&walk->clock, first->planned_start).ms - lead.ms;
		return;
	}
	walk->clock.at = instant_after(base, lead);
	walk->clock.time = first->planned_start;
}

static void plan_items(struct forecast_pass *walk)
{
	const struct meeting *meeting = walk->meeting;

	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *item = item_at(meeting, i);
		struct item_forecast *plan = forecast_of(walk, item);
		struct instant end;

		plan->planned_start = item->has_planned_start
					      ? on_clock(&walk->clock, item->planned_start)
					      : walk->cursor;
		plan->planned_finish =
			instant_after(plan->planned_start, planned_length(meeting, item));
		if (item->has_fixed_end) {
			end = on_clock(&walk->clock, item->fixed_end);
			plan->planned_finish =
				end.ms > plan->planned_start.ms ? end : plan->planned_start;
		}
		if (item->state != ITEM_STATE_SKIPPED) {
			walk->cursor = plan->planned_finish;
		}
	}
	walk->ret->planned_end = walk->cursor;
}

/* Some item that is yet to start shares a list with this one. */
static bool shares_list_ahead(const struct meeting *meeting, const struct item *item, int list)
{
	bool behind = item->state == ITEM_STATE_PENDING;

	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *other = item_at(meeting, i);

		if (other == item) {
			behind = false;
		} else if (!behind && other->state == ITEM_STATE_PENDING &&
			   mtg_item_has_list(other, list)) {
			return true;
		}
	}
	return false;
}

/* Turns dealt out to one item. */
struct deal {
	struct span used;
	struct span budget; /* what the item has left of its planned length */
	bool any; /* a turn was dealt */
	bool open_ended; /* ... that has no limit of its own */
	bool had; /* a turn was ever on its lists */
};

static struct span needs(const struct forecast_pass *walk, const struct turn *turn)
{
	int64_t left = mtg_scaled(walk->meeting, turn->allowance).ms -
		       mtg_turn_spoken(turn, walk->now.at).ms;

	return (struct span){left > 0 ? left : 0};
}

static void deal_list(struct forecast_pass *walk, const struct item *item, int list,
	struct instant start, struct deal *deal)
{
	const struct meeting *meeting = walk->meeting;
	bool limited = item->has_planned_length && shares_list_ahead(meeting, item, list);

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[meeting->turn_order[i]];
		struct turn_forecast *forecast = &walk->ret->turns[meeting->turn_order[i]];
		bool on_air = turn->state == TURN_STATE_ON_AIR;
		struct span need;

		if (turn->list != list) {
			continue;
		}
		deal->had = true;
		if ((!on_air && !is_upcoming(turn)) || !turn->approved || forecast->known) {
			continue;
		}
		need = needs(walk, turn);
		if (limited && !on_air && deal->used.ms + need.ms > deal->budget.ms) {
			return;
		}
		forecast->known = true;
		forecast->expected = instant_after(start, deal->used);
		deal->used = span_sum(deal->used, need);
		deal->any = true;
		deal->open_ended = deal->open_ended || turn->allowance.ms == 0;
	}
}

/* What is left of an item that starts (or goes on) at `start`. */
static struct span time_left(
	struct forecast_pass *walk, const struct item *item, struct instant start)
{
	const struct meeting *meeting = walk->meeting;
	bool active = item->state == ITEM_STATE_ACTIVE;
	struct span planned =
		span_sum(planned_length(meeting, item), mtg_scaled(meeting, item->extended));
	struct deal deal = {.budget = planned};

	if (active) {
		deal.budget.ms -= span_between(item->started, start).ms;
	}
	if (deal.budget.ms < 0) {
		deal.budget.ms = 0;
	}
	for (size_t i = 0; i < item->n_lists; i++) {
		deal_list(walk, item, item->lists[i], start, &deal);
	}
	if (deal.any && !(deal.open_ended && deal.budget.ms > deal.used.ms)) {
		return deal.used;
	}
	return active && deal.had && !deal.any ? (struct span){0} : deal.budget;
}

static struct instant finish_of(
	struct forecast_pass *walk, const struct item *item, struct instant start)
{
	struct span left = time_left(walk, item, start);

	if (!item->has_fixed_end) {
		return instant_after(start, left);
	}
	struct instant end = on_clock(&walk->clock, item->fixed_end);
	return end.ms > start.ms ? end : start;
}

static void foresee_active(struct forecast_pass *walk)
{
	int active = walk->meeting->core.active_item;

	if (active == MTG_NONE) {
		return;
	}
	const struct item *item = &walk->meeting->items[active];
	struct item_forecast *forecast = forecast_of(walk, item);
	forecast->known = true;
	forecast->start = item->started;
	forecast->finish = finish_of(walk, item, walk->cursor);
	walk->cursor = forecast->finish;
}

static void foresee_pending(struct forecast_pass *walk, const struct item *item)
{
	struct item_forecast *forecast = forecast_of(walk, item);
	struct instant planned = forecast->planned_start;

	forecast->known = true;
	forecast->start =
		item->has_planned_start && planned.ms > walk->cursor.ms ? planned : walk->cursor;
	forecast->finish = finish_of(walk, item, forecast->start);
	walk->cursor = forecast->finish;
}

static void recall(struct forecast_pass *walk, const struct item *item)
{
	struct item_forecast *forecast = forecast_of(walk, item);

	forecast->known = item->state == ITEM_STATE_DONE;
	forecast->start = item->started;
	forecast->finish = item->finished;
}

/* Turns on air are not ahead; they were marked only so as not to be dealt twice. */
static void forget_on_air(struct forecast_pass *walk)
{
	int on_air = walk->meeting->core.floor.on_air;

	if (on_air != MTG_NONE) {
		walk->ret->turns[on_air] = (struct turn_forecast){0};
	}
}

static void foresee(struct forecast_pass *walk)
{
	const struct meeting *meeting = walk->meeting;
	bool over = meeting->core.about.state == MEETING_STATE_CLOSED;

	foresee_active(walk);
	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *item = item_at(meeting, i);

		if (item->state == ITEM_STATE_PENDING && !over) {
			foresee_pending(walk, item);
		} else if (item->state != ITEM_STATE_ACTIVE) {
			recall(walk, item);
		}
	}
	forget_on_air(walk);
}

/* The first item that is active, or else the next one to start. */
static const struct item *present_item(const struct meeting *meeting)
{
	if (meeting->core.active_item != MTG_NONE) {
		return &meeting->items[meeting->core.active_item];
	}
	for (size_t i = 0; i < meeting->core.n_items; i++) {
		if (item_at(meeting, i)->state == ITEM_STATE_PENDING) {
			return item_at(meeting, i);
		}
	}
	return NULL;
}

static struct instant last_finish(const struct meeting *meeting)
{
	struct instant last = meeting->core.about.opened;

	for (size_t i = 0; i < meeting->core.n_items; i++) {
		if (meeting->items[i].was_finished && meeting->items[i].finished.ms > last.ms) {
			last = meeting->items[i].finished;
		}
	}
	return last;
}

static void sum_up(struct forecast_pass *walk)
{
	const struct meeting *meeting = walk->meeting;
	bool over = meeting->core.about.state == MEETING_STATE_CLOSED;
	const struct item *present = over ? NULL : present_item(meeting);
	struct forecast *ret = walk->ret;

	ret->has_end = meeting->core.n_items > 0;
	ret->end = present ? walk->cursor : last_finish(meeting);
	if (over) {
		ret->end = meeting->core.about.closed;
	}
	if (!present) {
		ret->offset = span_between(ret->planned_end, ret->end);
	} else if (present->state == ITEM_STATE_ACTIVE) {
		ret->offset = span_between(forecast_of(walk, present)->planned_finish,
			forecast_of(walk, present)->finish);
	} else {
		ret->offset = span_between(forecast_of(walk, present)->planned_start,
			forecast_of(walk, present)->start);
	}
}

void mtg_forecast(const struct meeting *meeting, struct now now, struct forecast *ret)
{
	struct forecast_pass walk = {.meeting = meeting, .now = now, .ret = ret};

	memset(ret, 0, sizeof(*ret));
	set_clock(&walk);
	struct instant begin = walk.cursor;
	plan_items(&walk);
	walk.cursor = now.at;
	if (!meeting->core.about.was_opened && begin.ms > now.at.ms) {
		walk.cursor = begin;
	}
	foresee(&walk);
	if (meeting->core.about.was_opened || meeting->core.n_items > 0) {
		sum_up(&walk);
	}
}
