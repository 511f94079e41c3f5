/*
 * Finished hands: raised hands, and turns added by an operator, that were taken off before they
 * were ever on air. The last few of each site stay, so that an operator can restore one; the next
 * tick removes the rest (turn.forgotten). A turn that was planned, or has been on air, is never
 * removed: the minutes name it. Only a draft, which has no minutes yet, loses any (turn.remove).
 */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

/* Declined before it was approved, or withdrawn: it has no row in the minutes. */
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

bool mtg_finished_hands_due(const struct meeting *meeting)
{
	const struct core *core = &meeting->core;

	return is_open(meeting) &&
	       (core->crowded_sites > 0 || core->finished_hands > FINISHED_HANDS_MAX);
}

/* Turns that went with their site were taken off at once. */
static bool is_younger(const struct turn *turn, const struct turn *than)
{
	return turn->taken_off > than->taken_off ||
	       (turn->taken_off == than->taken_off && turn > than);
}

/* So many of its site, or of all, were finished after it that its place is needed for others. */
static bool is_surplus(const struct meeting *meeting, const struct turn *turn)
{
	size_t younger = 0, younger_here = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *other = &meeting->turns[i];

		if (is_finished_hand(other) && is_younger(other, turn)) {
			younger++;
			younger_here += other->site == turn->site;
		}
	}
	return younger >= FINISHED_HANDS_MAX || younger_here >= FINISHED_HANDS_PER_SITE_MAX;
}

void mtg_remove_finished_hands(struct deciding *d)
{
	const struct meeting *meeting = d->meeting;

	if (!mtg_finished_hands_due(meeting)) {
		return;
	}
	for (size_t i = 0; i < meeting->core.n_turns && mtg_has_room(d); i++) {
		const struct turn *turn = &meeting->turns[i];

		if (is_finished_hand(turn) && is_surplus(meeting, turn)) {
			TEXT_COPY(mtg_emit(d, EV_TURN_FORGOTTEN)->turn_forgotten.turn, turn->id);
		}
	}
}

static int new_index(int index, int removed, int last)
{
	if (index == removed) {
		return MTG_NONE;
	}
	return index == last ? removed : index;
}

/* Everything that refers to a turn by index: the last turn takes the index of the one removed. */
static void renumber_turns(struct meeting *meeting, int removed, int last)
{
	struct floor *floor = &meeting->core.floor;

	floor->on_air = new_index(floor->on_air, removed, last);
	floor->cued = new_index(floor->cued, removed, last);
	floor->undo.turn = new_index(floor->undo.turn, removed, last);
	floor->undo.replaced = new_index(floor->undo.replaced, removed, last);
	for (size_t i = 0; i < meeting->core.n_alarms; i++) {
		meeting->alarms[i].turn = new_index(meeting->alarms[i].turn, removed, last);
	}
}

static void remove_from_order(struct meeting *meeting, int removed, int last)
{
	int16_t *order = meeting->turn_order;
	size_t n = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		if (order[i] != removed) {
			order[n++] = (int16_t)new_index(order[i], removed, last);
		}
	}
	order[n] = 0;
}

static void remove_turn(struct meeting *meeting, const char *id, const struct mtg_record *record)
{
	int removed = mtg_find_turn(meeting, id);
	int last = (int)meeting->core.n_turns - 1;
	struct turn *turn = &meeting->turns[removed];

	mtg_hand_reopened(meeting, turn);
	mtg_list_changed(meeting, turn, record);
	remove_from_order(meeting, removed, last);
	renumber_turns(meeting, removed, last);
	mtg_remove_turn_id(meeting, removed, last);
	if (removed != last) {
		memcpy(turn, &meeting->turns[last], sizeof(*turn));
	}
	memset(&meeting->turns[last], 0, sizeof(meeting->turns[last]));
	meeting->core.n_turns--;
}

void mtg_apply_turn_forgotten(struct meeting *meeting, const struct mtg_record *record)
{
	remove_turn(meeting, record->event.turn_forgotten.turn, record);
}

/* Before the first sitting nothing has been said to anybody: what is taken out leaves no trace. */
int mtg_decide_turn_remove(struct deciding *d)
{
	const struct cmd_turn_remove *in = &d->command->body.turn_remove;
	const struct about *about = &d->meeting->core.about;
	int turn;
	int r = mtg_need_turn(d->meeting, in->turn, &turn);

	if (r != 0) {
		return r;
	}
	if (about->state != MEETING_STATE_DRAFT || mtg_was_ever_opened(about)) {
		return REFUSAL_WRONG_STATE;
	}
	TEXT_COPY(mtg_emit(d, EV_TURN_REMOVED)->turn_removed.turn, in->turn);
	return 0;
}

void mtg_apply_turn_removed(struct meeting *meeting, const struct mtg_record *record)
{
	remove_turn(meeting, record->event.turn_removed.turn, record);
}

bool mtg_finished_hands_are_counted(const struct meeting *meeting)
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
