/* How much each way gains is tried, not estimated. */
#include "coordinator/meeting/cut_offers.h"

#include "coordinator/meeting/cuts.h"
#include "coordinator/meeting/state.h"

enum {
	WHOLE = 1000,
	MINUTE_MS = 60000,
	BREAK_MIN_MS = 5 * MINUTE_MS, /* a break is not shortened below this */
};

void mtg_dropped_turns(const struct meeting *meeting, const struct forecast_cut *cut, int *ret)
{
	size_t n = 0;

	for (size_t i = meeting->core.n_turns; i > 0 && n < cut->drop; i--) {
		int index = meeting->turn_order[i - 1];

		if (mtg_is_droppable(meeting, &meeting->turns[index])) {
			ret[n++] = index;
		}
	}
}

static size_t count_droppable(const struct meeting *meeting)
{
	size_t n = 0;

	for (size_t i = 0; i < meeting->core.n_turns; i++) {
		n += mtg_is_droppable(meeting, &meeting->turns[i]);
	}
	return n < CMD_TURN_DROP_TURNS_MAX ? n : CMD_TURN_DROP_TURNS_MAX;
}

/* One search for the least that is enough; and what it comes to. */
struct trial {
	const struct meeting *meeting;
	struct now now;
	const struct forecast *is;
	struct forecast *would;
};

static int64_t gain_of(const struct trial *trial, const struct forecast_cut *cut)
{
	mtg_forecast_after(trial->meeting, trial->now, cut, trial->would);
	return span_between(trial->would->end, trial->is->end).ms;
}

/* Measure n more or less of it: keep of the whole, or turns to drop. */
typedef struct forecast_cut cut_of(size_t n);

static struct forecast_cut keep_less(size_t n)
{
	return (struct forecast_cut){.keep = WHOLE - (uint32_t)n, .item = MTG_NONE};
}

static struct forecast_cut drop_so_many(size_t n)
{
	return (struct forecast_cut){.drop = n, .item = MTG_NONE};
}

/* The least of 1 to `most` that is enough, else `most`. The end only comes earlier with more. */
static size_t least_enough(const struct trial *trial, cut_of *cut, size_t most)
{
	size_t low = 1, high = most;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		struct forecast_cut tried = cut(middle);

		if (gain_of(trial, &tried) >= trial->is->over.ms) {
			high = middle;
		} else {
			low = middle + 1;
		}
	}
	return high;
}

static bool offer(const struct trial *trial, enum cut_way way, const struct forecast_cut *cut,
	struct cut_offer *ret)
{
	int64_t gain = gain_of(trial, cut);

	if (gain <= 0) {
		return false;
	}
	*ret = (struct cut_offer){way, *cut, {gain}, gain >= trial->is->over.ms};
	return true;
}

/* Minutes, as breaks are announced; what is left of one is a break still. */
static struct span break_shortening(const struct trial *trial, const struct item *item)
{
	int64_t speed = trial->meeting->core.about.speed;
	int64_t need = (trial->is->over.ms * speed + MINUTE_MS - 1) / MINUTE_MS * MINUTE_MS;
	const struct item_forecast *expected = &trial->is->items[item - trial->meeting->items];
	int64_t length = span_between(expected->start, expected->finish).ms * speed;
	int64_t room = (length - BREAK_MIN_MS) / MINUTE_MS * MINUTE_MS;

	if (room <= 0) {
		return (struct span){0};
	}
	return (struct span){need < room ? need : room};
}

/* Of the breaks still to come, the one that gains most. */
static bool offer_break(const struct trial *trial, struct cut_offer *ret)
{
	const struct meeting *meeting = trial->meeting;
	struct cut_offer tried;
	bool found = false;

	for (size_t i = 0; i < meeting->core.n_items; i++) {
		const struct item *item = &meeting->items[i];

		if (item->kind != ITEM_KIND_BREAK || item->state != ITEM_STATE_PENDING) {
			continue;
		}
		struct forecast_cut cut = {.item = (int)i, .by = break_shortening(trial, item)};
		if (cut.by.ms > 0 && offer(trial, CUT_WAY_SHORTEN_BREAK, &cut, &tried) &&
			(!found || tried.gain.ms > ret->gain.ms)) {
			*ret = tried;
			found = true;
		}
	}
	return found;
}

size_t mtg_offer_cuts(const struct meeting *meeting, struct now now, const struct forecast *now_is,
	struct forecast *trial, struct cut_offer ret[CUT_WAYS])
{
	const struct trial tried = {meeting, now, now_is, trial};
	size_t requests = count_droppable(meeting);
	size_t n = 0;

	if (now_is->over.ms == 0) {
		return 0;
	}
	struct forecast_cut cut = keep_less(least_enough(&tried, keep_less, WHOLE - KEPT_PART_MIN));
	n += offer(&tried, CUT_WAY_SHORTEN_REST, &cut, &ret[n]);
	if (requests > 0) {
		cut = drop_so_many(least_enough(&tried, drop_so_many, requests));
		n += offer(&tried, CUT_WAY_DROP_REQUESTS, &cut, &ret[n]);
	}
	return n + offer_break(&tried, &ret[n]);
}
