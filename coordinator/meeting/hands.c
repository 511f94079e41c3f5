/*
 * Turns that give their place back: of raised hands and turns added by an operator, those taken off
 * before they ever were on air. A few of each site are kept, so that an operator can put one back;
 * the rest is forgotten by the next tick. What was planned, or has been on air, is never forgotten:
 * the minutes name it.
 */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

/* Declined before it was approved, or withdrawn by whomever: in the minutes it would be no row. */
static bool is_finished_hand(const struct turn *turn)
{
	bool declined = !turn->approved &&
			(turn->state == TURN_STATE_ABSENT || turn->state == TURN_STATE_SKIPPED);

	return turn->origin != TURN_ORIGIN_ASSIGNED && !turn->was_taken &&
	       (turn->state == TURN_STATE_WITHDRAWN || declined);
}

static bool is_crowded(const struct site *site)
{
	return site->finished_hands > FINISHED_HANDS_PER_SITE_MAX;
}

void mtg_hand_finished(struct meeting *meeting, const struct turn *turn)
{
	struct site *site = &meeting->sites[turn->site];

	if (is_finished_hand(turn)) {
		meeting->core.crowded_sites -= is_crowded(site);
		site->finished_hands++;
		meeting->core.finished_hands++;
		meeting->core.crowded_sites += is_crowded(site);
	}
}

void mtg_hand_reopened(struct meeting *meeting, const struct turn *turn)
{
	struct site *site = &meeting->sites[turn->site];

	if (is_finished_hand(turn)) {
		meeting->core.crowded_sites -= is_crowded(site);
		site->finished_hands--;
		meeting->core.finished_hands--;
		meeting->core.crowded_sites += is_crowded(site);
	}
}

bool mtg_hands_due(const struct meeting *meeting)
{
	const struct core *core = &meeting->core;

	return is_open(meeting) &&
	       (core->crowded_sites > 0 || core->finished_hands > FINISHED_HANDS_MAX);
}

/* So many of its site, or of all, were finished after it that its place is better given to others.
 */
static bool is_surplus(const struct meeting *meeting, const struct turn *turn)
{
	size_t younger = 0, younger_here = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *other = &meeting->turns[i];

		if (is_finished_hand(other) && other->taken_off > turn->taken_off) {
			younger++;
			younger_here += other->site == turn->site;
		}
	}
	return younger >= FINISHED_HANDS_MAX || younger_here >= FINISHED_HANDS_PER_SITE_MAX;
}

void mtg_settle_hands(struct deciding *d)
{
	const struct meeting *meeting = d->meeting;

	if (!mtg_hands_due(meeting)) {
		return;
	}
	for (size_t i = 0; i < meeting->core.n_turns && mtg_has_room(d); i++) {
		const struct turn *turn = &meeting->turns[i];

		if (is_finished_hand(turn) && is_surplus(meeting, turn)) {
			TEXT_COPY(mtg_emit(d, EV_TURN_FORGOTTEN)->turn_forgotten.turn, turn->id);
		}
	}
}

static int moved(int index, int gone, int last)
{
	if (index == gone) {
		return MTG_NONE;
	}
	return index == last ? gone : index;
}

/* Whatever names a turn by its index: the last one gets the index of the one that goes. */
static void rename_turns(struct meeting *meeting, int gone, int last)
{
	struct floor *floor = &meeting->core.floor;

	floor->on_air = moved(floor->on_air, gone, last);
	floor->cued = moved(floor->cued, gone, last);
	floor->undo.turn = moved(floor->undo.turn, gone, last);
	floor->undo.replaced = moved(floor->undo.replaced, gone, last);
	for (size_t i = 0; i < meeting->core.n_alarms; i++) {
		meeting->alarms[i].turn = moved(meeting->alarms[i].turn, gone, last);
	}
}

static void leave_order(struct meeting *meeting, int gone, int last)
{
	int16_t *command = meeting->turn_order;
	size_t n = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		if (command[i] != gone) {
			command[n++] = (int16_t)moved(command[i], gone, last);
		}
	}
	command[n] = 0;
}

void mtg_apply_turn_forgotten(struct meeting *meeting, const struct mtg_record *record)
{
	int gone = mtg_find_turn(meeting, record->event.turn_forgotten.turn);
	int last = (int)meeting->core.n_turns - 1;
	struct turn *turn = &meeting->turns[gone];

	mtg_hand_reopened(meeting, turn);
	mtg_list_changed(meeting, turn, record);
	leave_order(meeting, gone, last);
	rename_turns(meeting, gone, last);
	mtg_drop_turn(meeting, gone, last);
	if (gone != last) {
		memcpy(turn, &meeting->turns[last], sizeof(*turn));
	}
	memset(&meeting->turns[last], 0, sizeof(meeting->turns[last]));
	meeting->core.n_turns--;
}

bool mtg_hands_counted(const struct meeting *meeting)
{
	uint16_t counts[SITES_MAX] = {0};
	size_t all = 0, crowded = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		counts[turn->site] += is_finished_hand(turn);
		all += is_finished_hand(turn);
	}
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		if (counts[i] != meeting->sites[i].finished_hands) {
			return false;
		}
		crowded += is_crowded(&meeting->sites[i]);
	}
	return all == meeting->core.finished_hands && crowded == meeting->core.crowded_sites;
}
