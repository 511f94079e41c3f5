/* The life of a vote: prepared, open, and closed, invalid or cancelled. */
#include "coordinator/meeting/votes.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"

static_assert(VOTES_MAX <= 64, "a site has a bit for each vote it missed");

size_t mtg_vote_count(const struct meeting *meeting)
{
	return meeting->core.n_votes;
}

const struct vote *mtg_vote(const struct meeting *meeting, int index)
{
	assert(index >= 0 && (size_t)index < meeting->core.n_votes);
	return &meeting->votes[index];
}

const struct vote *mtg_vote_by_id(const struct meeting *meeting, const char *id)
{
	int index;

	return mtg_need_vote(meeting, id, &index) == 0 ? &meeting->votes[index] : NULL;
}

int mtg_open_vote(const struct meeting *meeting)
{
	return meeting->core.open_vote;
}

int64_t mtg_votes_revision(const struct meeting *meeting)
{
	const struct revisions *revisions = &meeting->core.revisions;
	bool by_roster =
		meeting->core.open_vote != MTG_NONE && revisions->roster > revisions->votes;

	return by_roster ? revisions->roster : revisions->votes;
}

static bool are_options(const struct cmd_vote_add *in)
{
	if (in->n_options < 2 || in->n_options > EV_VOTE_ADDED_OPTIONS_MAX) {
		return false;
	}
	for (size_t i = 0; i < in->n_options; i++) {
		for (size_t j = 0; j < i; j++) {
			if (strcmp(in->options[i], in->options[j]) == 0) {
				return false;
			}
		}
		if (!in->options[i][0]) {
			return false;
		}
	}
	return true;
}

static int check_add(const struct deciding *d, const struct cmd_vote_add *in)
{
	const struct meeting *meeting = d->meeting;
	int known = mtg_find_vote(meeting, in->vote);
	int item;
	int r = in->has_item ? mtg_need_item(meeting, in->item, &item) : 0;

	if (r != 0) {
		return r;
	}
	if (!is_open(meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!in->vote[0] || !in->question[0] || !are_options(in) ||
		!is_word(in->method, VOTE_METHOD_END)) {
		return REFUSAL_INVALID;
	}
	if (known != MTG_NONE) {
		return meeting->votes[known].removed ? 0 : REFUSAL_EXISTS;
	}
	return meeting->core.n_votes == VOTES_MAX ? REFUSAL_LIMIT : 0;
}

int mtg_decide_vote_add(struct deciding *d)
{
	const struct cmd_vote_add *in = &d->command->body.vote_add;
	int r = check_add(d, in);

	if (r != 0) {
		return r;
	}
	struct ev_vote_added *out = &mtg_emit(d, EV_VOTE_ADDED)->vote_added;
	TEXT_COPY(out->vote, in->vote);
	OPTIONAL_COPY(out, in, item);
	TEXT_COPY(out->question, in->question);
	out->n_options = in->n_options;
	for (size_t i = 0; i < in->n_options; i++) {
		TEXT_COPY(out->options[i], in->options[i]);
	}
	out->method = in->method;
	return 0;
}

void mtg_apply_vote_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_vote_added *in = &record->event.vote_added;
	int known = mtg_find_vote(meeting, in->vote);
	struct vote *vote =
		&meeting->votes[known == MTG_NONE ? (int)meeting->core.n_votes++ : known];

	memset(vote, 0, sizeof(*vote));
	TEXT_COPY(vote->id, in->vote);
	vote->state = VOTE_STATE_PLANNED;
	vote->method = in->method;
	vote->item = in->has_item ? mtg_find_item(meeting, in->item) : MTG_NONE;
	TEXT_COPY(vote->question, in->question);
	vote->n_options = in->n_options;
	for (size_t i = 0; i < in->n_options; i++) {
		TEXT_COPY(vote->options[i], in->options[i]);
	}
	meeting->core.revisions.votes = record->seq;
}

int mtg_decide_vote_remove(struct deciding *d)
{
	const struct cmd_vote_remove *in = &d->command->body.vote_remove;
	int vote;
	int r = mtg_need_vote(d->meeting, in->vote, &vote);

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting) || d->meeting->votes[vote].state != VOTE_STATE_PLANNED) {
		return REFUSAL_WRONG_STATE;
	}
	TEXT_COPY(mtg_emit(d, EV_VOTE_REMOVED)->vote_removed.vote, in->vote);
	return 0;
}

void mtg_apply_vote_removed(struct meeting *meeting, const struct mtg_record *record)
{
	int vote = mtg_find_vote(meeting, record->event.vote_removed.vote);

	meeting->votes[vote].removed = true;
	meeting->core.revisions.votes = record->seq;
}

int mtg_decide_vote_open(struct deciding *d)
{
	const struct cmd_vote_open *in = &d->command->body.vote_open;
	int vote;
	int r = mtg_need_vote(d->meeting, in->vote, &vote);

	if (r != 0) {
		return r;
	}
	if (d->meeting->core.open_vote == vote) {
		return REFUSAL_ALREADY;
	}
	if (!is_live(d->meeting) || d->meeting->votes[vote].state != VOTE_STATE_PLANNED) {
		return REFUSAL_WRONG_STATE;
	}
	if (d->meeting->core.open_vote != MTG_NONE) {
		return REFUSAL_VOTE_OPEN;
	}
	TEXT_COPY(mtg_emit(d, EV_VOTE_OPENED)->vote_opened.vote, in->vote);
	return 0;
}

void mtg_apply_vote_opened(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_vote(meeting, record->event.vote_opened.vote);
	struct vote *vote = &meeting->votes[index];

	vote->state = VOTE_STATE_OPEN;
	vote->was_opened = true;
	vote->opened = record->at;
	vote->opened_wall = record->wall;
	meeting->core.open_vote = index;
	meeting->core.revisions.votes = record->seq;
}

/* An open vote ends; `already` where it has ended in one of these two states. */
static int check_end(
	const struct deciding *d, const char *id, enum vote_state first, enum vote_state second)
{
	int vote;
	int r = mtg_need_vote(d->meeting, id, &vote);

	if (r != 0) {
		return r;
	}
	enum vote_state state = d->meeting->votes[vote].state;
	if (state == first || state == second) {
		return REFUSAL_ALREADY;
	}
	return state == VOTE_STATE_OPEN ? 0 : REFUSAL_WRONG_STATE;
}

int mtg_decide_vote_close(struct deciding *d)
{
	const struct cmd_vote_close *in = &d->command->body.vote_close;
	int r = check_end(d, in->vote, VOTE_STATE_CLOSED, VOTE_STATE_INVALID);

	if (r == 0) {
		TEXT_COPY(mtg_emit(d, EV_VOTE_CLOSED)->vote_closed.vote, in->vote);
	}
	return r;
}

/* The sites that have not cast keep the mark: the roster may be another one later. */
static void mark_missing(struct meeting *meeting, int vote)
{
	bool cast[SITES_MAX] = {false};

	for (size_t i = 0; i < meeting->core.n_ballots; i++) {
		if (meeting->ballots[i].vote == vote) {
			cast[meeting->ballots[i].site] = true;
		}
	}
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		const struct site *site = &meeting->sites[i];

		if (!cast[i] && !site->removed && mtg_is_venue(site)) {
			meeting->sites[i].missed_votes |= UINT64_C(1) << vote;
		}
	}
}

static struct vote *end_vote(struct meeting *meeting, int index, const struct mtg_record *record)
{
	struct vote *vote = &meeting->votes[index];

	mark_missing(meeting, index);
	vote->was_ended = true;
	vote->ended = record->at;
	vote->ended_wall = record->wall;
	meeting->core.open_vote = MTG_NONE;
	meeting->core.revisions.votes = record->seq;
	return vote;
}

void mtg_judge_vote(struct meeting *meeting, int vote)
{
	struct vote_sums sums;

	mtg_vote_sums(meeting, vote, &sums);
	meeting->votes[vote].state = sums.fault ? VOTE_STATE_INVALID : VOTE_STATE_CLOSED;
}

void mtg_apply_vote_closed(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_vote(meeting, record->event.vote_closed.vote);

	end_vote(meeting, index, record);
	mtg_judge_vote(meeting, index);
}

int mtg_decide_vote_cancel(struct deciding *d)
{
	const struct cmd_vote_cancel *in = &d->command->body.vote_cancel;
	int r = check_end(d, in->vote, VOTE_STATE_CANCELLED, VOTE_STATE_CANCELLED);

	if (r != 0) {
		return r;
	}
	struct ev_vote_cancelled *out = &mtg_emit(d, EV_VOTE_CANCELLED)->vote_cancelled;
	TEXT_COPY(out->vote, in->vote);
	OPTIONAL_COPY(out, in, reason);
	return 0;
}

void mtg_apply_vote_cancelled(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_vote_cancelled *in = &record->event.vote_cancelled;
	struct vote *vote = end_vote(meeting, mtg_find_vote(meeting, in->vote), record);

	vote->state = VOTE_STATE_CANCELLED;
	TEXT_COPY(vote->reason, in->has_reason ? in->reason : "");
}
