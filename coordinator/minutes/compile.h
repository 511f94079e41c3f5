/* Private: what the parts of compiling share. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_COMPILE_H
#define DIEMCAU_COORDINATOR_MINUTES_COMPILE_H

#include <errno.h>
#include <stdbool.h>

#include "coordinator/meeting/rights.h"
#include "coordinator/minutes/recorder_private.h"
#include "domain_msg.h"
#include "proto/codec/arena.h"

struct compiling {
	const struct minutes_recorder *recorder;
	const struct meeting *meeting;
	enum role role; /* of the reader */
	struct msg_arena *arena;
	struct minutes *out;
};

/* Room for n elements in the arena, NULL for none. 0 or -ENOMEM. */
static inline int compile_room(struct msg_arena *arena, size_t n, size_t size, void **ret_list)
{
	*ret_list = n > 0 ? msg_arena_take(arena, n * size) : NULL;
	return n == 0 || *ret_list ? 0 : -ENOMEM;
}

static inline bool compile_is_visible(const struct compiling *compiling, enum event_name name)
{
	return mtg_role_sees(compiling->role, name);
}

/* The programme, with its totals. 0 or -ENOMEM. */
int compile_items(struct compiling *compiling);

/* The acts of an item. 0 or -ENOMEM. */
int compile_acts(const struct compiling *compiling, int item, struct minutes_item *out);

/* Everybody's turns. 0 or -ENOMEM. */
int compile_speeches(struct compiling *compiling);

/* Line test, checklist and stretches of a site, as far as the reader may see. 0 or -ENOMEM. */
int compile_readiness(const struct compiling *compiling, int site, struct minutes_site *out);

/* What was owed, handed out and to be done, as far as the reader may see. 0 or -ENOMEM. */
int compile_preparation(struct compiling *compiling);

/* How long everybody spoke from a site. */
struct span compile_spoken_from(const struct compiling *compiling, int site);

#endif
