/*
 * Planned against actual. First the plan is laid on the timeline (set_clock, plan_items), then the
 * rest of the meeting is computed in order, the active item first (forecast_*).
 */
#include "coordinator/meeting/forecast.h"

#include <string.h>

#include "coordinator/meeting/bell.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/cuts.h"
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/state.h"

/* Where planned times of day lie on the timeline: `time` is at `at`, faster by `speed`. */
struct wall_clock {
	struct instant at;
	int64_t time;
	int64_t speed;
	bool known; /* false: no time of day can be placed */
};

struct forecast_pass {
	const struct meeting *meeting;
	struct now now;
	struct forecast *ret;
	struct wall_clock clock;
	struct instant cursor; /* the end of what has been placed so far */
	const struct forecast_cut *cut;
	bool dropped[TURNS_MAX];
};

static struct instant on_clock(const struct wall_clock *clock, uint64_t time_of_day)
{
	return (struct instant){clock->at.ms + ((int64_t)time_of_day - clock->time) / clock->speed};
}

/* The item that a cut shortens, or NULL. */
static const struct item *cut_item(const struct forecast_pass *pass)
{
	return pass->cut->item == MTG_NONE ? NULL : &pass->meeting->items[pass->cut->item];
}

static const struct item *item_at(const struct meeting *meeting, size_t position)
{
	return &meeting->items[meeting->item_order[position]];
}

static struct item_forecast *forecast_of(struct forecast_pass *pass, const struct item *item)
{
	return &pass->ret->items[item - pass->meeting->items];
}

static struct span planned_length(const struct meeting *meeting, const struct item *item)
{
	return mtg_scaled(
		meeting, item->has_planned_length ? item->planned_length : (struct span){0});
}

/* The allowances of the turns that were assigned to a list beforehand. */
static struct span assigned_to(const struct meeting *meeting, int list)
{
	struct span sum = {0};

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if (turn->list == list && turn->origin == TURN_ORIGIN_ASSIGNED) {
			sum = span_sum(sum, mtg_scaled(meeting, turn->allowance));
		}
	}
	return sum;
}

/* What the items before this one leave of a list: those without a length of their own take all. */
static struct span rest_of_list(
	const struct meeting *meeting, size_t position, int list, struct span rest)
{
	for (size_t i = 0; i < position; i++) {
		const struct item *other = item_at(meeting, i);

		if (mtg_item_has_list(other, list)) {
			rest.ms = other->has_planned_length
					  ? rest.ms - planned_length(meeting, other).ms
					  : 0;
		}
	}
	return rest.ms > 0 ? rest : (struct span){0};
}

/* As long as planned; an item without a length, as its assigned turns. */
static struct span planned_span(const struct meeting *meeting, size_t position)
{
	const struct item *item = item_at(meeting, position);
	struct span sum = {0};

	if (item->has_planned_length) {
		return planned_length(meeting, item);
	}
	for (size_t i = 0; i < item->n_lists; i++) {
		struct span rest = rest_of_list(
			meeting, position, item->lists[i], assigned_to(meeting, item->lists[i]));
		sum = span_sum(sum, rest);
	}
	return sum;
}

/* The first item with a planned start; *ret_lead is planned to pass before it. */
static const struct item *first_timed(const struct meeting *meeting, struct span *ret_lead)
{
	*ret_lead = (struct span){0};
	for (size_t i = 0; i < mtg_programme_count(meeting); i++) {
		const struct item *item = item_at(meeting, i);

		if (item->has_planned_start) {
			return item;
		}
		*ret_lead = span_sum(*ret_lead, planned_span(meeting, i));
	}
	return NULL;
}

/*
 * By the wall clock: the time of day, counted from midnight of the meeting's date, at the opening
 * (so that a later step of the clock moves nothing), or now before the opening.
 */
static bool wall_time(const struct forecast_pass *pass, int64_t *ret_time)
{
	const struct about *about = &pass->meeting->core.about;
	struct stamp wall = about->was_opened ? about->opened_wall : pass->now.wall;
	int64_t day;

	if (!mtg_parse_date(about->date, &day)) {
		return false;
	}
	*ret_time = wall.ms + (int64_t)about->utc_offset * 60000 - day * DAY_MS;
	return true;
}

/*
 * A run at another speed, on another day, or hours off its times, does not follow the wall clock.
 */
static bool runs_by_wall(const struct forecast_pass *pass, int64_t time, const struct item *first)
{
	const struct about *about = &pass->meeting->core.about;
	int64_t late = time - (int64_t)first->planned_start;

	if (about->speed != 1 || about->rehearsal || late > FORECAST_WINDOW_MS) {
		return false;
	}
	return !about->was_opened || (time >= 0 && late >= -FORECAST_WINDOW_MS);
}

/* A programme without times has a clock of its own only on its own day. */
static void set_plain_clock(struct forecast_pass *pass)
{
	const struct about *about = &pass->meeting->core.about;
	int64_t time;

	if (about->speed == 1 && !about->rehearsal && wall_time(pass, &time) && time >= 0 &&
		time < DAY_MS) {
		pass->clock.time = time;
		pass->clock.known = true;
	}
}

static void set_clock(struct forecast_pass *pass)
{
	const struct about *about = &pass->meeting->core.about;
	struct instant base = about->was_opened ? about->opened : pass->now.at;
	struct span lead;
	const struct item *first = first_timed(pass->meeting, &lead);

	pass->clock = (struct wall_clock){base, 0, about->speed > 0 ? about->speed : 1, false};
	pass->cursor = base;
	if (!first) {
		set_plain_clock(pass);
		return;
	}
	pass->clock.known = true;
	int64_t time;
	if (wall_time(pass, &time) && runs_by_wall(pass, time, first)) {
		pass->clock.time = time;
		pass->cursor.ms = on_clock(&pass->clock, first->planned_start).ms - lead.ms;
		return;
	}
	pass->clock.at = instant_after(base, lead);
	pass->clock.time = first->planned_start;
}

static void plan_items(struct forecast_pass *pass)
{
	const struct meeting *meeting = pass->meeting;

	for (size_t i = 0; i < mtg_programme_count(meeting); i++) {
		const struct item *item = item_at(meeting, i);
		struct item_forecast *plan = forecast_of(pass, item);
		struct instant end;

		plan->planned_start = item->has_planned_start
					      ? on_clock(&pass->clock, item->planned_start)
					      : pass->cursor;
		plan->planned_finish = instant_after(plan->planned_start, planned_span(meeting, i));
		if (item->has_fixed_end && pass->clock.known) {
			end = on_clock(&pass->clock, item->fixed_end);
			plan->planned_finish =
				end.ms > plan->planned_start.ms ? end : plan->planned_start;
		}
		if (item->state != ITEM_STATE_SKIPPED) {
			pass->cursor = plan->planned_finish;
		}
	}
	pass->ret->planned_end = pass->cursor;
}

/* Whether an item that has not started shares a list with this one. */
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

/* The same arithmetic as that of programme.shorten and of what else may cut the programme. */
static struct span length_after(const struct forecast_pass *pass, const struct item *item)
{
	struct span length = span_sum(item->planned_length, item->extended);

	if (item->state == ITEM_STATE_ACTIVE) {
		struct span less =
			mtg_active_shortening(pass->meeting, pass->cut->keep, pass->now.at);
		return mtg_scaled(pass->meeting, (struct span){length.ms - less.ms});
	}
	if (item == cut_item(pass)) {
		length.ms -= pass->cut->by.ms;
	}
	return mtg_scaled(pass->meeting, mtg_kept_length(item, length, pass->cut->keep));
}

/* Turns assigned to one item. */
struct assignment {
	struct span used;
	struct span budget; /* what the item has left of its planned length */
};

static struct span time_needed(const struct forecast_pass *pass, const struct turn *turn)
{
	struct span allowance = mtg_kept_allowance(pass->meeting, turn, pass->cut->keep);
	int64_t left =
		mtg_scaled(pass->meeting, allowance).ms - mtg_turn_spoken(turn, pass->now.at).ms;

	return (struct span){left > 0 ? left : 0};
}

static void assign_turns(struct forecast_pass *pass, const struct item *item, int list,
	struct instant start, struct assignment *assignment)
{
	const struct meeting *meeting = pass->meeting;
	bool limited = item->has_planned_length && shares_list_ahead(meeting, item, list);

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[meeting->turn_order[i]];
		struct turn_forecast *forecast = &pass->ret->turns[meeting->turn_order[i]];
		bool on_air = turn->state == TURN_STATE_ON_AIR;
		struct span need;

		if (turn->list != list || (!on_air && !is_upcoming(turn)) || !turn->approved ||
			forecast->known || pass->dropped[meeting->turn_order[i]]) {
			continue;
		}
		need = time_needed(pass, turn);
		if (limited && !on_air && assignment->used.ms + need.ms > assignment->budget.ms) {
			return;
		}
		forecast->known = true;
		forecast->expected = instant_after(start, assignment->used);
		assignment->used = span_sum(assignment->used, need);
		forecast->finish = instant_after(start, assignment->used);
	}
}

/*
 * What is left of an item that starts (or goes on) at `start`: what the plan says, or more where
 * its turns need more. A list may still grow, and its item is not over before somebody ends it.
 */
static struct span time_left(
	struct forecast_pass *pass, const struct item *item, struct instant start)
{
	struct assignment assignment = {.budget = length_after(pass, item)};

	if (item->state == ITEM_STATE_ACTIVE) {
		assignment.budget.ms -= span_between(item->started, start).ms;
		mtg_film_left(pass->meeting, start, &assignment.budget);
	}
	if (assignment.budget.ms < 0) {
		assignment.budget.ms = 0;
	}
	for (size_t i = 0; i < item->n_lists; i++) {
		assign_turns(pass, item, item->lists[i], start, &assignment);
	}
	return assignment.used.ms > assignment.budget.ms ? assignment.used : assignment.budget;
}

static struct instant finish_of(
	struct forecast_pass *pass, const struct item *item, struct instant start)
{
	struct span left = time_left(pass, item, start);

	if (!item->has_fixed_end || !pass->clock.known) {
		return instant_after(start, left);
	}
	struct instant end = on_clock(&pass->clock, item->fixed_end);
	if (item == cut_item(pass)) {
		end.ms -= mtg_scaled(pass->meeting, pass->cut->by).ms;
	}
	return end.ms > start.ms ? end : start;
}

static void forecast_active(struct forecast_pass *pass)
{
	int active = pass->meeting->core.active_item;

	if (active == MTG_NONE) {
		return;
	}
	const struct item *item = &pass->meeting->items[active];
	struct item_forecast *forecast = forecast_of(pass, item);
	forecast->known = true;
	forecast->start = item->started;
	forecast->finish = finish_of(pass, item, pass->cursor);
	pass->cursor = forecast->finish;
}

static void forecast_pending(struct forecast_pass *pass, const struct item *item)
{
	struct item_forecast *forecast = forecast_of(pass, item);
	struct instant planned = forecast->planned_start;

	forecast->known = true;
	forecast->start =
		item->has_planned_start && planned.ms > pass->cursor.ms ? planned : pass->cursor;
	forecast->finish = finish_of(pass, item, forecast->start);
	pass->cursor = forecast->finish;
}

static void report_past(struct forecast_pass *pass, const struct item *item)
{
	struct item_forecast *forecast = forecast_of(pass, item);

	forecast->known = item->state == ITEM_STATE_DONE;
	forecast->start = item->started;
	forecast->finish = item->finished;
}

/* A turn on air is not upcoming; it was marked only so that it is not assigned twice. */
static void clear_on_air(struct forecast_pass *pass)
{
	int on_air = pass->meeting->core.floor.on_air;

	if (on_air != MTG_NONE) {
		pass->ret->turns[on_air].known = false;
		pass->ret->turns[on_air].expected = (struct instant){0};
	}
}

static void forecast_items(struct forecast_pass *pass)
{
	const struct meeting *meeting = pass->meeting;
	bool over = meeting->core.about.state == MEETING_STATE_CLOSED;

	forecast_active(pass);
	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *item = item_at(meeting, i);

		if (item->state == ITEM_STATE_PENDING && !over) {
			forecast_pending(pass, item);
		} else if (item->state != ITEM_STATE_ACTIVE) {
			report_past(pass, item);
		}
	}
	clear_on_air(pass);
}

/* The first item that is active, or else the next one to start. */
static const struct item *current_item(const struct meeting *meeting)
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

static void sum_up(struct forecast_pass *pass)
{
	const struct meeting *meeting = pass->meeting;
	bool over = meeting->core.about.state == MEETING_STATE_CLOSED;
	const struct item *present = over ? NULL : current_item(meeting);
	struct forecast *ret = pass->ret;

	ret->has_end = mtg_programme_count(meeting) > 0;
	ret->end = present ? pass->cursor : last_finish(meeting);
	if (over) {
		ret->end = meeting->core.about.closed;
	}
	if (!present) {
		ret->offset = span_between(ret->planned_end, ret->end);
	} else if (present->state == ITEM_STATE_ACTIVE) {
		ret->offset = span_between(forecast_of(pass, present)->planned_finish,
			forecast_of(pass, present)->finish);
	} else {
		ret->offset = span_between(forecast_of(pass, present)->planned_start,
			forecast_of(pass, present)->start);
	}
}

/* A meeting that is over has nothing to be cut. */
static void compare_with_hard_end(struct forecast_pass *pass)
{
	const struct about *about = &pass->meeting->core.about;
	struct forecast *ret = pass->ret;

	ret->has_hard_end = about->hard_end > 0 && pass->clock.known;
	if (!ret->has_hard_end) {
		return;
	}
	ret->hard_end = on_clock(&pass->clock, about->hard_end);
	int64_t over = span_between(ret->hard_end, ret->end).ms;
	bool may_cut = ret->has_end && over > 0 && about->state != MEETING_STATE_CLOSED;
	ret->over.ms = may_cut ? over : 0;
}

static void drop_turns(struct forecast_pass *pass)
{
	const struct meeting *meeting = pass->meeting;
	size_t left = pass->cut->drop;

	for (size_t i = meeting->core.n_turns; i > 0 && left > 0; i--) {
		int index = meeting->turn_order[i - 1];

		pass->dropped[index] = mtg_is_droppable(meeting, &meeting->turns[index]);
		left -= pass->dropped[index];
	}
}

void mtg_forecast_after(const struct meeting *meeting, struct now now,
	const struct forecast_cut *cut, struct forecast *ret)
{
	struct forecast_pass pass = {.meeting = meeting, .now = now, .ret = ret, .cut = cut};

	memset(ret, 0, sizeof(*ret));
	drop_turns(&pass);
	set_clock(&pass);
	struct instant begin = pass.cursor;
	plan_items(&pass);
	pass.cursor = now.at;
	if (!meeting->core.about.was_opened && begin.ms > now.at.ms) {
		pass.cursor = begin;
	}
	forecast_items(&pass);
	if (meeting->core.about.was_opened || mtg_programme_count(meeting) > 0) {
		sum_up(&pass);
		compare_with_hard_end(&pass);
	}
}

void mtg_forecast(const struct meeting *meeting, struct now now, struct forecast *ret)
{
	static const struct forecast_cut nothing = {.item = MTG_NONE};

	mtg_forecast_after(meeting, now, &nothing, ret);
}

/* By its own fixed end or length; whatever it needs besides is of turns, and a pause has none. */
static bool own_end(
	const struct forecast_pass *pass, const struct item *item, struct instant *ret_end)
{
	if (item->has_fixed_end && pass->clock.known) {
		*ret_end = on_clock(&pass->clock, item->fixed_end);
		return true;
	}
	if (!item->has_planned_length) {
		return false;
	}
	struct span length = span_sum(item->planned_length, item->extended);
	*ret_end = instant_after(item->started, mtg_scaled(pass->meeting, length));
	return true;
}

static bool next_start(const struct forecast_pass *pass, struct instant *ret_start)
{
	for (size_t i = 0; i < mtg_programme_count(pass->meeting); i++) {
		const struct item *item = item_at(pass->meeting, i);

		if (item->state == ITEM_STATE_PENDING) {
			*ret_start = on_clock(&pass->clock, item->planned_start);
			return item->has_planned_start && pass->clock.known;
		}
	}
	return false;
}

/*
 * A break ends by its own plan, else as what follows begins. A reception ends with the opening,
 * which is not before its time.
 */
bool mtg_pause_end(const struct meeting *meeting, int index, struct instant *ret_end)
{
	struct forecast_pass pass = {.meeting = meeting};
	const struct item *item = &meeting->items[index];
	struct instant own = {0}, next = {0};

	set_clock(&pass);
	bool has_own = own_end(&pass, item, &own);
	bool has_next = next_start(&pass, &next);
	if (!has_own && !has_next) {
		return false;
	}
	bool waits = item->kind == ITEM_KIND_RECEPTION && has_next && next.ms > own.ms;
	*ret_end = has_own && !waits ? own : next;
	if (ret_end->ms < item->started.ms) {
		*ret_end = item->started;
	}
	return true;
}
