/*
 * What happens to a turn before it is taken: cued, acknowledged, uncued, or taken off (withdrawn,
 * absent, skipped) and restored.
 */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/order.h"

static void leave_cue(struct meeting *meeting, int index)
{
	struct turn *turn = &meeting->turns[index];

	if (meeting->core.floor.cued == index) {
		meeting->core.floor.cued = MTG_NONE;
		turn->cued = (struct instant){0};
		turn->acknowledged = false;
	}
}

int mtg_check_cue(const struct deciding *d, const struct turn *turn)
{
	if (!is_live(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (turn->state != TURN_STATE_WAITING) {
		return turn->state == TURN_STATE_CUED ? REFUSAL_ALREADY : REFUSAL_WRONG_STATE;
	}
	if (!turn->approved) {
		return REFUSAL_NOT_APPROVED;
	}
	if (!mtg_list_is_open(d->meeting, turn->list, MTG_NONE)) {
		return REFUSAL_NOT_IN_ITEM;
	}
	return mtg_turn_is_barred(d->meeting, turn) ? REFUSAL_SITE_BARRED : 0;
}

int mtg_decide_turn_cue(struct deciding *d)
{
	int turn;
	int r = mtg_need_turn(d->meeting, d->command->body.turn_cue.turn, &turn);

	r = r != 0 ? r : mtg_check_cue(d, &d->meeting->turns[turn]);
	if (r != 0) {
		return r;
	}
	mtg_emit_cued(d, turn);
	return 0;
}

void mtg_apply_turn_cued(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_turn(meeting, record->event.turn_cued.turn);
	struct turn *turn = &meeting->turns[index];

	turn->state = TURN_STATE_CUED;
	turn->cued = record->at;
	turn->acknowledged = false;
	meeting->core.floor.cued = index;
	meeting->core.revisions.floor = record->seq;
	mtg_list_changed(meeting, turn, record);
}

int mtg_decide_turn_uncue(struct deciding *d)
{
	int turn;
	int r = mtg_need_turn(d->meeting, d->command->body.turn_uncue.turn, &turn);

	if (r != 0) {
		return r;
	}
	if (d->meeting->turns[turn].state != TURN_STATE_CUED) {
		return REFUSAL_WRONG_STATE;
	}
	mtg_emit_uncued(d);
	return 0;
}

void mtg_apply_turn_uncued(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_turn(meeting, record->event.turn_uncued.turn);

	leave_cue(meeting, index);
	meeting->turns[index].state = TURN_STATE_WAITING;
	meeting->core.revisions.floor = record->seq;
	mtg_list_changed(meeting, &meeting->turns[index], record);
}

int mtg_decide_turn_acknowledge(struct deciding *d)
{
	const struct cmd_turn_acknowledge *in = &d->command->body.turn_acknowledge;
	int turn;
	int r = mtg_need_turn(d->meeting, in->turn, &turn);

	if (r != 0) {
		return r;
	}
	if (d->meeting->turns[turn].state != TURN_STATE_CUED) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->turns[turn].acknowledged) {
		return REFUSAL_ALREADY;
	}
	TEXT_COPY(mtg_emit(d, EV_TURN_ACKNOWLEDGED)->turn_acknowledged.turn, in->turn);
	return 0;
}

/* Moves no revision: an operator may take this turn without having seen it acknowledged. */
void mtg_apply_turn_acknowledged(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_turn(meeting, record->event.turn_acknowledged.turn);

	meeting->turns[index].acknowledged = true;
}

/* Only an upcoming turn may be taken off; one on air must be released or interrupted first. */
static int check_off(const struct deciding *d, const char *id, enum turn_state already)
{
	int index;
	int r = mtg_need_turn(d->meeting, id, &index);

	if (r != 0) {
		return r;
	}
	const struct turn *turn = &d->meeting->turns[index];
	if (turn->state == TURN_STATE_ON_AIR) {
		return REFUSAL_TURN_ON_AIR;
	}
	if (turn->state == already) {
		return REFUSAL_ALREADY;
	}
	return is_upcoming(turn) && is_open(d->meeting) ? 0 : REFUSAL_WRONG_STATE;
}

void mtg_take_off(
	struct meeting *meeting, int index, enum turn_state state, const struct mtg_record *record)
{
	struct turn *turn = &meeting->turns[index];

	if (turn->state == TURN_STATE_CUED) {
		leave_cue(meeting, index);
		meeting->core.revisions.floor = record->seq;
	}
	turn->state = state;
	turn->cause = INTERRUPT_CAUSE_UNSET;
	turn->taken_off = record->seq;
	mtg_hand_finished(meeting, turn);
	mtg_list_changed(meeting, turn, record);
}

static void take_off(struct meeting *meeting, const char *id, enum turn_state state,
	const struct mtg_record *record)
{
	mtg_take_off(meeting, mtg_find_turn(meeting, id), state, record);
}

int mtg_decide_turn_withdraw(struct deciding *d)
{
	const struct cmd_turn_withdraw *in = &d->command->body.turn_withdraw;
	int r = check_off(d, in->turn, TURN_STATE_WITHDRAWN);

	if (r != 0) {
		return r;
	}
	struct ev_turn_withdrawn *out = &mtg_emit(d, EV_TURN_WITHDRAWN)->turn_withdrawn;
	TEXT_COPY(out->turn, in->turn);
	OPTIONAL_COPY(out, in, reason);
	return 0;
}

void mtg_apply_turn_withdrawn(struct meeting *meeting, const struct mtg_record *record)
{
	take_off(meeting, record->event.turn_withdrawn.turn, TURN_STATE_WITHDRAWN, record);
}

int mtg_decide_turn_absent(struct deciding *d)
{
	const struct cmd_turn_absent *in = &d->command->body.turn_absent;
	int r = check_off(d, in->turn, TURN_STATE_ABSENT);

	if (r != 0) {
		return r;
	}
	TEXT_COPY(mtg_emit(d, EV_TURN_ABSENT)->turn_absent.turn, in->turn);
	return 0;
}

void mtg_apply_turn_absent(struct meeting *meeting, const struct mtg_record *record)
{
	take_off(meeting, record->event.turn_absent.turn, TURN_STATE_ABSENT, record);
}

int mtg_decide_turn_skip(struct deciding *d)
{
	const struct cmd_turn_skip *in = &d->command->body.turn_skip;
	int r = check_off(d, in->turn, TURN_STATE_SKIPPED);

	if (r != 0) {
		return r;
	}
	struct ev_turn_skipped *out = &mtg_emit(d, EV_TURN_SKIPPED)->turn_skipped;
	TEXT_COPY(out->turn, in->turn);
	OPTIONAL_COPY(out, in, reason);
	return 0;
}

void mtg_apply_turn_skipped(struct meeting *meeting, const struct mtg_record *record)
{
	take_off(meeting, record->event.turn_skipped.turn, TURN_STATE_SKIPPED, record);
}

static int check_restore(const struct deciding *d, const struct cmd_turn_restore *in)
{
	int index, before;
	int r = mtg_need_turn(d->meeting, in->turn, &index);

	r = r == 0 && in->has_before ? mtg_need_turn(d->meeting, in->before, &before) : r;
	if (r != 0) {
		return r;
	}
	const struct turn *turn = &d->meeting->turns[index];
	if (!is_open(d->meeting) ||
		(turn->state != TURN_STATE_WITHDRAWN && turn->state != TURN_STATE_ABSENT &&
			turn->state != TURN_STATE_SKIPPED)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->sites[turn->site].removed) {
		return REFUSAL_NOT_FOUND;
	}
	if (in->has_before && (before == index || d->meeting->turns[before].list != turn->list)) {
		return REFUSAL_INVALID;
	}
	return 0;
}

int mtg_decide_turn_restore(struct deciding *d)
{
	const struct cmd_turn_restore *in = &d->command->body.turn_restore;
	int r = check_restore(d, in);

	if (r != 0) {
		return r;
	}
	struct ev_turn_restored *out = &mtg_emit(d, EV_TURN_RESTORED)->turn_restored;
	TEXT_COPY(out->turn, in->turn);
	OPTIONAL_COPY(out, in, before);
	return 0;
}

void mtg_apply_turn_restored(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_turn_restored *in = &record->event.turn_restored;
	int index = mtg_find_turn(meeting, in->turn);
	int mark = in->has_before ? mtg_find_turn(meeting, in->before) : MTG_NONE;

	mtg_hand_reopened(meeting, &meeting->turns[index]);
	meeting->turns[index].state = TURN_STATE_WAITING;
	meeting->turns[index].taken_off = 0;
	mtg_order_move(meeting->turn_order, meeting->core.n_turns, index, mark);
	mtg_list_changed(meeting, &meeting->turns[index], record);
}
