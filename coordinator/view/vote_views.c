#include "coordinator/view/vote_views.h"

#include <errno.h>
#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/roster.h"
#include "text_copy.h"

/* ---- votes ---- */

static void say_question(
	const struct meeting *meeting, const struct vote *vote, struct wire_vote_view *ret)
{
	TEXT_COPY(ret->vote, vote->id);
	ret->has_item = vote->item != MTG_NONE;
	TEXT_COPY(ret->item, ret->has_item ? mtg_item(meeting, vote->item)->id : "");
	TEXT_COPY(ret->question, vote->question);
	ret->n_options = vote->n_options;
	for (size_t i = 0; i < vote->n_options; i++) {
		TEXT_COPY(ret->options[i], vote->options[i]);
	}
	ret->method = vote->method;
	ret->state = vote->state;
	ret->has_reason = vote->reason[0] != '\0';
	TEXT_COPY(ret->reason, vote->reason);
}

static void say_times(const struct vote *vote, struct wire_vote_view *ret)
{
	ret->has_opened = ret->has_opened_wall = vote->was_opened;
	ret->opened = vote->opened;
	ret->opened_wall = vote->opened_wall;
	ret->has_closed = ret->has_closed_wall = vote->was_ended;
	ret->closed = vote->ended;
	ret->closed_wall = vote->ended_wall;
}

static void say_missing(
	const struct meeting *meeting, const struct vote_sums *sums, struct wire_vote_view *ret)
{
	ret->has_missing = sums->n_missing > 0;
	ret->n_missing = sums->n_missing;
	for (size_t i = 0; i < sums->n_missing; i++) {
		TEXT_COPY(ret->missing[i], mtg_site(meeting, sums->missing[i])->id);
	}
}

static void say_sums(const struct meeting *meeting, int index, struct wire_vote_view *ret)
{
	const struct vote *vote = mtg_vote(meeting, index);
	bool open = vote->state == VOTE_STATE_OPEN;
	struct vote_sums sums;

	mtg_vote_sums(meeting, index, &sums);
	ret->has_sites = ret->has_counted = ret->has_cast = ret->has_answers = true;
	ret->sites = (uint32_t)sums.sites;
	ret->counted = (uint32_t)sums.counted;
	say_missing(meeting, &sums, ret);
	ret->has_present = ret->has_spoilt = vote->method == VOTE_METHOD_BY_SITE;
	ret->present = sums.present;
	ret->cast = sums.cast;
	ret->spoilt = sums.spoilt;
	ret->n_answers = vote->n_options;
	memcpy(ret->answers, sums.answers, sizeof(sums.answers));
	ret->has_fault = sums.fault && !(open && sums.fault == VOTE_FAULT_NOTHING_CAST);
	ret->fault = ret->has_fault ? sums.fault : VOTE_FAULT_UNSET;
}

static void say_vote(const struct meeting *meeting, int index, struct wire_vote_view *ret)
{
	const struct vote *vote = mtg_vote(meeting, index);

	memset(ret, 0, sizeof(*ret));
	say_question(meeting, vote, ret);
	say_times(vote, ret);
	if (vote->was_opened) {
		say_sums(meeting, index, ret);
	}
}

int vote_views(const struct meeting *meeting, struct msg_arena *arena,
	const struct wire_vote_view **ret, size_t *ret_n)
{
	size_t n = mtg_vote_count(meeting);
	struct wire_vote_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;

	if (n > 0 && !views) {
		return -ENOMEM;
	}
	*ret_n = 0;
	for (size_t i = 0; i < n; i++) {
		if (!mtg_vote(meeting, (int)i)->removed) {
			say_vote(meeting, (int)i, &views[(*ret_n)++]);
		}
	}
	*ret = views;
	return 0;
}

void vote_views_publish(struct wire_vote_view *view)
{
	view->has_sites = view->has_counted = view->has_missing = view->has_fault = false;
	view->sites = view->counted = 0;
	view->n_missing = 0;
	view->fault = VOTE_FAULT_UNSET;
	if (view->state == VOTE_STATE_CLOSED) {
		return;
	}
	view->has_present = view->has_cast = view->has_spoilt = view->has_answers = false;
	view->present = view->cast = view->spoilt = 0;
	view->n_answers = 0;
}

/* ---- ballots ---- */

static void say_ballot(const struct meeting *meeting, size_t position, struct wire_ballot_view *ret)
{
	const struct ballot *ballot = mtg_ballot(meeting, position);
	enum vote_fault fault = mtg_ballot_fault(meeting, ballot);

	memset(ret, 0, sizeof(*ret));
	ret->ballot = position + 1;
	TEXT_COPY(ret->vote, mtg_vote(meeting, ballot->vote)->id);
	TEXT_COPY(ret->site, mtg_site(meeting, ballot->site)->id);
	ret->at = ballot->at;
	ret->by = ballot->by;
	ret->corrected = ballot->corrected;
	ret->has_count = ballot->value.choice == 0;
	ret->count = ballot->value.count;
	ret->has_voter = ret->has_choice = !ret->has_count;
	TEXT_COPY(ret->voter, ballot->voter);
	ret->choice = ballot->value.choice;
	ret->has_fault = fault != VOTE_FAULT_UNSET;
	ret->fault = fault;
}

int vote_views_ballots(const struct meeting *meeting, int64_t since, struct msg_arena *arena,
	const struct wire_ballot_view **ret, size_t *ret_n)
{
	size_t n = 0, all = mtg_ballot_count(meeting);

	for (size_t i = 0; i < all; i++) {
		n += mtg_ballot(meeting, i)->revision > since;
	}
	struct wire_ballot_view *views = n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;
	if (n > 0 && !views) {
		return -ENOMEM;
	}
	*ret = views;
	*ret_n = n;
	for (size_t i = 0; i < all; i++) {
		if (mtg_ballot(meeting, i)->revision > since) {
			say_ballot(meeting, i, views++);
		}
	}
	return 0;
}

/* ---- protocols ---- */

static void say_correction(const struct meeting *meeting, const struct vote_remark *remark,
	struct wire_vote_remark_view *ret)
{
	bool by_site = remark->was.choice == 0;

	ret->has_was = ret->has_now = by_site;
	ret->was = remark->was.count;
	ret->now = remark->now.count;
	ret->has_voter = ret->has_choice_was = ret->has_choice_now = !by_site;
	TEXT_COPY(ret->voter, mtg_ballot(meeting, (size_t)remark->ballot)->voter);
	ret->choice_was = remark->was.choice;
	ret->choice_now = remark->now.choice;
}

static void say_remark(const struct meeting *meeting, const struct vote_remark *remark,
	struct wire_vote_remark_view *ret)
{
	memset(ret, 0, sizeof(*ret));
	ret->seq = (uint64_t)remark->seq;
	TEXT_COPY(ret->vote, mtg_vote(meeting, remark->vote)->id);
	ret->remark = remark->kind;
	ret->at = remark->at;
	ret->wall = remark->wall;
	ret->by = remark->by;
	ret->has_site = remark->site != MTG_NONE;
	TEXT_COPY(ret->site, ret->has_site ? mtg_site(meeting, remark->site)->id : "");
	ret->has_text = remark->text[0] != '\0';
	TEXT_COPY(ret->text, remark->text);
	if (remark->ballot != MTG_NONE) {
		say_correction(meeting, remark, ret);
	}
}

int vote_views_remarks(const struct meeting *meeting, int64_t since, struct msg_arena *arena,
	const struct wire_vote_remark_view **ret, size_t *ret_n)
{
	size_t all = mtg_vote_remark_count(meeting), first = all;

	while (first > 0 && mtg_vote_remark(meeting, first - 1)->seq > since) {
		first--;
	}
	size_t n = all - first;
	struct wire_vote_remark_view *views =
		n > 0 ? msg_arena_take(arena, n * sizeof(*views)) : NULL;
	if (n > 0 && !views) {
		return -ENOMEM;
	}
	for (size_t i = 0; i < n; i++) {
		say_remark(meeting, mtg_vote_remark(meeting, first + i), &views[i]);
	}
	*ret = views;
	*ret_n = n;
	return 0;
}

/* ---- for a site ---- */

static void say_own_ballots(
	const struct meeting *meeting, int vote, int site, struct vote_brief *ret)
{
	for (size_t i = 0; i < mtg_ballot_count(meeting); i++) {
		const struct ballot *ballot = mtg_ballot(meeting, i);

		if (ballot->vote != vote || ballot->site != site) {
			continue;
		}
		ret->ballots++;
		ret->has_count = ballot->value.choice == 0;
		ret->count = ballot->value.count;
		ret->fault = mtg_ballot_fault(meeting, ballot);
		ret->has_fault = ret->fault != VOTE_FAULT_UNSET;
	}
}

bool vote_views_brief(const struct meeting *meeting, int site, struct vote_brief *ret)
{
	int index = mtg_open_vote(meeting);

	if (index == MTG_NONE) {
		return false;
	}
	const struct vote *vote = mtg_vote(meeting, index);
	TEXT_COPY(ret->vote, vote->id);
	TEXT_COPY(ret->question, vote->question);
	ret->n_options = vote->n_options;
	for (size_t i = 0; i < vote->n_options; i++) {
		TEXT_COPY(ret->options[i], vote->options[i]);
	}
	ret->method = vote->method;
	say_own_ballots(meeting, index, site, ret);
	return true;
}
