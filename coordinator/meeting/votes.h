/*
 * Votes: a question, its options, what each site has counted or each name has chosen, and what
 * stands in the protocol. At most one is open. Nothing of a vote depends on who opened it.
 *
 * A vote is never struck from its place: ballots and remarks name it by index. One that was removed
 * is shown nowhere; its id may be used again.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_VOTES_H
#define DIEMCAU_COORDINATOR_MEETING_VOTES_H

#include "coordinator/meeting/meeting.h"

struct vote {
	char id[VOTE_ID_SIZE];
	bool removed;
	enum vote_state state;
	enum vote_method method;
	int item; /* index of the agenda item, or MTG_NONE */
	char question[VOTE_QUESTION_SIZE];
	char options[EV_VOTE_ADDED_OPTIONS_MAX][VOTE_OPTION_SIZE];
	size_t n_options;

	bool was_opened;
	struct instant opened;
	struct stamp opened_wall;
	bool was_ended; /* closed or cancelled */
	struct instant ended;
	struct stamp ended_wall;
	char reason[NOTE_SIZE]; /* why it was cancelled; "" where nobody said */
};

/* What was cast: the numbers of a site, or a choice. */
struct ballot_value {
	struct vote_count count; /* by site */
	uint32_t choice; /* by name: 1 is the first option */
};

/* Of one site, or in a vote by name of one person there. */
struct ballot {
	int vote;
	int site;
	int64_t revision; /* seq of the last change */
	struct instant at;
	struct stamp wall;
	struct actor by;
	bool corrected;
	char voter[VOTER_SIZE]; /* "" in a vote by site */
	struct ballot_value value;
};

/* A line of the protocol. */
struct vote_remark {
	int64_t seq;
	int vote;
	enum vote_remark_kind kind;
	int site; /* MTG_NONE: of no site */
	struct instant at;
	struct stamp wall;
	struct actor by;
	char text[MESSAGE_TEXT_SIZE]; /* "" where there is none */
	int ballot; /* what was corrected, as it was and as it is since; or MTG_NONE */
	struct ballot_value was, now;
};

/* Sites that have not cast are named as far as there is room. */
enum { VOTE_MISSING_NAMED = 16 };

/* What a vote comes to so far. */
struct vote_sums {
	size_t sites; /* expected to cast */
	size_t counted; /* that have */
	int missing[VOTE_MISSING_NAMED]; /* the first of those that have not */
	size_t n_missing;
	uint64_t present, cast, spoilt;
	uint64_t answers[EV_VOTE_ADDED_OPTIONS_MAX];
	enum vote_fault fault; /* the first; unset: all agree */
};

/* In the order they were added, with those that were removed. */
size_t mtg_vote_count(const struct meeting *meeting);
const struct vote *mtg_vote(const struct meeting *meeting, int index);
/* NULL if there is none, or it was removed. */
const struct vote *mtg_vote_by_id(const struct meeting *meeting, const char *id);
/* Index of the vote that is open, or MTG_NONE. */
int mtg_open_vote(const struct meeting *meeting);

/* In the order they were cast; the number of a ballot is its position and one. */
size_t mtg_ballot_count(const struct meeting *meeting);
const struct ballot *mtg_ballot(const struct meeting *meeting, size_t position);

/* In the order they came. */
size_t mtg_vote_remark_count(const struct meeting *meeting);
const struct vote_remark *mtg_vote_remark(const struct meeting *meeting, size_t position);

void mtg_vote_sums(const struct meeting *meeting, int vote, struct vote_sums *ret);
/* Whether this site was expected to cast and had not when the vote ended. */
bool mtg_vote_missed(const struct meeting *meeting, int vote, int site);
/* Whether this site has a ballot. */
bool mtg_vote_has_cast(const struct meeting *meeting, int vote, int site);
/* Why what was cast disagrees with itself; unset: it does not. */
/* Index of the ballot of this site, and of this name there (by site: ""), or MTG_NONE. */
int mtg_find_ballot(const struct meeting *meeting, int vote, int site, const char *voter);
enum vote_fault mtg_ballot_fault(const struct meeting *meeting, const struct ballot *ballot);

/* The seq of the last change of any vote, ballot or remark, and of what a vote misses; 0: none. */
int64_t mtg_votes_revision(const struct meeting *meeting);

#endif
