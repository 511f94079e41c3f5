/*
 * What each peer is shown and told: pure functions of the meeting.
 *
 * People get views: a snapshot when they come, then updates that carry each changed view whole
 * (docs/decisions/002). Sites and the relay get their desired state, whole, whenever it differs
 * from what they were sent last. Nothing here decides; it says in wire messages what the core
 * derives. Long arrays live in the caller's arena and are good until it is reset.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_VIEW_H
#define DIEMCAU_COORDINATOR_VIEW_VIEW_H

#include "coordinator/meeting/meeting.h"
#include "coordinator/view/media_keys.h"
#include "proto/codec/arena.h"
#include "units.h"
#include "wire_msg.h"

/*
 * The meeting seen once for many peers: what all desired states of one moment have in common
 * (scene, slots, voices, ladder, forecast). Take it after events were applied, then ask it for each
 * peer. It refers to the meeting it was taken of until it is taken again.
 */
struct view_derived;

struct view_derived *view_derived_create(void);
void view_derived_destroy(struct view_derived *derived);
void view_derived_take(struct view_derived *derived, const struct meeting *meeting, struct now now);

/*
 * The moment for which forecasts are shown at this time. They move by themselves while something
 * runs late, so they go by steps, VIEW_STEP_MS of a meeting at its planned speed: at each step, and
 * with each event, all of them move at once, and whoever looks between is shown what all others
 * are.
 */
enum { VIEW_STEP_MS = 10000, VIEW_STEP_MIN_MS = 1000 };
struct instant view_forecast_moment(const struct meeting *meeting, struct instant now);

/* The whole meeting. 0 or -ENOMEM. */
int view_snapshot(
	const struct view_derived *derived, struct msg_arena *arena, struct wire_snapshot *ret);

/* What was shown last, to find what changed since. */
struct view_shown;

struct view_shown *view_shown_create(void);
void view_shown_destroy(struct view_shown *shown);

/*
 * What changed since the last call (everything, at the first), and remember it as shown.
 * *ret_changed is false when nothing a view shows is different. Forecasts move by themselves while
 * time passes: call this whenever view_forecast_moment is another one. 0 or -ENOMEM (then the
 * next call tells it).
 */
int view_update(struct view_shown *shown, const struct view_derived *derived,
	struct msg_arena *arena, struct wire_update *ret, bool *ret_changed);

/* Does the update name anything at all? */
bool view_says_anything(const struct wire_update *update);

/*
 * Take out what a person of this role may not read (docs/meeting.md): a viewer messages, alarms, of
 * each site its address, what was noted in its readiness ledger and by whom, the relay's instance.
 * *ret_says: something is left of the update. 0; on -ENOMEM it is not to be shown.
 */
int view_snapshot_for(enum role role, struct msg_arena *arena, struct wire_snapshot *snapshot);
int view_update_for(
	enum role role, struct msg_arena *arena, struct wire_update *update, bool *ret_says);

/*
 * Everything site number `number` should be now. `version` is left 0: the sender numbers what it
 * sends. *ret is zeroed first, padding too, so that two desired states can be compared with
 * memcmp. A number that is no site gives a zeroed *ret.
 */
void view_site_desired(const struct view_derived *derived, uint32_t number,
	const struct media_keys *media_keys, struct wire_site_desired *ret);

/*
 * Everything this instance of the relay should be now, with the keys that were made for it; version
 * as above. 0 or -ENOMEM.
 */
int view_relay_desired(const struct view_derived *derived, const struct media_keys *media_keys,
	const char *instance, struct msg_arena *arena, struct wire_relay_desired *ret);

#endif
