/*
 * What changed since the last call. Of each view only its id and a digest are remembered: every
 * view is built in one place, and copied only if its digest differs. Ids are remembered in their
 * order, so a change of order is found by comparing them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/checklist.h"
#include "coordinator/meeting/tasks.h"
#include "coordinator/view/bell_views.h"
#include "coordinator/view/collections.h"
#include "coordinator/view/digest.h"
#include "coordinator/view/lectern_view.h"
#include "coordinator/view/operator_views.h"
#include "coordinator/view/opinion_views.h"
#include "coordinator/view/readiness_views.h"
#include "coordinator/view/registration_views.h"
#include "coordinator/view/vote_views.h"

struct trace {
	char id[COLLECTION_ID_MAX]; /* zeroed behind its end */
	uint64_t digest;
	bool changed; /* or new, in this pass */
};

struct shown_view {
	struct trace *traces; /* in the order of the kind */
	size_t n;
};

/* What a pass found, in an arena of its own. */
struct update_pass {
	struct msg_arena arena;
	struct shown_view rows[COLLECTIONS_NAMED];
	uint64_t meeting, floor, scene, relay, microphones, ceremony, ledger, asked, bell, lectern,
		attendance, removed, direction; /* digests */
	int64_t messages, opinions, roster; /* revisions, like the next */
	int main_venue;
	int64_t documents, handouts, acts, checklist, tasks, votes; /* seq of their last change */
	int64_t seq; /* of the meeting */
	size_t late_tasks;
};

struct view_shown {
	struct update_pass passes[2]; /* the last pass, and room for the next */
	size_t last;
	bool any;
	union any_view scratch;
};

struct view_shown *view_shown_create(void)
{
	return calloc(1, sizeof(struct view_shown));
}

void view_shown_destroy(struct view_shown *shown)
{
	if (!shown) {
		return;
	}
	msg_arena_finish(&shown->passes[0].arena);
	msg_arena_finish(&shown->passes[1].arena);
	free(shown);
}

/* ---- things there are many of ---- */

/* The trace of the same id, looked for at the same place first. */
static const struct trace *same_id(
	const struct shown_view *row, size_t hint, const struct trace *trace)
{
	if (hint < row->n && memcmp(row->traces[hint].id, trace->id, sizeof(trace->id)) == 0) {
		return &row->traces[hint];
	}
	for (size_t i = 0; i < row->n; i++) {
		if (memcmp(row->traces[i].id, trace->id, sizeof(trace->id)) == 0) {
			return &row->traces[i];
		}
	}
	return NULL;
}

/* 0 or -ENOMEM. */
static int compare_row(struct view_shown *shown, struct update_pass *now, enum view_collection kind,
	const struct view_derived *derived)
{
	const struct view_collection_of *of = &view_collections[kind];
	const struct shown_view *was = &shown->passes[shown->last].rows[kind];
	struct shown_view *row = &now->rows[kind];

	row->n = of->count(derived);
	row->traces =
		row->n > 0 ? msg_arena_take(&now->arena, row->n * sizeof(*row->traces)) : NULL;
	if (row->n > 0 && !row->traces) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < row->n; i++) {
		struct trace *trace = &row->traces[i];

		of->say(derived, i, &shown->scratch);
		memcpy(trace->id, &shown->scratch, of->id);
		trace->digest = view_digest(&shown->scratch, of->size);
		const struct trace *before = same_id(was, i, trace);
		trace->changed = !before || before->digest != trace->digest;
	}
	return 0;
}

static size_t count_changed(const struct shown_view *row)
{
	size_t n = 0;

	for (size_t i = 0; i < row->n; i++) {
		n += row->traces[i].changed;
	}
	return n;
}

/* The views that are new or different. 0 or -ENOMEM. */
static int say_changed(const struct shown_view *row, enum view_collection kind,
	const struct view_derived *derived, struct msg_arena *arena, const void **ret,
	size_t *ret_n)
{
	const struct view_collection_of *of = &view_collections[kind];
	size_t n = count_changed(row);
	char *at = n > 0 ? msg_arena_take(arena, n * of->size) : NULL;

	if (n > 0 && !at) {
		return -ENOMEM;
	}
	*ret = at;
	*ret_n = n;
	for (size_t i = 0; i < row->n; i++) {
		if (row->traces[i].changed) {
			of->say(derived, i, at);
			at += of->size;
		}
	}
	return 0;
}

static int say_rows(struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct msg_arena *arena, struct wire_update *ret)
{
	const void *views[COLLECTIONS_NAMED];
	size_t counts[COLLECTIONS_NAMED];

	for (enum view_collection kind = COLLECTION_SITE; kind < COLLECTIONS_NAMED; kind++) {
		int r = compare_row(shown, now, kind, derived);

		r = r < 0 ? r
			  : say_changed(&now->rows[kind], kind, derived, arena, &views[kind],
				    &counts[kind]);
		if (r < 0) {
			return r;
		}
	}
	ret->sites = views[COLLECTION_SITE];
	ret->n_sites = counts[COLLECTION_SITE];
	ret->items = views[COLLECTION_ITEM];
	ret->n_items = counts[COLLECTION_ITEM];
	ret->lists = views[COLLECTION_LIST];
	ret->n_lists = counts[COLLECTION_LIST];
	ret->turns = views[COLLECTION_TURN];
	ret->n_turns = counts[COLLECTION_TURN];
	ret->alarms = views[COLLECTION_ALARM];
	ret->n_alarms = counts[COLLECTION_ALARM];
	return 0;
}

/* ---- their order ---- */

static bool same_order(const struct shown_view *was, const struct shown_view *now)
{
	if (was->n != now->n) {
		return false;
	}
	for (size_t i = 0; i < now->n; i++) {
		if (memcmp(was->traces[i].id, now->traces[i].id, sizeof(now->traces[i].id)) != 0) {
			return false;
		}
	}
	return true;
}

/* The ids of a kind in its order, if that changed. 0 or -ENOMEM. */
static int say_order(const struct view_shown *shown, const struct update_pass *now,
	enum view_collection kind, struct msg_arena *arena, void **ret, size_t *ret_n,
	bool *ret_has)
{
	const struct shown_view *row = &now->rows[kind];
	size_t size = view_collections[kind].id;

	*ret_has = !same_order(&shown->passes[shown->last].rows[kind], row);
	if (!*ret_has || row->n == 0) {
		return 0;
	}
	char *ids = msg_arena_take(arena, row->n * size);
	if (!ids) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < row->n; i++) {
		memcpy(ids + i * size, row->traces[i].id, size);
	}
	*ret = ids;
	*ret_n = row->n;
	return 0;
}

static int say_orders(const struct view_shown *shown, const struct update_pass *now,
	struct msg_arena *arena, struct wire_update *ret)
{
	void *items = NULL, *turns = NULL, *sites = NULL;
	int r = say_order(shown, now, COLLECTION_ITEM, arena, &items, &ret->n_item_order,
		&ret->has_item_order);

	if (r == 0) {
		r = say_order(shown, now, COLLECTION_TURN, arena, &turns, &ret->n_turn_order,
			&ret->has_turn_order);
	}
	if (r == 0) {
		r = say_order(shown, now, COLLECTION_SITE, arena, &sites, &ret->n_site_order,
			&ret->has_site_order);
	}
	/* a pointer to const arrays takes a cast in C17 */
	ret->item_order = (const char(*)[ITEM_ID_SIZE])items;
	ret->turn_order = (const char(*)[TURN_ID_SIZE])turns;
	ret->site_order = (const char(*)[SITE_ID_SIZE])sites;
	return r;
}

static int say_cleared(const struct view_shown *shown, const struct update_pass *now,
	struct msg_arena *arena, struct wire_update *ret)
{
	const struct shown_view *was = &shown->passes[shown->last].rows[COLLECTION_ALARM];

	if (was->n == 0) {
		return 0;
	}
	uint64_t *cleared = msg_arena_take(arena, was->n * sizeof(*cleared));
	if (!cleared) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < was->n; i++) {
		if (!same_id(&now->rows[COLLECTION_ALARM], i, &was->traces[i])) {
			memcpy(&cleared[ret->n_cleared++], was->traces[i].id, sizeof(*cleared));
		}
	}
	ret->cleared = cleared;
	return 0;
}

/* ---- messages, and the things there is one of ---- */

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static bool is_to_all(const struct message *message)
{
	return message->by.role != ROLE_SITE && message->site == MTG_NONE &&
	       message->audience != MESSAGE_AUDIENCE_STAFF;
}

/*
 * Those that are new, or of which it is told anew who has read them. Who has still to read a
 * message to all follows the roster and the main venue, too. 0 or -ENOMEM.
 */
static int say_messages(const struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct msg_arena *arena, struct wire_update *ret)
{
	const struct meeting *meeting = derived->meeting;
	const struct update_pass *was = &shown->passes[shown->last];
	size_t n = mtg_message_count(meeting);

	now->messages = mtg_messages_revision(meeting);
	now->roster = mtg_roster_revision(meeting);
	now->main_venue = mtg_main_venue(meeting);
	bool others = now->roster != was->roster || now->main_venue != was->main_venue;
	if (n == 0 || (now->messages == was->messages && !others)) {
		return 0;
	}
	struct wire_message_view *views = msg_arena_take(arena, n * sizeof(*views));
	if (!views) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		const struct message *message = mtg_message(meeting, i);

		if (message->revision > was->messages || (others && is_to_all(message))) {
			operator_view_message(derived, message, &views[ret->n_messages++]);
		}
	}
	ret->messages = views;
	return 0;
}

/* Who owes and who is handed what follows the roster, too. */
static int say_handouts(const struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct msg_arena *arena, struct wire_update *ret)
{
	now->handouts = later(
		mtg_handouts_revision(derived->meeting), mtg_roster_revision(derived->meeting));
	ret->has_handouts = now->handouts != shown->passes[shown->last].handouts;
	return ret->has_handouts
		       ? operator_view_handouts(derived, arena, &ret->handouts, &ret->n_handouts)
		       : 0;
}

/* All of them when one changed. 0 or -ENOMEM. */
static int say_documents(const struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct msg_arena *arena, struct wire_update *ret)
{
	now->documents = later(
		mtg_documents_revision(derived->meeting), mtg_roster_revision(derived->meeting));
	ret->has_documents = now->documents != shown->passes[shown->last].documents;
	return ret->has_documents
		       ? operator_view_documents(derived, arena, &ret->documents, &ret->n_documents)
		       : 0;
}

/* 0 or -ENOMEM. */
static int say_checklist(const struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct msg_arena *arena, struct wire_update *ret)
{
	const struct update_pass *was = &shown->passes[shown->last];

	now->checklist = mtg_checklist_revision(derived->meeting);
	now->seq = mtg_last_seq(derived->meeting);
	ret->has_checks = now->checklist != was->checklist;
	ret->n_checks = ret->has_checks ? readiness_view_checks(derived, ret->checks) : 0;
	int r = readiness_view_ticks(derived, was->seq, arena, &ret->ticks, &ret->n_ticks);
	ret->has_ticks = ret->n_ticks > 0;
	return r;
}

/* 0 or -ENOMEM. */
static int say_registrations(const struct view_shown *shown, const struct meeting *meeting,
	struct msg_arena *arena, struct wire_update *ret)
{
	int64_t since = shown->passes[shown->last].seq;
	int r = registration_views(
		meeting, since, arena, &ret->registrations, &ret->n_registrations);

	ret->has_registrations = ret->n_registrations > 0;
	return r;
}

static int say_tasks(const struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct msg_arena *arena, struct wire_update *ret)
{
	const struct update_pass *was = &shown->passes[shown->last];

	now->tasks = mtg_tasks_revision(derived->meeting);
	now->late_tasks = readiness_late_tasks(derived);
	ret->has_tasks = now->tasks != was->tasks || now->late_tasks != was->late_tasks;
	return ret->has_tasks ? readiness_view_tasks(derived, arena, &ret->tasks, &ret->n_tasks)
			      : 0;
}

/* All votes when one changed, and of ballots and protocols what is new. 0 or -ENOMEM. */
static int say_votes(const struct view_shown *shown, struct update_pass *now,
	const struct meeting *meeting, struct msg_arena *arena, struct wire_update *ret)
{
	int64_t since = shown->passes[shown->last].votes;

	now->votes = mtg_votes_revision(meeting);
	if (now->votes == since) {
		return 0;
	}
	int r = vote_views(meeting, arena, &ret->votes, &ret->n_votes);
	r = r < 0 ? r : vote_views_ballots(meeting, since, arena, &ret->ballots, &ret->n_ballots);
	r = r < 0 ? r
		  : vote_views_remarks(
			    meeting, since, arena, &ret->vote_remarks, &ret->n_vote_remarks);
	ret->has_votes = true;
	ret->has_ballots = ret->n_ballots > 0;
	ret->has_vote_remarks = ret->n_vote_remarks > 0;
	return r;
}

static int say_opinions(const struct view_shown *shown, struct update_pass *now,
	const struct meeting *meeting, struct msg_arena *arena, struct wire_update *ret)
{
	int64_t since = shown->passes[shown->last].opinions;

	now->opinions = mtg_opinions_revision(meeting);
	ret->has_opinions = now->opinions != since;
	return ret->has_opinions
		       ? opinion_views(meeting, since, arena, &ret->opinions, &ret->n_opinions)
		       : 0;
}

/* The item of an act may have been removed, or be back: the programme is looked at too. */
static int say_acts(const struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct msg_arena *arena, struct wire_update *ret)
{
	now->acts = mtg_acts_revision(derived->meeting);
	ret->has_acts = now->acts != shown->passes[shown->last].acts || ret->has_item_order;
	return ret->has_acts ? operator_view_acts(derived, arena, &ret->acts, &ret->n_acts) : 0;
}

/* All of them when one changed: a turn that was spoken there may still be put right. 0 or -ENOMEM.
 */
static int say_removed_sites(const struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct msg_arena *arena, struct wire_update *ret)
{
	int r = operator_view_removed_sites(
		derived, arena, &ret->removed_sites, &ret->n_removed_sites);
	size_t size = ret->n_removed_sites * sizeof(*ret->removed_sites);

	now->removed = size > 0 ? view_digest(ret->removed_sites, size) : 0;
	ret->has_removed_sites = !shown->any || now->removed != shown->passes[shown->last].removed;
	ret->n_removed_sites = ret->has_removed_sites ? ret->n_removed_sites : 0;
	return r;
}

static void say_singles(const struct view_shown *shown, struct update_pass *now,
	const struct view_derived *derived, struct wire_update *ret)
{
	const struct update_pass *was = &shown->passes[shown->last];

	operator_view_meeting(derived, &ret->meeting);
	operator_view_floor(derived, &ret->floor);
	operator_view_scene(derived, &ret->scene);
	operator_view_relay(derived, &ret->relay);
	operator_view_microphones(derived, &ret->microphones);
	readiness_view_ledger(derived, &ret->ledger);
	operator_view_ceremony(derived, &ret->ceremony);
	operator_view_asked(derived, &ret->asked);
	bell_view(derived->meeting, &ret->bell);
	lectern_view(derived->meeting, &ret->lectern);
	now->lectern = view_digest(&ret->lectern, sizeof(ret->lectern));
	ret->has_lectern = !shown->any || now->lectern != was->lectern;
	operator_view_direction(derived, &ret->direction);
	now->direction = view_digest(&ret->direction, sizeof(ret->direction));
	ret->has_direction = !shown->any || now->direction != was->direction;
	registration_view_attendance(derived->meeting, &ret->attendance);
	now->attendance = view_digest(&ret->attendance, sizeof(ret->attendance));
	ret->has_attendance = !shown->any || now->attendance != was->attendance;
	now->meeting = view_digest(&ret->meeting, sizeof(ret->meeting));
	now->floor = view_digest(&ret->floor, sizeof(ret->floor));
	now->scene = view_digest(&ret->scene, sizeof(ret->scene));
	now->relay = view_digest(&ret->relay, sizeof(ret->relay));
	now->microphones = view_digest(&ret->microphones, sizeof(ret->microphones));
	now->ledger = view_digest(&ret->ledger, sizeof(ret->ledger));
	ret->has_ledger = !shown->any || now->ledger != was->ledger;
	now->ceremony = view_digest(&ret->ceremony, sizeof(ret->ceremony));
	now->asked = view_digest(&ret->asked, sizeof(ret->asked));
	now->bell = view_digest(&ret->bell, sizeof(ret->bell));
	ret->has_meeting = !shown->any || now->meeting != was->meeting;
	ret->has_floor = !shown->any || now->floor != was->floor;
	ret->has_scene = !shown->any || now->scene != was->scene;
	ret->has_relay = !shown->any || now->relay != was->relay;
	ret->has_microphones = !shown->any || now->microphones != was->microphones;
	ret->has_ceremony = !shown->any || now->ceremony != was->ceremony;
	ret->has_asked = !shown->any || now->asked != was->asked;
	ret->has_bell = !shown->any || now->bell != was->bell;
}

bool view_update_has_content(const struct wire_update *update)
{
	return update->n_sites + update->n_items + update->n_lists + update->n_turns +
			       update->n_alarms + update->n_cleared + update->n_messages >
		       0 ||
	       update->has_meeting || update->has_floor || update->has_scene || update->has_relay ||
	       update->has_microphones || update->has_asked || update->has_bell ||
	       update->has_item_order || update->has_turn_order || update->has_site_order ||
	       update->has_removed_sites || update->has_documents || update->has_handouts ||
	       update->has_acts || update->has_ceremony || update->has_checks ||
	       update->has_ticks || update->has_tasks || update->has_ledger ||
	       update->has_registrations || update->has_attendance || update->has_votes ||
	       update->has_opinions || update->has_direction || update->has_lectern;
}

int view_update(struct view_shown *shown, const struct view_derived *derived,
	struct msg_arena *arena, struct wire_update *ret, bool *ret_changed)
{
	struct update_pass *now = &shown->passes[1 - shown->last];

	msg_arena_reset(&now->arena);
	memset(ret, 0, sizeof(*ret));
	*ret_changed = false;
	if (say_rows(shown, now, derived, arena, ret) < 0 ||
		say_orders(shown, now, arena, ret) < 0 || say_cleared(shown, now, arena, ret) < 0 ||
		say_messages(shown, now, derived, arena, ret) < 0 ||
		say_removed_sites(shown, now, derived, arena, ret) < 0 ||
		say_documents(shown, now, derived, arena, ret) < 0 ||
		say_checklist(shown, now, derived, arena, ret) < 0 ||
		say_registrations(shown, derived->meeting, arena, ret) < 0 ||
		say_tasks(shown, now, derived, arena, ret) < 0 ||
		say_votes(shown, now, derived->meeting, arena, ret) < 0 ||
		say_opinions(shown, now, derived->meeting, arena, ret) < 0 ||
		say_acts(shown, now, derived, arena, ret) < 0 ||
		say_handouts(shown, now, derived, arena, ret) < 0) {
		return -ENOMEM;
	}
	ret->seq = (uint64_t)mtg_last_seq(derived->meeting);
	ret->at = derived->now.at;
	say_singles(shown, now, derived, ret);
	shown->last = 1 - shown->last;
	shown->any = true;
	*ret_changed = view_update_has_content(ret);
	return 0;
}
