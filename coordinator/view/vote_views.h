/*
 * Private: votes as views, for snapshot and update. Arrays lie in the arena; each function gives 0
 * or -ENOMEM. `since` is a seq: what was cast, put right or written in a protocol after it.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_VOTE_VIEWS_H
#define DIEMCAU_COORDINATOR_VIEW_VOTE_VIEWS_H

#include "coordinator/meeting/votes.h"
#include "proto/codec/arena.h"
#include "wire_msg.h"

int vote_views(const struct meeting *meeting, struct msg_arena *arena,
	const struct wire_vote_view **ret, size_t *ret_n);
int vote_views_ballots(const struct meeting *meeting, int64_t since, struct msg_arena *arena,
	const struct wire_ballot_view **ret, size_t *ret_n);
int vote_views_remarks(const struct meeting *meeting, int64_t since, struct msg_arena *arena,
	const struct wire_vote_remark_view **ret, size_t *ret_n);

/* Only what a viewer is told: question, state and, once it is closed, the result. */
void vote_views_publish(struct wire_vote_view *view);

/* The open vote as this site is concerned; false: there is none. *ret is zero before. */
bool vote_views_brief(const struct meeting *meeting, int site, struct vote_brief *ret);

#endif
