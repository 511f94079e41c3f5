/* The standby ladder, and what else a site shows of its turns. */
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/state.h"

/* Somebody the operator could call up next. */
static bool is_callable(const struct meeting *meeting, const struct turn *turn)
{
	return turn->state == TURN_STATE_WAITING && turn->approved &&
	       !meeting->sites[turn->site].barred;
}

/* The rungs that the order of a list fills: standby, then soon. */
static size_t climb(const struct meeting *meeting, int list, size_t filled, struct ladder *ret)
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
		if (!is_callable(meeting, turn)) {
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
		filled = climb(meeting, meeting->items[active].lists[i], filled, ret);
	}
}

static bool is_of(const struct meeting *meeting, int turn, int site)
{
	return turn != MTG_NONE && meeting->turns[turn].site == site;
}

enum tally mtg_tally_on(const struct meeting *meeting, const struct ladder *ladder, int site)
{
	if (is_of(meeting, ladder->on_air, site)) {
		return TALLY_ON_AIR;
	}
	if (is_of(meeting, ladder->next, site)) {
		return TALLY_NEXT;
	}
	if (is_of(meeting, ladder->standby, site) || is_of(meeting, ladder->interrupted, site)) {
		return TALLY_STANDBY;
	}
	if (is_of(meeting, ladder->soon[0], site) || is_of(meeting, ladder->soon[1], site)) {
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

bool mtg_hand(const struct meeting *meeting, int site)
{
	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		const struct turn *turn = &meeting->turns[i];

		if (turn->site == site && turn->origin == TURN_ORIGIN_REQUESTED &&
			turn->state == TURN_STATE_WAITING && !turn->approved) {
			return true;
		}
	}
	return false;
}

/* How near a turn is to being spoken; 0: it is not. */
static int nearness(const struct turn *turn)
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
	int best_nearness = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		int index = meeting->turn_order[i];
		int n = nearness(&meeting->turns[index]);

		if (meeting->turns[index].site == site && n > best_nearness) {
			best = index;
			best_nearness = n;
		}
	}
	return best;
}
