/* Pauses and the bell (bell.h). When a pause ends: forecast.c. */
#include "coordinator/meeting/bell.h"

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

const struct bell *mtg_bell(const struct meeting *meeting)
{
	return &meeting->core.bell;
}

int mtg_pause(const struct meeting *meeting)
{
	int active = meeting->core.active_item;

	return active != MTG_NONE && mtg_is_pause(meeting->items[active].kind) ? active : MTG_NONE;
}

/* ---- what rings when ---- */

static struct rung rung_for(const struct meeting *meeting, int item, enum bell_reason reason)
{
	const struct bell *bell = &meeting->core.bell;

	if (bell->item != item) {
		return (struct rung){0};
	}
	return reason == BELL_REASON_BREAK_OVER ? bell->over : bell->ahead;
}

/* At this moment of the pause, if it has not rung about then, and was not held then. */
static bool is_to_ring(const struct meeting *meeting, const struct next_bell *next)
{
	struct rung rung = rung_for(meeting, next->item, next->reason);
	struct span apart = mtg_scaled(meeting, (struct span){BELL_APART_MS});
	int64_t begun_ms = meeting->items[next->item].started.ms;

	return next->at.ms > begun_ms && next->at.ms > meeting->core.bell.free.ms &&
	       (!rung.done || next->at.ms >= instant_after(rung.at, apart).ms);
}

static struct next_bell bell_ahead(const struct meeting *meeting, int item, struct instant end)
{
	struct span ahead = mtg_scaled(meeting, (struct span){BELL_AHEAD_MS});
	bool reception = meeting->items[item].kind == ITEM_KIND_RECEPTION;

	return (struct next_bell){
		.reason = reception ? BELL_REASON_OPENING_SOON : BELL_REASON_BREAK_ENDING,
		.at = {end.ms - ahead.ms},
		.item = item,
	};
}

/* The bell ahead of an end that has passed would mislead. */
static bool bell_of_pause(const struct meeting *meeting, int item, struct next_bell *ret_next)
{
	struct instant end;

	if (!mtg_pause_end(meeting, item, &end)) {
		return false;
	}
	*ret_next = bell_ahead(meeting, item, end);
	if (is_to_ring(meeting, ret_next) && !instant_reached(end, meeting->core.at)) {
		return true;
	}
	*ret_next = (struct next_bell){BELL_REASON_BREAK_OVER, end, item};
	return meeting->items[item].kind == ITEM_KIND_BREAK && is_to_ring(meeting, ret_next);
}

/* It has not rung for the end of this break; or the end was moved since then, which only its own
 * can be. */
static bool is_owed(const struct meeting *meeting, int item)
{
	struct rung over = rung_for(meeting, item, BELL_REASON_BREAK_OVER);
	struct span apart = mtg_scaled(meeting, (struct span){BELL_APART_MS});
	const struct item *of = &meeting->items[item];
	struct instant end;

	if (!over.done) {
		return true;
	}
	return (of->has_planned_length || of->has_fixed_end) &&
	       mtg_pause_end(meeting, item, &end) && end.ms >= instant_after(over.at, apart).ms;
}

bool mtg_next_bell(const struct meeting *meeting, struct next_bell *ret_next)
{
	const struct bell *bell = &meeting->core.bell;
	int pause = mtg_pause(meeting);

	if (bell->held || !is_live(meeting)) {
		return false;
	}
	if (bell->owed != MTG_NONE && is_owed(meeting, bell->owed)) {
		*ret_next =
			(struct next_bell){BELL_REASON_BREAK_OVER, meeting->core.at, bell->owed};
		return true;
	}
	return pause != MTG_NONE && bell_of_pause(meeting, pause, ret_next);
}

bool mtg_bell_due(const struct meeting *meeting, struct instant *ret_due)
{
	struct next_bell next;

	if (meeting->core.floor.on_air != MTG_NONE || !mtg_next_bell(meeting, &next)) {
		return false;
	}
	*ret_due = next.at;
	return true;
}

/* ---- rung ---- */

static struct ev_bell_rung *emit_rung(struct deciding *d, enum bell_reason reason)
{
	struct ev_bell_rung *out = &mtg_emit(d, EV_BELL_RUNG)->bell_rung;

	out->bell = d->meeting->core.bell.number + 1;
	out->reason = reason;
	return out;
}

/* Late, as after a restart, it is the end of the break that rings, and not what came before it. */
static void prefer_end(const struct deciding *d, struct next_bell *next)
{
	struct instant end;

	if (next->reason == BELL_REASON_BREAK_ENDING &&
		mtg_pause_end(d->meeting, next->item, &end) && instant_reached(end, d->now.at)) {
		next->reason = BELL_REASON_BREAK_OVER;
	}
}

void mtg_settle_bell(struct deciding *d)
{
	struct next_bell next;

	if (d->meeting->core.floor.on_air != MTG_NONE || !mtg_next_bell(d->meeting, &next) ||
		!instant_reached(next.at, d->now.at) || !mtg_has_room(d)) {
		return;
	}
	prefer_end(d, &next);
	struct ev_bell_rung *out = emit_rung(d, next.reason);
	out->has_item = true;
	TEXT_COPY(out->item, d->meeting->items[next.item].id);
}

int mtg_decide_bell_ring(struct deciding *d)
{
	const struct bell *bell = &d->meeting->core.bell;

	if (!is_under_way(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.floor.on_air != MTG_NONE) {
		return REFUSAL_TURN_ON_AIR;
	}
	if (bell->number > 0 && span_between(bell->at, d->now.at).ms < BELL_GUARD_SPAN_MS) {
		return REFUSAL_TOO_SOON;
	}
	emit_rung(d, BELL_REASON_BY_HAND);
	return 0;
}

static void note_rung(struct bell *bell, int item, const struct mtg_record *record)
{
	bool over = record->event.bell_rung.reason == BELL_REASON_BREAK_OVER;

	if (bell->item != item) {
		bell->item = item;
		bell->ahead = bell->over = (struct rung){0};
	}
	struct rung *rung = over ? &bell->over : &bell->ahead;
	rung->done = true;
	rung->at = record->at;
	if (over) {
		bell->owed = MTG_NONE;
	}
}

void mtg_apply_bell_rung(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_bell_rung *in = &record->event.bell_rung;
	struct bell *bell = &meeting->core.bell;

	bell->number = in->bell;
	bell->reason = in->reason;
	bell->at = record->at;
	if (in->has_item) {
		note_rung(bell, mtg_find_item(meeting, in->item), record);
	}
}

/* ---- held ---- */

int mtg_decide_bell_hold(struct deciding *d)
{
	const struct cmd_bell_hold *in = &d->command->body.bell_hold;

	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.bell.held == in->held) {
		return REFUSAL_ALREADY;
	}
	mtg_emit(d, EV_BELL_HELD)->bell_held.held = in->held;
	return 0;
}

void mtg_apply_bell_held(struct meeting *meeting, const struct mtg_record *record)
{
	struct bell *bell = &meeting->core.bell;

	bell->held = record->event.bell_held.held;
	bell->owed = MTG_NONE;
	bell->free = record->at;
}
