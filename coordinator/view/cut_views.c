/* The hard end, what must be cut for it, and the ways to do so. */
#include "coordinator/view/cut_views.h"

#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/turns.h"
#include "text_copy.h"

enum { MINUTE_MS = 60000 };

/* What must be cut is not told too short, what is gained not too long. */
static struct span minutes_up(struct span span)
{
	return (struct span){(span.ms + MINUTE_MS - 1) / MINUTE_MS * MINUTE_MS};
}

static struct span minutes_down(struct span span)
{
	return (struct span){span.ms / MINUTE_MS * MINUTE_MS};
}

static void say_dropped(
	const struct meeting *meeting, const struct forecast_cut *cut, struct wire_cut_view *ret)
{
	int turns[WIRE_CUT_VIEW_TURNS_MAX];

	mtg_dropped_turns(meeting, cut, turns);
	ret->has_turns = true;
	for (size_t i = 0; i < cut->drop; i++) {
		TEXT_COPY(ret->turns[ret->n_turns++], mtg_turn(meeting, turns[i])->id);
	}
}

static void say_shorter_break(
	const struct item *item, const struct forecast_cut *cut, struct wire_cut_view *ret)
{
	ret->has_item = true;
	TEXT_COPY(ret->item, item->id);
	ret->has_fixed_end = item->has_fixed_end;
	ret->fixed_end = item->has_fixed_end ? item->fixed_end - (uint64_t)cut->by.ms : 0;
	ret->has_by = !item->has_fixed_end;
	ret->by.ms = item->has_fixed_end ? 0 : -cut->by.ms;
}

static void say_cut(
	const struct meeting *meeting, const struct cut_offer *offer, struct wire_cut_view *ret)
{
	ret->way = offer->way;
	ret->gain = minutes_down(offer->gain);
	ret->enough = offer->enough;
	ret->has_keep = offer->cut.keep > 0;
	ret->keep = offer->cut.keep;
	if (offer->way == CUT_WAY_DROP_REQUESTS) {
		say_dropped(meeting, &offer->cut, ret);
	} else if (offer->way == CUT_WAY_SHORTEN_BREAK) {
		say_shorter_break(mtg_item(meeting, offer->cut.item), &offer->cut, ret);
	}
}

void cut_views_say(const struct view_derived *derived, struct wire_meeting_view *ret)
{
	ret->hard_end = mtg_about(derived->meeting)->hard_end;
	ret->has_hard_end = ret->hard_end > 0;
	ret->has_over = derived->forecast.over.ms > 0;
	ret->over = minutes_up(derived->forecast.over);
	ret->has_cuts = derived->n_cuts > 0;
	ret->n_cuts = derived->n_cuts;
	for (size_t i = 0; i < derived->n_cuts; i++) {
		say_cut(derived->meeting, &derived->cuts[i], &ret->cuts[i]);
	}
}
