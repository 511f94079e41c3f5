/*
 * Programme and speaking list as sites are told of them: the same for all, taken once a moment.
 * Only what stands near the active item and the next turns, for it is sent to thousands of sites.
 *
 * Times are of the day at the place of the meeting, whole minutes.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_TOLD_PROGRAMME_H
#define DIEMCAU_COORDINATOR_VIEW_TOLD_PROGRAMME_H

#include "coordinator/meeting/forecast.h"
#include "wire_msg.h"

struct told_programme {
	struct told_item items[WIRE_SITE_DESIRED_ITEMS_MAX];
	size_t n_items;
	struct told_turn turns[WIRE_SITE_DESIRED_TURNS_MAX];
	size_t n_turns;
	uint16_t ahead[TURNS_MAX]; /* by index of turn: how many of the list come before it */
};

void told_programme_take(const struct meeting *meeting, struct now now,
	const struct forecast *forecast, struct told_programme *ret);

/* The time of the day at the place of the meeting, milliseconds since midnight. */
uint64_t told_time_of(const struct meeting *meeting, struct stamp wall);

#endif
