/*
 * Private: what may be cut to end in time. The forecast of a cut and the command that makes it
 * reckon here, so that what was promised is what comes. Spans are as planned, not scaled by the
 * meeting's speed. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_CUTS_H
#define DIEMCAU_COORDINATOR_MEETING_CUTS_H

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/turns.h"

/* An approved request that waits for its turn. */
bool mtg_is_droppable(const struct meeting *meeting, const struct turn *turn);
/* A turn's allowance after programme.shorten: at least a second; 0 (no limit) stays. keep 0: all.
 */
struct span mtg_kept_allowance(
	const struct meeting *meeting, const struct turn *turn, uint32_t keep);
/* The same of a pending item of this length; a break keeps all of it. */
struct span mtg_kept_length(const struct item *item, struct span length, uint32_t keep);
/* By how much the active item is shortened then, of what it has left. 0 where none is active. */
struct span mtg_active_shortening(const struct meeting *meeting, uint32_t keep, struct instant at);

#endif
