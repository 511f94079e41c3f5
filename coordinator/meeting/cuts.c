/* What may be cut to end in time, and the commands that cut it. */
#include "coordinator/meeting/cuts.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

enum { WHOLE = 1000, SECOND_MS = 1000 };

/* ---- what programme.shorten makes of lengths ---- */

/* Whole seconds, and no limit becomes none by being short. */
static struct span kept(struct span span, uint32_t keep)
{
	int64_t ms = span.ms * keep / WHOLE;
	int64_t least = span.ms < SECOND_MS ? span.ms : SECOND_MS;

	ms -= ms % SECOND_MS;
	return (struct span){ms > least ? ms : least};
}

struct span mtg_kept_allowance(
	const struct meeting *meeting, const struct turn *turn, uint32_t keep)
{
	bool waits = turn->state == TURN_STATE_WAITING || turn->state == TURN_STATE_CUED;
	bool shortened = keep > 0 && waits && turn->approved && turn->allowance.ms > 0 &&
			 mtg_list_is_open(meeting, turn->list, MTG_NONE);

	return shortened ? kept(turn->allowance, keep) : turn->allowance;
}

struct span mtg_kept_length(const struct item *item, struct span length, uint32_t keep)
{
	bool shortened = keep > 0 && item->state == ITEM_STATE_PENDING &&
			 item->kind != ITEM_KIND_BREAK && length.ms > 0;

	return shortened ? kept(length, keep) : length;
}

struct span mtg_active_shortening(const struct meeting *meeting, uint32_t keep, struct instant at)
{
	int active = meeting->core.active_item;

	if (active == MTG_NONE || keep == 0) {
		return (struct span){0};
	}
	const struct item *item = &meeting->items[active];
	struct span left = span_sum(item->planned_length, item->extended);
	left.ms -= span_between(item->started, at).ms * meeting->core.about.speed;
	bool shortened = item->kind != ITEM_KIND_BREAK && left.ms > 0;
	return (struct span){shortened ? left.ms - kept(left, keep).ms : 0};
}

static bool has_to_come(const struct meeting *meeting, uint32_t keep, struct instant at)
{
	bool any = mtg_active_shortening(meeting, keep, at).ms > 0;

	for (size_t i = 0; i < meeting->core.n_items && !any; i++) {
		const struct item *item = &meeting->items[i];
		struct span length = span_sum(item->planned_length, item->extended);

		any = mtg_kept_length(item, length, keep).ms != length.ms;
	}
	for (size_t i = 0; i < meeting->core.n_turns && !any; i++) {
		const struct turn *turn = &meeting->turns[i];

		any = mtg_kept_allowance(meeting, turn, keep).ms != turn->allowance.ms;
	}
	return any;
}

int mtg_decide_programme_shorten(struct deciding *d)
{
	const struct meeting *meeting = d->meeting;
	uint32_t keep = d->command->body.programme_shorten.keep;
	struct span less = mtg_active_shortening(meeting, keep, d->now.at);

	if (!is_open(meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (keep < KEPT_PART_MIN || keep > KEPT_PART_MAX) {
		return REFUSAL_INVALID;
	}
	if (!has_to_come(meeting, keep, d->now.at)) {
		return REFUSAL_ALREADY;
	}
	if (less.ms > 0) {
		struct ev_item_extended *out = &mtg_emit(d, EV_ITEM_EXTENDED)->item_extended;

		TEXT_COPY(out->item, meeting->items[meeting->core.active_item].id);
		out->by.ms = -less.ms;
	}
	mtg_emit(d, EV_PROGRAMME_SHORTENED)->programme_shortened.keep = keep;
	return 0;
}

void mtg_apply_programme_shortened(struct meeting *meeting, const struct mtg_record *record)
{
	uint32_t keep = record->event.programme_shortened.keep;

	for (size_t i = 0; i < meeting->core.n_items; i++) {
		struct item *item = &meeting->items[i];
		struct span length = span_sum(item->planned_length, item->extended);

		item->extended.ms += mtg_kept_length(item, length, keep).ms - length.ms;
	}
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		struct turn *turn = &meeting->turns[i];
		struct span allowance = mtg_kept_allowance(meeting, turn, keep);

		if (allowance.ms != turn->allowance.ms) {
			turn->allowance = allowance;
			mtg_list_changed(meeting, turn, record);
		}
	}
	meeting->core.revisions.agenda = record->seq;
	meeting->core.revisions.floor = record->seq;
}

/* ---- requested turns ---- */

bool mtg_is_droppable(const struct meeting *meeting, const struct turn *turn)
{
	return turn->class == TURN_CLASS_REQUESTED && turn->state == TURN_STATE_WAITING &&
	       turn->approved && mtg_list_is_open(meeting, turn->list, MTG_NONE);
}

static int check_drop(const struct deciding *d, const struct cmd_turn_drop *in, size_t at)
{
	int turn;
	int r = mtg_need_turn(d->meeting, in->turns[at], &turn);

	if (r != 0) {
		return r;
	}
	for (size_t i = 0; i < at; i++) {
		if (strcmp(in->turns[i], in->turns[at]) == 0) {
			return REFUSAL_INVALID;
		}
	}
	return mtg_is_droppable(d->meeting, &d->meeting->turns[turn]) ? 0 : REFUSAL_WRONG_STATE;
}

int mtg_decide_turn_drop(struct deciding *d)
{
	const struct cmd_turn_drop *in = &d->command->body.turn_drop;

	if (in->n_turns == 0 || in->n_turns > CMD_TURN_DROP_TURNS_MAX) {
		return REFUSAL_INVALID;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	for (size_t i = 0; i < in->n_turns; i++) {
		int r = check_drop(d, in, i);

		if (r != 0) {
			return r;
		}
		TEXT_COPY(mtg_emit(d, EV_TURN_SKIPPED)->turn_skipped.turn, in->turns[i]);
	}
	return 0;
}
