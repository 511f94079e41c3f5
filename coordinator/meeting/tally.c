/* The standby ladder, and what else a site shows of its turns. */
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/state.h"

/* A turn that the operator could cue next. */
static bool can_be_cued(const struct meeting *meeting, const struct turn *turn)
{
	return turn->state == TURN_STATE_WAITING && turn->approved &&
	       !mtg_turn_is_barred(meeting, turn);
}

/* The rungs filled in the order of a list: standby, then soon. */
static size_t fill_rungs(const struct meeting *meeting, int list, size_t filled, struct ladder *ret)
{
	for (size_t i = 0; i < meeting->core.n_turns && filled < 3; i++) {
		int index = meeting->turn_order[i];
		const struct turn *turn = &meeting->turns[index];

		if (turn->list != list) {
			continue;
		}
		if (turn->state == TURN_STATE_INTERRUPTED && ret->interrupted == MTG_NONE) {
			ret->interrupted = index;
		}
		if (!can_be_cued(meeting, turn)) {
			continue;
		}
		if (filled == 0) {
			ret->standby = index;
		} else {
			ret->soon[filled - 1] = index;
		}
		filled++;
	}
	return filled;
}

void mtg_ladder(const struct meeting *meeting, struct ladder *ret)
{
	int active = meeting->core.active_item;
	size_t filled = 0;

	*ret = (struct ladder){meeting->core.floor.on_air, meeting->core.floor.cued, MTG_NONE,
		{MTG_NONE, MTG_NONE}, MTG_NONE};
	if (!is_live(meeting) || active == MTG_NONE) {
		return;
	}
	for (size_t i = 0; i < meeting->items[active].n_lists; i++) {
		filled = fill_rungs(meeting, meeting->items[active].lists[i], filled, ret);
	}
}

static bool is_turn_of(const struct meeting *meeting, int turn, int site)
{
	return turn != MTG_NONE && mtg_turn_concerns(&meeting->turns[turn], site);
}

enum tally mtg_tally_on(const struct meeting *meeting, const struct ladder *ladder, int site)
{
	if (is_turn_of(meeting, ladder->on_air, site)) {
		return TALLY_ON_AIR;
	}
	if (is_turn_of(meeting, ladder->next, site)) {
		return TALLY_NEXT;
	}
	if (is_turn_of(meeting, ladder->standby, site) ||
		is_turn_of(meeting, ladder->interrupted, site)) {
		return TALLY_STANDBY;
	}
	if (is_turn_of(meeting, ladder->soon[0], site) ||
		is_turn_of(meeting, ladder->soon[1], site)) {
		return TALLY_SOON;
	}
	return TALLY_OFF;
}

enum tally mtg_tally(const struct meeting *meeting, int site)
{
	struct ladder ladder;

	mtg_ladder(meeting, &ladder);
	return mtg_tally_on(meeting, &ladder, site);
}

bool mtg_has_raised_hand(const struct meeting *meeting, int site)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		if (meeting->turns[i].site == site && mtg_is_hand(&meeting->turns[i])) {
			return true;
		}
	}
	return false;
}

/* How close a turn is to the floor; 0: it is not upcoming. */
static int closeness(const struct turn *turn)
{
	switch (turn->state) {
	case TURN_STATE_ON_AIR:
		return 4;
	case TURN_STATE_CUED:
		return 3;
	case TURN_STATE_INTERRUPTED:
		return 2;
	case TURN_STATE_WAITING:
		return 1;
	case TURN_STATE_UNSET:
	case TURN_STATE_DONE:
	case TURN_STATE_WITHDRAWN:
	case TURN_STATE_ABSENT:
	case TURN_STATE_SKIPPED:
		return 0;
	}
	return 0;
}

int mtg_turn_of_site(const struct meeting *meeting, int site)
{
	int best = MTG_NONE;
	int best_closeness = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		int index = meeting->turn_order[i];
		int n = closeness(&meeting->turns[index]);

		if (mtg_turn_concerns(&meeting->turns[index], site) && n > best_closeness) {
			best = index;
			best_closeness = n;
		}
	}
	return best;
}
