/* What a vote comes to: sums over its ballots, who is missing, and whether the counts agree. */
#include <string.h>

#include "coordinator/meeting/state.h"
#include "coordinator/meeting/votes.h"

bool mtg_vote_missed(const struct meeting *meeting, int vote, int site)
{
	return (meeting->sites[site].missed_votes >> vote) & 1;
}

bool mtg_vote_has_cast(const struct meeting *meeting, int vote, int site)
{
	for (size_t i = 0; i < meeting->core.n_ballots; i++) {
		if (meeting->ballots[i].vote == vote && meeting->ballots[i].site == site) {
			return true;
		}
	}
	return false;
}

static uint64_t answers_of(const struct vote_count *count)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count->n_answers; i++) {
		sum += count->answers[i];
	}
	return sum;
}

enum vote_fault mtg_ballot_fault(const struct meeting *meeting, const struct ballot *ballot)
{
	const struct vote_count *count = &ballot->value.count;

	if (meeting->votes[ballot->vote].method != VOTE_METHOD_BY_SITE) {
		return VOTE_FAULT_UNSET;
	}
	if (answers_of(count) + count->spoilt != count->cast) {
		return VOTE_FAULT_SUM_DIFFERS;
	}
	return count->cast > count->present ? VOTE_FAULT_MORE_THAN_PRESENT : VOTE_FAULT_UNSET;
}

static void add_ballot(
	const struct meeting *meeting, const struct ballot *ballot, struct vote_sums *sums)
{
	const struct ballot_value *value = &ballot->value;

	if (value->choice > 0) {
		sums->cast++;
		sums->answers[value->choice - 1]++;
	}
	sums->present += value->count.present;
	sums->cast += value->count.cast;
	sums->spoilt += value->count.spoilt;
	for (size_t i = 0; i < value->count.n_answers; i++) {
		sums->answers[i] += value->count.answers[i];
	}
	if (!sums->fault) {
		sums->fault = mtg_ballot_fault(meeting, ballot);
	}
}

/* A site that is or was expected, and has no ballot. */
static bool is_missing(const struct meeting *meeting, int vote, int site)
{
	return meeting->votes[vote].was_ended
		       ? mtg_vote_missed(meeting, vote, site)
		       : !meeting->sites[site].removed && mtg_is_venue(&meeting->sites[site]);
}

static void add_site(
	const struct meeting *meeting, int vote, int site, bool cast, struct vote_sums *sums)
{
	bool missing = !cast && is_missing(meeting, vote, site);

	sums->counted += cast;
	sums->sites += cast || missing;
	if (missing && sums->n_missing < VOTE_MISSING_NAMED) {
		sums->missing[sums->n_missing++] = site;
	}
}

void mtg_vote_sums(const struct meeting *meeting, int vote, struct vote_sums *ret)
{
	bool cast[SITES_MAX] = {false};

	memset(ret, 0, sizeof(*ret));
	for (size_t i = 0; i < meeting->core.n_ballots; i++) {
		const struct ballot *ballot = &meeting->ballots[i];

		if (ballot->vote == vote) {
			add_ballot(meeting, ballot, ret);
			cast[ballot->site] = true;
		}
	}
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		add_site(meeting, vote, (int)i, cast[i], ret);
	}
	if (!ret->fault && ret->cast == 0) {
		ret->fault = VOTE_FAULT_NOTHING_CAST;
	}
}
