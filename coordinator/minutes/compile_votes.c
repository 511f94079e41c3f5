/* Votes: what each came to, what was cast, and its protocol. All of it is in the state. */
#include "coordinator/minutes/compile_votes.h"

#include <string.h>

#include "coordinator/meeting/agenda.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/meeting/votes.h"
#include "coordinator/minutes/whole_seconds.h"
#include "text_copy.h"

static struct minutes_moment moment(
	const struct compiling *compiling, struct instant at, struct stamp wall)
{
	return whole_moment(&compiling->recorder->seconds, at, wall);
}

static void say_question(
	const struct compiling *compiling, const struct vote *vote, struct minutes_vote *out)
{
	ARRAY_COPY(out->vote, vote->id);
	out->has_item = vote->item != MTG_NONE;
	TEXT_COPY(out->item, out->has_item ? mtg_item(compiling->meeting, vote->item)->id : "");
	ARRAY_COPY(out->question, vote->question);
	ARRAY_COPY(out->options, vote->options);
	out->n_options = vote->n_options;
	out->method = vote->method;
	out->state = vote->state;
	out->opened = moment(compiling, vote->opened, vote->opened_wall);
	out->has_ended = vote->was_ended;
	if (vote->was_ended) {
		out->ended = moment(compiling, vote->ended, vote->ended_wall);
	}
	out->has_reason = vote->reason[0] != '\0';
	ARRAY_COPY(out->reason, vote->reason);
}

static void say_result(
	const struct vote *vote, const struct vote_sums *sums, struct minutes_vote *out)
{
	out->has_present = out->has_spoilt = vote->method == VOTE_METHOD_BY_SITE;
	out->present = sums->present;
	out->spoilt = sums->spoilt;
	out->has_cast = out->has_answers = true;
	out->cast = sums->cast;
	out->n_answers = vote->n_options;
	memcpy(out->answers, sums->answers, sizeof(sums->answers));
}

static bool is_missing(const struct compiling *compiling, int vote, int site)
{
	const struct meeting *meeting = compiling->meeting;

	if (mtg_vote(meeting, vote)->was_ended) {
		return mtg_vote_missed(meeting, vote, site);
	}
	return !mtg_site(meeting, site)->removed && !mtg_vote_has_cast(meeting, vote, site);
}

static int say_missing(
	const struct compiling *compiling, int vote, size_t n, struct minutes_vote *out)
{
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(out->missing[0]), &list);

	if (r != 0) {
		return r;
	}
	char(*names)[NAME_SIZE] = list;
	for (size_t i = 0; i < mtg_site_count(compiling->meeting) && out->n_missing < n; i++) {
		if (is_missing(compiling, vote, (int)i)) {
			ARRAY_COPY(names[out->n_missing++],
				mtg_site(compiling->meeting, (int)i)->name);
		}
	}
	out->has_missing = n > 0;
	out->missing = list;
	return 0;
}

static void say_ballot(
	const struct compiling *compiling, const struct ballot *ballot, struct minutes_ballot *out)
{
	const struct site *site = mtg_site(compiling->meeting, ballot->site);

	ARRAY_COPY(out->site, site->id);
	ARRAY_COPY(out->site_name, site->name);
	out->when = moment(compiling, ballot->at, ballot->wall);
	out->by = ballot->by;
	out->corrected = ballot->corrected;
	out->has_count = ballot->value.choice == 0;
	out->count = ballot->value.count;
	out->has_voter = out->has_choice = !out->has_count;
	ARRAY_COPY(out->voter, ballot->voter);
	out->choice = ballot->value.choice;
	out->fault = mtg_ballot_fault(compiling->meeting, ballot);
	out->has_fault = out->fault != VOTE_FAULT_UNSET;
}

static int say_ballots(const struct compiling *compiling, int vote, struct minutes_vote *out)
{
	size_t all = mtg_ballot_count(compiling->meeting), n = 0;
	void *list;

	for (size_t i = 0; i < all; i++) {
		n += mtg_ballot(compiling->meeting, i)->vote == vote;
	}
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_ballot), &list);
	if (r != 0) {
		return r;
	}
	struct minutes_ballot *ballots = list;
	out->has_ballots = true;
	out->ballots = ballots;
	for (size_t i = 0; i < all; i++) {
		const struct ballot *ballot = mtg_ballot(compiling->meeting, i);

		if (ballot->vote == vote) {
			say_ballot(compiling, ballot, &ballots[out->n_ballots++]);
		}
	}
	return 0;
}

static void say_correction(const struct compiling *compiling, const struct vote_remark *remark,
	struct minutes_vote_remark *out)
{
	bool by_site = remark->was.choice == 0;

	out->has_was = out->has_now = by_site;
	out->was = remark->was.count;
	out->now = remark->now.count;
	out->has_voter = out->has_choice_was = out->has_choice_now = !by_site;
	ARRAY_COPY(out->voter, mtg_ballot(compiling->meeting, (size_t)remark->ballot)->voter);
	out->choice_was = remark->was.choice;
	out->choice_now = remark->now.choice;
}

static void say_remark(const struct compiling *compiling, const struct vote_remark *remark,
	struct minutes_vote_remark *out)
{
	out->when = moment(compiling, remark->at, remark->wall);
	out->by = remark->by;
	out->remark = remark->kind;
	out->has_site_name = remark->site != MTG_NONE;
	if (out->has_site_name) {
		ARRAY_COPY(out->site_name, mtg_site(compiling->meeting, remark->site)->name);
	}
	out->has_text = remark->text[0] != '\0';
	ARRAY_COPY(out->text, remark->text);
	if (remark->ballot != MTG_NONE) {
		say_correction(compiling, remark, out);
	}
}

static int say_remarks(const struct compiling *compiling, int vote, struct minutes_vote *out)
{
	size_t all = mtg_vote_remark_count(compiling->meeting), n = 0;
	void *list;

	for (size_t i = 0; i < all; i++) {
		n += mtg_vote_remark(compiling->meeting, i)->vote == vote;
	}
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_vote_remark), &list);
	if (r != 0) {
		return r;
	}
	struct minutes_vote_remark *remarks = list;
	out->has_remarks = true;
	out->remarks = remarks;
	for (size_t i = 0; i < all; i++) {
		const struct vote_remark *remark = mtg_vote_remark(compiling->meeting, i);

		if (remark->vote == vote) {
			say_remark(compiling, remark, &remarks[out->n_remarks++]);
		}
	}
	return 0;
}

/* What readers of the event alone may see: who cast what, who is missing, what went wrong. */
static int say_course(const struct compiling *compiling, int vote, const struct vote_sums *sums,
	struct minutes_vote *out)
{
	int r = say_missing(compiling, vote, sums->sites - sums->counted, out);

	out->has_sites = out->has_counted = true;
	out->sites = (uint32_t)sums->sites;
	out->counted = (uint32_t)sums->counted;
	out->has_fault = sums->fault != VOTE_FAULT_UNSET && out->has_ended;
	out->fault = out->has_fault ? sums->fault : VOTE_FAULT_UNSET;
	if (r == 0) {
		r = say_ballots(compiling, vote, out);
	}
	return r != 0 ? r : say_remarks(compiling, vote, out);
}

static int compile_vote(const struct compiling *compiling, int index, struct minutes_vote *out)
{
	const struct vote *vote = mtg_vote(compiling->meeting, index);
	bool seen = compile_is_visible(compiling, EV_VOTE_CAST);
	struct vote_sums sums;

	mtg_vote_sums(compiling->meeting, index, &sums);
	say_question(compiling, vote, out);
	if (seen || vote->state == VOTE_STATE_CLOSED) {
		say_result(vote, &sums, out);
	}
	return seen ? say_course(compiling, index, &sums, out) : 0;
}

int compile_votes(struct compiling *compiling)
{
	size_t n = mtg_vote_count(compiling->meeting);
	void *list;
	int r = compile_room(compiling->arena, n, sizeof(struct minutes_vote), &list);

	if (r != 0) {
		return r;
	}
	struct minutes_vote *votes = list;
	compiling->out->has_votes = true;
	compiling->out->votes = votes;
	for (size_t i = 0; i < n && r == 0; i++) {
		if (mtg_vote(compiling->meeting, (int)i)->was_opened) {
			r = compile_vote(compiling, (int)i, &votes[compiling->out->n_votes++]);
		}
	}
	return r;
}
