/* The whole meeting as views, each collection in its order. */
#include <errno.h>
#include <string.h>

#include "coordinator/view/bell_views.h"
#include "coordinator/view/collections.h"
#include "coordinator/view/lectern_view.h"
#include "coordinator/view/operator_views.h"
#include "coordinator/view/opinion_views.h"
#include "coordinator/view/readiness_views.h"
#include "coordinator/view/registration_views.h"
#include "coordinator/view/vote_views.h"

/* All of one kind. 0 or -ENOMEM. */
static int say_all(const struct view_derived *derived, enum view_collection kind,
	struct msg_arena *arena, const void **ret, size_t *ret_n)
{
	const struct view_collection_of *of = &view_collections[kind];
	size_t n = of->count(derived);
	char *views = n > 0 ? msg_arena_take(arena, n * of->size) : NULL;

	if (n > 0 && !views) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		of->say(derived, i, views + i * of->size);
	}
	*ret = views;
	*ret_n = n;
	return 0;
}

static void place(
	const void *views[COLLECTIONS], const size_t counts[COLLECTIONS], struct wire_snapshot *ret)
{
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
	ret->messages = views[COLLECTION_MESSAGE];
	ret->n_messages = counts[COLLECTION_MESSAGE];
}

static int say_preparation(
	const struct view_derived *derived, struct msg_arena *arena, struct wire_snapshot *ret)
{
	ret->has_checks = ret->has_ticks = ret->has_tasks = ret->has_ledger = true;
	readiness_view_ledger(derived, &ret->ledger);
	ret->n_checks = readiness_view_checks(derived, ret->checks);
	ret->has_registrations = ret->has_attendance = true;
	registration_view_attendance(derived->meeting, &ret->attendance);
	int r = readiness_view_ticks(derived, 0, arena, &ret->ticks, &ret->n_ticks);
	r = r < 0 ? r
		  : registration_views(
			    derived->meeting, 0, arena, &ret->registrations, &ret->n_registrations);
	return r < 0 ? r : readiness_view_tasks(derived, arena, &ret->tasks, &ret->n_tasks);
}

/* 0 or -ENOMEM. */
static int say_votes(
	const struct meeting *meeting, struct msg_arena *arena, struct wire_snapshot *ret)
{
	int r = vote_views(meeting, arena, &ret->votes, &ret->n_votes);

	r = r < 0 ? r : vote_views_ballots(meeting, 0, arena, &ret->ballots, &ret->n_ballots);
	r = r < 0 ? r
		  : vote_views_remarks(meeting, 0, arena, &ret->vote_remarks, &ret->n_vote_remarks);
	ret->has_votes = true;
	ret->has_ballots = ret->n_ballots > 0;
	ret->has_vote_remarks = ret->n_vote_remarks > 0;
	return r;
}

int view_snapshot(
	const struct view_derived *derived, struct msg_arena *arena, struct wire_snapshot *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->seq = (uint64_t)mtg_last_seq(derived->meeting);
	ret->at = derived->now.at;
	operator_view_meeting(derived, &ret->meeting);
	operator_view_floor(derived, &ret->floor);
	operator_view_scene(derived, &ret->scene);
	operator_view_relay(derived, &ret->relay);
	operator_view_microphones(derived, &ret->microphones);
	operator_view_ceremony(derived, &ret->ceremony);
	ret->has_direction = true;
	operator_view_direction(derived, &ret->direction);
	ret->has_asked = ret->has_bell = ret->has_lectern = true;
	operator_view_asked(derived, &ret->asked);
	bell_view(derived->meeting, &ret->bell);
	lectern_view(derived->meeting, &ret->lectern);
	const void *views[COLLECTIONS];
	size_t counts[COLLECTIONS];
	for (enum view_collection kind = COLLECTION_SITE; kind < COLLECTIONS; kind++) {
		int r = say_all(derived, kind, arena, &views[kind], &counts[kind]);

		if (r < 0) {
			return r;
		}
	}
	place(views, counts, ret);
	ret->has_removed_sites = ret->has_documents = ret->has_handouts = ret->has_acts =
		ret->has_ceremony = true;
	int r = operator_view_removed_sites(
		derived, arena, &ret->removed_sites, &ret->n_removed_sites);
	if (r == 0) {
		r = operator_view_documents(derived, arena, &ret->documents, &ret->n_documents);
	}
	if (r == 0) {
		r = operator_view_handouts(derived, arena, &ret->handouts, &ret->n_handouts);
	}
	r = r < 0 ? r : operator_view_acts(derived, arena, &ret->acts, &ret->n_acts);
	r = r < 0 ? r : say_preparation(derived, arena, ret);
	r = r < 0 ? r : say_votes(derived->meeting, arena, ret);
	ret->has_opinions = true;
	return r < 0 ? r
		     : opinion_views(derived->meeting, 0, arena, &ret->opinions, &ret->n_opinions);
}
