/* The floor: taken, released, interrupted, resumed, extended. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

/* The checks that take and resume share. */
static int check_place(const struct deciding *d, const struct turn *turn)
{
	const struct site *site = &d->meeting->sites[mtg_turn_input(turn)];
	const struct floor *floor = &d->meeting->core.floor;
	bool no_media = site->media == MEDIA_STATE_NONE || site->media == MEDIA_STATE_SILENT;

	if (!mtg_list_is_active(d->meeting, turn->list)) {
		return REFUSAL_NOT_IN_ITEM;
	}
	if (mtg_turn_is_barred(d->meeting, turn)) {
		return REFUSAL_SITE_BARRED;
	}
	/* A speaker in the main venue is heard in the hall even without an uplink. */
	if (no_media && site->kind != SITE_KIND_MAIN) {
		return REFUSAL_SITE_SILENT;
	}
	if (floor->takes > 0 && span_between(floor->taken, d->now.at).ms < TAKE_GUARD_SPAN_MS) {
		return REFUSAL_TOO_SOON;
	}
	return 0;
}

static int check_take(const struct deciding *d, const struct turn *turn)
{
	if (!is_live(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (turn->state == TURN_STATE_ON_AIR) {
		return REFUSAL_ALREADY;
	}
	if (turn->state != TURN_STATE_WAITING && turn->state != TURN_STATE_CUED) {
		return REFUSAL_WRONG_STATE;
	}
	return turn->approved ? check_place(d, turn) : REFUSAL_NOT_APPROVED;
}

int mtg_decide_floor_take(struct deciding *d)
{
	const struct floor *floor = &d->meeting->core.floor;
	int turn;
	int r = mtg_need_turn(d->meeting, d->command->body.floor_take.turn, &turn);

	r = r != 0 ? r : check_take(d, &d->meeting->turns[turn]);
	if (r != 0) {
		return r;
	}
	struct ev_floor_taken *out = &mtg_emit(d, EV_FLOOR_TAKEN)->floor_taken;
	out->take = floor->takes + 1;
	TEXT_COPY(out->turn, d->meeting->turns[turn].id);
	out->has_replaced = floor->on_air != MTG_NONE;
	if (out->has_replaced) {
		TEXT_COPY(out->replaced, d->meeting->turns[floor->on_air].id);
	}
	return 0;
}

/* The turn leaves air: the stretch is added to its sum. */
static void leave_air(
	struct meeting *meeting, int index, enum turn_state state, const struct mtg_record *record)
{
	struct turn *turn = &meeting->turns[index];

	turn->spoken = span_sum(turn->spoken, span_between(turn->since, record->at));
	turn->since = (struct instant){0};
	turn->state = state;
	turn->was_ended = true;
	turn->ended = record->at;
	turn->ended_wall = record->wall;
	meeting->core.floor.on_air = MTG_NONE;
	mtg_list_changed(meeting, turn, record);
}

/* Content leaves the program with the turn it belonged to. */
static void drop_content(struct meeting *meeting, int site)
{
	if (meeting->core.scene.content == site) {
		meeting->core.scene.content = MTG_NONE;
	}
}

static void go_on_air(struct meeting *meeting, int index, const struct mtg_record *record)
{
	struct turn *turn = &meeting->turns[index];
	struct floor *floor = &meeting->core.floor;

	if (floor->cued == index) {
		floor->cued = MTG_NONE;
	}
	turn->cued = (struct instant){0};
	turn->cause = INTERRUPT_CAUSE_UNSET;
	turn->state = TURN_STATE_ON_AIR;
	turn->since = record->at;
	if (!turn->was_taken) {
		turn->was_taken = true;
		turn->taken = record->at;
		turn->taken_wall = record->wall;
	}
	floor->on_air = index;
	mtg_bell_forgotten(meeting);
	if (meeting->core.scene.content != turn->site) {
		meeting->core.scene.content = MTG_NONE;
	}
	mtg_list_changed(meeting, turn, record);
}

static void count_take(struct meeting *meeting, uint64_t take, const struct mtg_record *record)
{
	struct floor *floor = &meeting->core.floor;

	floor->takes = take;
	floor->taken = record->at;
	floor->taken_wall = record->wall;
	meeting->core.revisions.floor = record->seq;
}

void mtg_apply_floor_taken(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_floor_taken *in = &record->event.floor_taken;
	int index = mtg_find_turn(meeting, in->turn);
	int replaced = in->has_replaced ? mtg_find_turn(meeting, in->replaced) : MTG_NONE;

	mtg_undo_remember(meeting, index, replaced);
	if (replaced != MTG_NONE) {
		leave_air(meeting, replaced, TURN_STATE_DONE, record);
	}
	go_on_air(meeting, index, record);
	count_take(meeting, in->take, record);
}

/* The turn named must be the one on air; the caller may have meant another. */
static int check_on_air(const struct deciding *d, const char *id, int *ret_turn)
{
	int turn;
	int r = mtg_need_turn(d->meeting, id, &turn);

	if (r != 0) {
		return r;
	}
	if (d->meeting->core.floor.on_air == MTG_NONE) {
		return REFUSAL_NOTHING_ON_AIR;
	}
	if (d->meeting->core.floor.on_air != turn) {
		return REFUSAL_WRONG_STATE;
	}
	*ret_turn = turn;
	return 0;
}

int mtg_decide_floor_release(struct deciding *d)
{
	const struct cmd_floor_release *in = &d->command->body.floor_release;
	int turn;
	int r = check_on_air(d, in->turn, &turn);

	if (r != 0) {
		return r;
	}
	TEXT_COPY(mtg_emit(d, EV_FLOOR_RELEASED)->floor_released.turn, in->turn);
	return 0;
}

/* The turn that follows is named: who waits may have changed since the caller looked. */
int mtg_decide_floor_pass_on(struct deciding *d)
{
	const struct cmd_floor_pass_on *in = &d->command->body.floor_pass_on;
	int turn, next;
	int r = check_on_air(d, in->turn, &turn);

	r = r != 0 ? r : mtg_need_turn(d->meeting, in->next, &next);
	if (r != 0) {
		return r;
	}
	bool cued = d->meeting->core.floor.cued == next;
	r = cued ? 0 : mtg_check_cue(d, &d->meeting->turns[next]);
	if (r != 0) {
		return r;
	}
	TEXT_COPY(mtg_emit(d, EV_FLOOR_RELEASED)->floor_released.turn, in->turn);
	if (!cued) {
		mtg_emit_cued(d, next);
	}
	return 0;
}

void mtg_apply_floor_released(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_turn(meeting, record->event.floor_released.turn);

	leave_air(meeting, index, TURN_STATE_DONE, record);
	drop_content(meeting, meeting->turns[index].site);
	meeting->core.floor.undo.open = false;
	meeting->core.revisions.floor = record->seq;
}

/* The core alone states the other causes. */
int mtg_decide_floor_interrupt(struct deciding *d)
{
	const struct cmd_floor_interrupt *in = &d->command->body.floor_interrupt;
	int turn;
	int r = check_on_air(d, in->turn, &turn);

	if (r != 0) {
		return r;
	}
	if (in->has_cause && in->cause != INTERRUPT_CAUSE_OPERATOR) {
		return REFUSAL_INVALID;
	}
	mtg_emit_interrupted(d, turn, INTERRUPT_CAUSE_OPERATOR);
	return 0;
}

void mtg_apply_floor_interrupted(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_floor_interrupted *in = &record->event.floor_interrupted;
	int index = mtg_find_turn(meeting, in->turn);

	leave_air(meeting, index, TURN_STATE_INTERRUPTED, record);
	meeting->turns[index].cause = in->cause;
	drop_content(meeting, meeting->turns[index].site);
	meeting->core.revisions.floor = record->seq;
}

static int check_resume(const struct deciding *d, const struct turn *turn)
{
	if (!is_live(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (turn->state == TURN_STATE_ON_AIR) {
		return REFUSAL_ALREADY;
	}
	if (turn->state != TURN_STATE_INTERRUPTED) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.floor.on_air != MTG_NONE) {
		return REFUSAL_TURN_ON_AIR;
	}
	return check_place(d, turn);
}

int mtg_decide_floor_resume(struct deciding *d)
{
	const struct cmd_floor_resume *in = &d->command->body.floor_resume;
	int turn;
	int r = mtg_need_turn(d->meeting, in->turn, &turn);

	r = r != 0 ? r : check_resume(d, &d->meeting->turns[turn]);
	if (r != 0) {
		return r;
	}
	struct ev_floor_resumed *out = &mtg_emit(d, EV_FLOOR_RESUMED)->floor_resumed;
	out->take = d->meeting->core.floor.takes + 1;
	TEXT_COPY(out->turn, in->turn);
	return 0;
}

void mtg_apply_floor_resumed(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_floor_resumed *in = &record->event.floor_resumed;
	int index = mtg_find_turn(meeting, in->turn);

	mtg_undo_remember(meeting, index, MTG_NONE);
	go_on_air(meeting, index, record);
	count_take(meeting, in->take, record);
}

int mtg_decide_floor_extend(struct deciding *d)
{
	const struct cmd_floor_extend *in = &d->command->body.floor_extend;
	int index;
	int r = mtg_need_turn(d->meeting, in->turn, &index);

	if (r != 0) {
		return r;
	}
	const struct turn *turn = &d->meeting->turns[index];
	if (!is_open(d->meeting) || (turn->state != TURN_STATE_ON_AIR && !is_upcoming(turn))) {
		return REFUSAL_WRONG_STATE;
	}
	if (in->by.ms == 0 || in->by.ms < -PLANNED_SPAN_MAX_MS || in->by.ms > PLANNED_SPAN_MAX_MS ||
		!is_planned_span(span_sum(turn->allowance, in->by))) {
		return REFUSAL_INVALID;
	}
	struct ev_floor_extended *out = &mtg_emit(d, EV_FLOOR_EXTENDED)->floor_extended;
	TEXT_COPY(out->turn, in->turn);
	out->by = in->by;
	return 0;
}

/* A warning stays given only if it would still be due; else it may be given again. */
void mtg_apply_floor_extended(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_floor_extended *in = &record->event.floor_extended;
	int index = mtg_find_turn(meeting, in->turn);
	struct turn *turn = &meeting->turns[index];

	turn->allowance = span_sum(turn->allowance, in->by);
	struct turn_timer timer;
	mtg_turn_timer(meeting, index, &timer);
	int64_t left = timer.allowance.ms - mtg_turn_spoken(turn, record->at).ms;
	turn->warned = turn->warned && turn->allowance.ms > 0 && left <= timer.warning.ms;
	turn->overran = turn->overran && turn->allowance.ms > 0 && left <= 0;
	meeting->core.revisions.floor = record->seq;
}
