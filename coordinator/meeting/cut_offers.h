/*
 * Ways to end in time: what the meeting could leave out so as not to be over after its hard end.
 * Each is one command that says itself what it does; what it would gain is the forecast's figure
 * for the meeting as it would be then, so that gaps and fixed ends count. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_CUT_OFFERS_H
#define DIEMCAU_COORDINATOR_MEETING_CUT_OFFERS_H

#include "coordinator/meeting/forecast.h"

enum { CUT_WAYS = CUT_WAY_END - 1 };

struct cut_offer {
	enum cut_way way;
	struct forecast_cut cut;
	struct span gain; /* so much earlier the end, scaled; positive */
	bool enough; /* it is not over after its hard end then */
};

/*
 * The ways that gain something, where the meeting is expected to be over after its hard end; each
 * takes no more than is needed. `trial` is room for what they would come to. How many.
 */
size_t mtg_offer_cuts(const struct meeting *meeting, struct now now, const struct forecast *now_is,
	struct forecast *trial, struct cut_offer ret[CUT_WAYS]);

/* The turns that a cut leaves out, as indices, the last first. Room for cut->drop. */
void mtg_dropped_turns(const struct meeting *meeting, const struct forecast_cut *cut, int *ret);

#endif
