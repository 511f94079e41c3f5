/* Private: struct view_derived. */
#ifndef DIEMCAU_COORDINATOR_VIEW_DERIVED_H
#define DIEMCAU_COORDINATOR_VIEW_DERIVED_H

#include "coordinator/meeting/acts.h"
#include "coordinator/meeting/cut_offers.h"
#include "coordinator/meeting/derive.h"
#include "coordinator/meeting/forecast.h"
#include "coordinator/view/told_programme.h"
#include "coordinator/view/view.h"

/* Picture slots in the order of enum slot; content and voices have their own. */
struct slot_source {
	int site; /* MTG_NONE: nothing feeds the slot */
	enum source_name source;
};

struct view_derived {
	const struct meeting *meeting;
	int16_t roster[SITES_MAX]; /* the sites that were not removed */
	size_t n_roster;
	struct now now;
	struct scene program;
	struct ladder ladder;
	struct ceremony ceremony;
	int called; /* it and the main venue alone see each other, or MTG_NONE */
	int voices[VOICES_MAX];
	struct slot_source slots[SLOT_END]; /* pictures only */
	struct forecast forecast;
	struct forecast trial; /* of what might be cut */
	struct cut_offer cuts[CUT_WAYS];
	size_t n_cuts;
	struct told_programme programme;
};

/* The slot that carries a pane of the program scene, or SLOT_UNSET. */
enum slot derived_slot_of(const struct view_derived *derived, const struct scene_pane *pane);

/* The picture as this site can receive it: the small one where its link is poor. */
enum slot derived_slot_for(const struct view_derived *derived, int site, enum slot slot);

/* What a site receives: never its own picture or voice. Room for SLOT_END; returns how many. */
size_t derived_receive(const struct view_derived *derived, int site, enum slot *ret);

#endif
