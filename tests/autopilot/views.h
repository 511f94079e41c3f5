/*
 * The meeting as an operator's program holds it: views from the snapshot, kept current by updates
 * (docs/protocol.md, Views). It knows no rule of the meeting and folds no event.
 */
#ifndef DIEMCAU_AUTOPILOT_VIEWS_H
#define DIEMCAU_AUTOPILOT_VIEWS_H

#include <stdbool.h>
#include <stddef.h>

#include "wire_msg.h"

struct views {
	uint64_t seq; /* what is here is at least this new */
	struct wire_meeting_view meeting;
	struct wire_floor_view floor;
	struct wire_site_view *sites;
	size_t n_sites;
	struct wire_item_view *items; /* in the order of the programme */
	size_t n_items;
	struct wire_turn_view *turns; /* in the order of speaking */
	size_t n_turns;
	struct wire_alarm_view *alarms; /* every one ever seen */
	size_t n_alarms;
};

/* 0 or -ENOMEM (then the views are of no use). All zeroes is an empty one. */
int views_take_snapshot(struct views *views, const struct wire_snapshot *snapshot);
int views_take_update(struct views *views, const struct wire_update *update);
void views_finish(struct views *views);

/* NULL where there is none of this name. */
const struct wire_site_view *views_site(const struct views *views, const char *site);
const struct wire_turn_view *views_turn(const struct views *views, const char *turn);
const struct wire_item_view *views_active_item(const struct views *views);

size_t views_online(const struct views *views);

#endif
