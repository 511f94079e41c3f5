/* What is cast in a vote, and put right; what stands in its protocol besides. */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/votes.h"

size_t mtg_ballot_count(const struct meeting *meeting)
{
	return meeting->core.n_ballots;
}

const struct ballot *mtg_ballot(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_ballots);
	return &meeting->ballots[position];
}

size_t mtg_vote_remark_count(const struct meeting *meeting)
{
	return meeting->core.n_vote_remarks;
}

const struct vote_remark *mtg_vote_remark(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_vote_remarks);
	return &meeting->vote_remarks[position];
}

/* ---- ballots ---- */

int mtg_find_ballot(const struct meeting *meeting, int vote, int site, const char *voter)
{
	for (size_t i = 0; i < meeting->core.n_ballots; i++) {
		const struct ballot *ballot = &meeting->ballots[i];

		if (ballot->vote == vote && ballot->site == site &&
			strcmp(ballot->voter, voter) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

/* What `vote.cast` and `vote.correct` have in common. */
struct cast_order {
	int vote;
	int site;
	const char *voter;
	struct ballot_value value;
};

/* *ret is all zero before. */
static void put_value(
	struct ballot_value *ret, const struct vote_count *count, const uint32_t *choice)
{
	if (choice) {
		ret->choice = *choice;
	}
	if (!count) {
		return;
	}
	ret->count.present = count->present;
	ret->count.cast = count->cast;
	ret->count.has_spoilt = count->has_spoilt && count->spoilt > 0;
	ret->count.spoilt = ret->count.has_spoilt ? count->spoilt : 0;
	ret->count.n_answers = count->n_answers;
	memcpy(ret->count.answers, count->answers, count->n_answers * sizeof(count->answers[0]));
}

#define PUT_VALUE(to, in)                                                                          \
	put_value((to), (in)->has_count ? &(in)->count : NULL,                                     \
		(in)->has_choice ? &(in)->choice : NULL)

static bool are_head_counts(const struct vote_count *count)
{
	for (size_t i = 0; i < count->n_answers; i++) {
		if (count->answers[i] > HEAD_COUNT_MAX) {
			return false;
		}
	}
	return count->present <= HEAD_COUNT_MAX && count->cast <= HEAD_COUNT_MAX &&
	       (!count->has_spoilt || count->spoilt <= HEAD_COUNT_MAX);
}

static bool fits_method(const struct vote *vote, const struct cmd_vote_cast *in)
{
	if (vote->method == VOTE_METHOD_BY_SITE) {
		return in->has_count && !in->has_voter && !in->has_choice &&
		       in->count.n_answers == vote->n_options && are_head_counts(&in->count);
	}
	return !in->has_count && in->has_voter && in->voter[0] && in->has_choice &&
	       in->choice > 0 && in->choice <= vote->n_options;
}

/* Whether what is cast fits the vote and its site: not_found or invalid. */
static int read_order(
	const struct deciding *d, const struct cmd_vote_cast *in, struct cast_order *ret)
{
	int r = mtg_need_vote(d->meeting, in->vote, &ret->vote);

	r = r != 0 ? r : mtg_need_venue(d->meeting, in->site, &ret->site);
	if (r != 0) {
		return r;
	}
	if (!fits_method(&d->meeting->votes[ret->vote], in)) {
		return REFUSAL_INVALID;
	}
	ret->voter = in->has_voter ? in->voter : "";
	memset(&ret->value, 0, sizeof(ret->value));
	PUT_VALUE(&ret->value, in);
	return 0;
}

int mtg_decide_vote_cast(struct deciding *d)
{
	const struct cmd_vote_cast *in = &d->command->body.vote_cast;
	struct cast_order order;
	int r = read_order(d, in, &order);

	if (r != 0) {
		return r;
	}
	if (d->meeting->votes[order.vote].state != VOTE_STATE_OPEN) {
		return REFUSAL_WRONG_STATE;
	}
	if (mtg_find_ballot(d->meeting, order.vote, order.site, order.voter) != MTG_NONE) {
		return REFUSAL_ALREADY;
	}
	if (d->meeting->core.n_ballots == BALLOTS_MAX) {
		return REFUSAL_LIMIT;
	}
	struct ev_vote_cast *out = &mtg_emit(d, EV_VOTE_CAST)->vote_cast;
	out->ballot = d->meeting->core.n_ballots + 1;
	TEXT_COPY(out->vote, in->vote);
	TEXT_COPY(out->site, in->site);
	out->has_count = in->has_count;
	out->count = order.value.count;
	OPTIONAL_COPY(out, in, voter);
	out->has_choice = in->has_choice;
	out->choice = order.value.choice;
	return 0;
}

void mtg_apply_vote_cast(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_vote_cast *in = &record->event.vote_cast;
	struct ballot *ballot = &meeting->ballots[meeting->core.n_ballots++];

	ballot->vote = mtg_find_vote(meeting, in->vote);
	ballot->site = mtg_find_site(meeting, in->site);
	ballot->revision = record->seq;
	ballot->at = record->at;
	ballot->wall = record->wall;
	ballot->by = record->by;
	TEXT_COPY(ballot->voter, in->has_voter ? in->voter : "");
	PUT_VALUE(&ballot->value, in);
	meeting->core.revisions.votes = record->seq;
}

/* ---- the protocol ---- */

static size_t remarks_of(const struct meeting *meeting, int vote, int site)
{
	size_t n = 0;

	for (size_t i = 0; i < meeting->core.n_vote_remarks; i++) {
		const struct vote_remark *remark = &meeting->vote_remarks[i];

		n += remark->vote == vote && remark->site == site;
	}
	return n;
}

/* A site fills neither the protocol of others nor what is kept for staff. */
static bool has_remark_room(const struct meeting *meeting, int vote, int site)
{
	return meeting->core.n_vote_remarks < VOTE_REMARKS_MAX - VOTE_REMARKS_FOR_STAFF &&
	       remarks_of(meeting, vote, site) < VOTE_REMARKS_PER_SITE_MAX;
}

static bool may_remark(const struct deciding *d, int vote, int site)
{
	return d->command->by.role == ROLE_SITE
		       ? has_remark_room(d->meeting, vote, site)
		       : d->meeting->core.n_vote_remarks < VOTE_REMARKS_MAX;
}

static struct vote_remark *add_remark(struct meeting *meeting, int vote, enum vote_remark_kind kind,
	int site, const struct mtg_record *record)
{
	struct vote_remark *remark = &meeting->vote_remarks[meeting->core.n_vote_remarks++];

	remark->seq = record->seq;
	remark->vote = vote;
	remark->kind = kind;
	remark->site = site;
	remark->at = record->at;
	remark->wall = record->wall;
	remark->by = record->by;
	remark->ballot = MTG_NONE;
	meeting->core.revisions.votes = record->seq;
	return remark;
}

void mtg_disturb_vote(struct meeting *meeting, enum vote_remark_kind kind, int site,
	const struct mtg_record *record)
{
	int vote = meeting->core.open_vote;

	if (vote != MTG_NONE && has_remark_room(meeting, vote, site)) {
		add_remark(meeting, vote, kind, site, record);
	}
}

int mtg_decide_vote_report(struct deciding *d)
{
	const struct cmd_vote_report *in = &d->command->body.vote_report;
	bool from_site = d->command->by.role == ROLE_SITE;
	const char *named = from_site ? d->command->by.site : in->site;
	int vote, site = MTG_NONE;
	int r = mtg_need_vote(d->meeting, in->vote, &vote);

	if (r == 0 && (from_site || in->has_site)) {
		r = mtg_need_site(d->meeting, named, &site);
	}
	if (r != 0) {
		return r;
	}
	if (!is_live(d->meeting) || !d->meeting->votes[vote].was_opened) {
		return REFUSAL_WRONG_STATE;
	}
	if (!may_remark(d, vote, site)) {
		return REFUSAL_LIMIT;
	}
	struct ev_vote_reported *out = &mtg_emit(d, EV_VOTE_REPORTED)->vote_reported;
	TEXT_COPY(out->vote, in->vote);
	out->has_site = site != MTG_NONE;
	TEXT_COPY(out->site, out->has_site ? named : "");
	TEXT_COPY(out->text, in->text);
	return 0;
}

void mtg_apply_vote_reported(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_vote_reported *in = &record->event.vote_reported;
	int site = in->has_site ? mtg_find_site(meeting, in->site) : MTG_NONE;
	struct vote_remark *remark = add_remark(
		meeting, mtg_find_vote(meeting, in->vote), VOTE_REMARK_KIND_PROBLEM, site, record);

	TEXT_COPY(remark->text, in->text);
}

/* ---- corrections ---- */

/* A site while the vote is open; the centre also afterwards, as long as the meeting goes on. */
static bool may_correct(const struct deciding *d, const struct vote *vote)
{
	bool ended = vote->state == VOTE_STATE_CLOSED || vote->state == VOTE_STATE_INVALID;

	return vote->state == VOTE_STATE_OPEN ||
	       (ended && is_live(d->meeting) && d->command->by.role != ROLE_SITE);
}

/* A correction without its reason is what is cast. */
static struct cmd_vote_cast as_cast(const struct cmd_vote_correct *in)
{
	struct cmd_vote_cast cast = {.has_count = in->has_count,
		.count = in->count,
		.has_voter = in->has_voter,
		.has_choice = in->has_choice,
		.choice = in->choice};

	ARRAY_COPY(cast.vote, in->vote);
	ARRAY_COPY(cast.site, in->site);
	ARRAY_COPY(cast.voter, in->voter);
	return cast;
}

static bool same_value(const struct ballot_value *a, const struct ballot_value *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

int mtg_decide_vote_correct(struct deciding *d)
{
	const struct cmd_vote_correct *in = &d->command->body.vote_correct;
	struct cmd_vote_cast cast = as_cast(in);
	struct cast_order order;
	int r = read_order(d, &cast, &order);

	if (r != 0) {
		return r;
	}
	if (!may_correct(d, &d->meeting->votes[order.vote])) {
		return REFUSAL_WRONG_STATE;
	}
	int ballot = mtg_find_ballot(d->meeting, order.vote, order.site, order.voter);
	if (ballot == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	if (same_value(&d->meeting->ballots[ballot].value, &order.value)) {
		return REFUSAL_ALREADY;
	}
	if (!may_remark(d, order.vote, order.site)) {
		return REFUSAL_LIMIT;
	}
	struct ev_vote_corrected *out = &mtg_emit(d, EV_VOTE_CORRECTED)->vote_corrected;
	out->ballot = (uint64_t)ballot + 1;
	TEXT_COPY(out->vote, in->vote);
	TEXT_COPY(out->site, in->site);
	out->has_count = in->has_count;
	out->count = order.value.count;
	OPTIONAL_COPY(out, in, voter);
	out->has_choice = in->has_choice;
	out->choice = order.value.choice;
	OPTIONAL_COPY(out, in, reason);
	return 0;
}

void mtg_apply_vote_corrected(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_vote_corrected *in = &record->event.vote_corrected;
	int index = (int)in->ballot - 1;
	struct ballot *ballot = &meeting->ballots[index];
	struct vote_remark *remark =
		add_remark(meeting, ballot->vote, VOTE_REMARK_KIND_CORRECTED, ballot->site, record);

	TEXT_COPY(remark->text, in->has_reason ? in->reason : "");
	remark->ballot = index;
	PUT_VALUE(&remark->now, in);
	memcpy(&remark->was, &ballot->value, sizeof(remark->was));
	memcpy(&ballot->value, &remark->now, sizeof(remark->now));
	ballot->corrected = true;
	ballot->revision = record->seq;
	if (meeting->core.open_vote != ballot->vote) {
		mtg_judge_vote(meeting, ballot->vote);
	}
}
