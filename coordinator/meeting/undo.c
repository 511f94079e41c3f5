/* The latest take, and what it can be undone to. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/derive.h"

void mtg_undo_remember(struct meeting *meeting, int index, int replaced)
{
	const struct turn *turn = &meeting->turns[index];
	struct undo *undo = &meeting->core.floor.undo;

	memset(undo, 0, sizeof(*undo));
	undo->open = true;
	undo->turn = index;
	undo->state = turn->state;
	undo->acknowledged = turn->acknowledged;
	undo->cued = turn->cued;
	undo->spoken = turn->spoken;
	undo->warned = turn->warned;
	undo->overran = turn->overran;
	undo->cause = turn->cause;
	undo->was_taken = turn->was_taken;
	undo->was_ended = turn->was_ended;
	undo->ended = turn->ended;
	undo->ended_wall = turn->ended_wall;
	undo->content = meeting->core.scene.content;
	undo->replaced = replaced;
	if (replaced != MTG_NONE) {
		const struct turn *before = &meeting->turns[replaced];

		undo->replaced_since = before->since;
		undo->replaced_spoken = before->spoken;
		undo->replaced_was_ended = before->was_ended;
		undo->replaced_ended = before->ended;
		undo->replaced_ended_wall = before->ended_wall;
	}
}

bool mtg_undo_is_open(const struct meeting *meeting, struct instant *ret_until)
{
	const struct floor *floor = &meeting->core.floor;

	if (!floor->undo.open || !is_live(meeting)) {
		return false;
	}
	enum turn_state state = meeting->turns[floor->undo.turn].state;
	if (state != TURN_STATE_ON_AIR && state != TURN_STATE_INTERRUPTED) {
		return false;
	}
	*ret_until = instant_after(floor->taken, (struct span){UNDO_SPAN_MS});
	return true;
}

/* The turn that would return to air must still have an item to speak in. */
static int check_undo(const struct deciding *d, uint64_t take)
{
	const struct floor *floor = &d->meeting->core.floor;
	const struct undo *undo = &floor->undo;

	if (take == 0 || take > floor->takes) {
		return REFUSAL_NOT_FOUND;
	}
	if (take != floor->takes) {
		return REFUSAL_TOO_LATE;
	}
	struct instant until;
	if (!mtg_undo_is_open(d->meeting, &until)) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->now.at.ms > until.ms) {
		return REFUSAL_TOO_LATE;
	}
	if (!mtg_list_is_active(d->meeting, d->meeting->turns[undo->turn].list) ||
		(undo->replaced != MTG_NONE &&
			!mtg_list_is_active(d->meeting, d->meeting->turns[undo->replaced].list))) {
		return REFUSAL_NOT_IN_ITEM;
	}
	return 0;
}

/* The site that returns to air may have been lost meanwhile: then its turn returns interrupted. */
int mtg_decide_floor_undo(struct deciding *d)
{
	const struct cmd_floor_undo *in = &d->command->body.floor_undo;
	int back = d->meeting->core.floor.undo.replaced;
	int r = check_undo(d, in->take);

	if (r != 0) {
		return r;
	}
	mtg_emit(d, EV_FLOOR_UNDONE)->floor_undone.take = in->take;
	if (back == MTG_NONE) {
		return 0;
	}
	const struct turn *turn = &d->meeting->turns[back];
	const struct site *site = &d->meeting->sites[mtg_turn_input(turn)];
	if (mtg_turn_is_barred(d->meeting, turn)) {
		mtg_emit_interrupted(d, back, INTERRUPT_CAUSE_BARRED);
	} else if (site->media == MEDIA_STATE_SILENT && site->kind != SITE_KIND_MAIN) {
		mtg_emit_interrupted(d, back, INTERRUPT_CAUSE_MEDIA_SILENT);
	}
	return 0;
}

static void restore_taken_turn(
	struct meeting *meeting, const struct undo *undo, const struct mtg_record *record)
{
	struct turn *turn = &meeting->turns[undo->turn];
	bool recue = undo->state == TURN_STATE_CUED && meeting->core.floor.cued == MTG_NONE &&
		     !mtg_turn_is_barred(meeting, turn);

	turn->state = undo->state == TURN_STATE_CUED && !recue ? TURN_STATE_WAITING : undo->state;
	turn->acknowledged = recue && undo->acknowledged;
	turn->cued = recue ? undo->cued : (struct instant){0};
	turn->since = (struct instant){0};
	turn->spoken = undo->spoken;
	turn->warned = undo->warned;
	turn->overran = undo->overran;
	turn->cause = undo->cause;
	if (!undo->was_taken) {
		turn->was_taken = false;
		turn->taken = (struct instant){0};
		turn->taken_wall = (struct stamp){0};
	}
	turn->was_ended = undo->was_ended;
	turn->ended = undo->ended;
	turn->ended_wall = undo->ended_wall;
	if (recue) {
		meeting->core.floor.cued = undo->turn;
	}
	mtg_list_changed(meeting, turn, record);
}

/* Its time runs on as if it had never been off air. */
static void restore_replaced_turn(
	struct meeting *meeting, const struct undo *undo, const struct mtg_record *record)
{
	struct turn *turn = &meeting->turns[undo->replaced];

	turn->state = TURN_STATE_ON_AIR;
	turn->since = undo->replaced_since;
	turn->spoken = undo->replaced_spoken;
	turn->was_ended = undo->replaced_was_ended;
	turn->ended = undo->replaced_ended;
	turn->ended_wall = undo->replaced_ended_wall;
	meeting->core.floor.on_air = undo->replaced;
	mtg_list_changed(meeting, turn, record);
}

void mtg_apply_floor_undone(struct meeting *meeting, const struct mtg_record *record)
{
	struct floor *floor = &meeting->core.floor;
	const struct undo undo = floor->undo;
	int content = undo.content;

	floor->on_air = MTG_NONE;
	restore_taken_turn(meeting, &undo, record);
	if (undo.replaced != MTG_NONE) {
		restore_replaced_turn(meeting, &undo, record);
	}
	if (content != MTG_NONE && !mtg_has_content(&meeting->sites[content])) {
		content = MTG_NONE;
	}
	meeting->core.scene.content = content;
	floor->undo.open = false;
	meeting->core.revisions.floor = record->seq;
}
