/*
 * What each peer is sent: pure functions of the meeting.
 *
 * People get views: a snapshot when they connect, then updates that carry each changed view whole
 * (docs/decisions/002). Sites and the relay get their desired state, whole, whenever it differs
 * from the one sent last. Nothing here decides: it puts what the core derives into wire messages.
 * Long arrays live in the caller's arena and stay valid until it is reset.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_VIEW_H
#define DIEMCAU_COORDINATOR_VIEW_VIEW_H

#include "coordinator/meeting/meeting.h"
#include "coordinator/view/media_keys.h"
#include "proto/codec/arena.h"
#include "units.h"
#include "wire_msg.h"

/*
 * The meeting at one moment, computed once for many peers: what all desired states have in common
 * (scene, slots, voices, ladder, forecast). Take it after events were applied, then use it for each
 * peer. It refers to that meeting until it is taken again.
 */
struct view_derived;

struct view_derived *view_derived_create(void);
void view_derived_destroy(struct view_derived *derived);
void view_derived_take(struct view_derived *derived, const struct meeting *meeting, struct now now);

/*
 * The moment for which forecasts are shown at this time. They change by themselves while something
 * runs late, so they advance in steps, VIEW_STEP_MS of a meeting at its planned speed: all of them
 * change together at each step and with each event, and every client sees the same values.
 */
enum { VIEW_STEP_MS = 10000, VIEW_STEP_MIN_MS = 1000 };
struct instant view_forecast_moment(const struct meeting *meeting, struct instant now);

/* The whole meeting. 0 or -ENOMEM. */
int view_snapshot(
	const struct view_derived *derived, struct msg_arena *arena, struct wire_snapshot *ret);

/* The views sent last, to find what changed since. */
struct view_shown;

struct view_shown *view_shown_create(void);
void view_shown_destroy(struct view_shown *shown);

/*
 * What changed since the last call (everything, at the first), and remember it as shown.
 * *ret_changed is false when nothing a view shows is different. Forecasts change while time passes:
 * call this whenever view_forecast_moment changes. 0 or -ENOMEM (then the next call reports the
 * change).
 */
int view_update(struct view_shown *shown, const struct view_derived *derived,
	struct msg_arena *arena, struct wire_update *ret, bool *ret_changed);

/* Whether the update contains anything. */
bool view_update_has_content(const struct wire_update *update);

/*
 * Remove what a person in this role may not read (docs/meeting.md). A viewer sees no messages, no
 * alarms, no documents owed, nothing of the preparation, of votes no count before the result and
 * never who cast what, no address of a site, no notes and names in its readiness ledger, no relay
 * instance. Whom to ring at a site only operators and technicians see. *ret_says: something is left
 * of the update. 0; on -ENOMEM it must not be sent.
 */
int view_snapshot_for(enum role role, struct msg_arena *arena, struct wire_snapshot *snapshot);
int view_update_for(
	enum role role, struct msg_arena *arena, struct wire_update *update, bool *ret_says);

/*
 * The desired state of site number `number` now. `version` is left 0: the sender numbers it. *ret
 * is zeroed first, padding too, so that two desired states can be compared with memcmp. A number
 * without a site gives a zeroed *ret.
 */
void view_site_desired(const struct view_derived *derived, uint32_t number,
	const struct media_keys *media_keys, struct wire_site_desired *ret);

/*
 * What a site is to register and has registered, without the people, whom the caller adds. False:
 * sites do not register, or there is no such site. Zeroes *ret first.
 */
bool view_told_registration(
	const struct meeting *meeting, uint32_t number, struct told_registration *ret);

/*
 * The desired state of this relay instance now, with the keys that were made for it; version as
 * above. 0 or -ENOMEM.
 */
int view_relay_desired(const struct view_derived *derived, const struct media_keys *media_keys,
	const char *instance, struct msg_arena *arena, struct wire_relay_desired *ret);

#endif
