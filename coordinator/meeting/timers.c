/* The timer of a turn: its allowance, the time left, and when its site is warned. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

enum { WARNING_MS = 60000, WARNING_PERCENT = 20 };

struct span mtg_scaled(const struct meeting *meeting, struct span planned)
{
	int64_t speed = meeting->core.about.speed > 0 ? meeting->core.about.speed : 1;
	int64_t scaled = planned.ms / speed;

	/* A limit must not become "no limit" by being short. */
	return (struct span){planned.ms > 0 && scaled == 0 ? 1 : scaled};
}

void mtg_turn_timer(const struct meeting *meeting, int index, struct turn_timer *ret)
{
	const struct turn *turn = mtg_turn(meeting, index);
	struct span minute = mtg_scaled(meeting, (struct span){WARNING_MS});

	ret->spoken = turn->spoken;
	ret->allowance = mtg_scaled(meeting, turn->allowance);
	struct span part = (struct span){ret->allowance.ms * WARNING_PERCENT / 100};
	ret->warning = part.ms < minute.ms ? part : minute;
	ret->running = turn->state == TURN_STATE_ON_AIR;
	ret->since = turn->since;
}

struct span mtg_turn_spoken(const struct turn *turn, struct instant at)
{
	if (turn->state != TURN_STATE_ON_AIR) {
		return turn->spoken;
	}
	return span_sum(turn->spoken, span_between(turn->since, at));
}

struct span mtg_site_spoken_before(const struct meeting *meeting, int site)
{
	struct span sum = meeting->sites[site].moved_on;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if (turn->site == site) {
			sum.ms += turn->spoken.ms - turn->elsewhere.ms;
		}
	}
	return sum;
}

struct span mtg_unit_spoken_before(const struct meeting *meeting, const char *unit)
{
	struct span sum = {0};

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if (turn->spoken.ms > 0 && strcmp(turn->unit, unit) == 0) {
			sum = span_sum(sum, turn->spoken);
		}
	}
	return sum;
}

struct span mtg_site_spoken(const struct meeting *meeting, int site, struct instant at)
{
	struct span sum = mtg_site_spoken_before(meeting, site);
	int index = meeting->core.floor.on_air;

	if (index != MTG_NONE && meeting->turns[index].site == site) {
		sum = span_sum(sum, span_between(meeting->turns[index].since, at));
	}
	return sum;
}

/* The instant at which the turn on air has this much left. */
static struct instant due_at(const struct turn_timer *timer, struct span left)
{
	return (struct instant){timer->since.ms + timer->allowance.ms - timer->spoken.ms - left.ms};
}

bool mtg_timers_due(const struct meeting *meeting, struct instant *ret_due)
{
	int index = meeting->core.floor.on_air;

	if (index == MTG_NONE || meeting->turns[index].allowance.ms == 0) {
		return false;
	}
	struct turn_timer timer;
	mtg_turn_timer(meeting, index, &timer);
	if (!meeting->turns[index].warned) {
		*ret_due = due_at(&timer, timer.warning);
		return true;
	}
	if (!meeting->turns[index].overran) {
		*ret_due = due_at(&timer, (struct span){0});
		return true;
	}
	return false;
}

void mtg_settle_timers(struct deciding *d)
{
	int index = d->meeting->core.floor.on_air;

	if (index == MTG_NONE || d->meeting->turns[index].allowance.ms == 0) {
		return;
	}
	const struct turn *turn = &d->meeting->turns[index];
	struct turn_timer timer;
	mtg_turn_timer(d->meeting, index, &timer);
	if (!turn->warned && instant_reached(due_at(&timer, timer.warning), d->now.at)) {
		TEXT_COPY(mtg_emit(d, EV_TIMER_WARNED)->timer_warned.turn, turn->id);
	}
	if (!turn->overran && instant_reached(due_at(&timer, (struct span){0}), d->now.at)) {
		TEXT_COPY(mtg_emit(d, EV_TIMER_OVERRAN)->timer_overran.turn, turn->id);
	}
}

void mtg_apply_timer_warned(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->turns[mtg_find_turn(meeting, record->event.timer_warned.turn)].warned = true;
}

void mtg_apply_timer_overran(struct meeting *meeting, const struct mtg_record *record)
{
	meeting->turns[mtg_find_turn(meeting, record->event.timer_overran.turn)].overran = true;
}
