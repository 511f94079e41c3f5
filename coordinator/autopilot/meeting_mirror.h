/*
 * An operator program's copy of the meeting: views from the snapshot, updated by deltas
 * (docs/protocol.md, Views). It knows no rule of the meeting and applies no event.
 */
#ifndef DIEMCAU_COORDINATOR_AUTOPILOT_MEETING_MIRROR_H
#define DIEMCAU_COORDINATOR_AUTOPILOT_MEETING_MIRROR_H

#include <stdbool.h>
#include <stddef.h>

#include "wire_msg.h"

struct meeting_mirror {
	uint64_t seq; /* the mirror is at least this new */
	struct wire_meeting_view meeting;
	struct wire_floor_view floor;
	struct wire_ceremony_view ceremony;
	struct wire_site_view *sites;
	size_t n_sites;
	struct wire_item_view *items; /* in the order of the programme */
	size_t n_items;
	struct wire_turn_view *turns; /* in the order of speaking */
	size_t n_turns;
	struct wire_alarm_view *alarms; /* all seen so far */
	size_t n_alarms;
	struct wire_vote_view *votes;
	size_t n_votes;
};

/* 0 or -ENOMEM (then the views are invalid). All bytes zero is an empty mirror. */
int meeting_mirror_take_snapshot(
	struct meeting_mirror *mirror, const struct wire_snapshot *snapshot);
int meeting_mirror_take_update(struct meeting_mirror *mirror, const struct wire_update *update);
void meeting_mirror_finish(struct meeting_mirror *mirror);

/* NULL if there is none of this name. */
const struct wire_site_view *meeting_mirror_site(
	const struct meeting_mirror *mirror, const char *site);
const struct wire_turn_view *meeting_mirror_turn(
	const struct meeting_mirror *mirror, const char *turn);
const struct wire_item_view *meeting_mirror_active_item(const struct meeting_mirror *mirror);

size_t meeting_mirror_online(const struct meeting_mirror *mirror);

#endif
