/*
 * Private: written opinions as views, for snapshot and update, and as a site is told of its own.
 */
#ifndef DIEMCAU_COORDINATOR_VIEW_OPINION_VIEWS_H
#define DIEMCAU_COORDINATOR_VIEW_OPINION_VIEWS_H

#include "coordinator/meeting/opinions.h"
#include "proto/codec/arena.h"
#include "wire_msg.h"

/* Those that were given or marked after this seq, in the arena. 0 or -ENOMEM. */
int opinion_views(const struct meeting *meeting, int64_t since, struct msg_arena *arena,
	const struct wire_opinion_view **ret, size_t *ret_n);

/* False: none are taken now, and the site has given none. *ret is zero before. */
bool opinion_views_brief(const struct meeting *meeting, int site, struct opinion_brief *ret);

#endif
