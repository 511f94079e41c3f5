/* Private to the comparison of plans: what its parts share. See plan_changes.h. */
#ifndef DIEMCAU_COORDINATOR_PLAN_PLAN_CHANGES_PRIVATE_H
#define DIEMCAU_COORDINATOR_PLAN_PLAN_CHANGES_PRIVATE_H

#include "coordinator/plan/plan_changes.h"
#include "coordinator/plan/plan_rows.h"
#include "coordinator/plan/turn_match.h"

/* A plan's rows of its speaking lists, or the turns of the meeting. */
struct plan_turns {
	const struct command **rows; /* of a plan */
	char (*ids)[TURN_ID_SIZE]; /* of the meeting */
	struct turn_key *keys;
	size_t n;
};

struct comparing {
	const struct plan_comparison *given;
	struct plan_changes *changes;
	struct plan_rows before, after;
	struct plan_turns before_turns, after_turns;
	struct plan_turns held; /* by the meeting, as it was */
	int *before_of_after, *held_of_before, *held_of_after;
	struct mtg_batch *batch;
	struct command *nothing; /* a row that no plan has: all zeroes */
	bool without_memory;
};

/* Tries the command on the copy of the meeting, which then is as if it had been given. */
void comparing_ask(struct comparing *comparing, const struct command *command);

/* One item of the changed plan; `before` may be NULL. */
void comparing_item(
	struct comparing *comparing, const struct command *before, const struct command *after);
void comparing_order_items(struct comparing *comparing);
/* Asks to remove the item if the changed plan does not have it. */
void comparing_drop_item(struct comparing *comparing, const char *id);

/* 0 or -ENOMEM; what was allocated is released by comparing_finish_turns. */
int comparing_match_turns(struct comparing *comparing);
void comparing_turns(struct comparing *comparing);
void comparing_drop_turns(struct comparing *comparing);
void comparing_finish_turns(struct comparing *comparing);

void comparing_acts(struct comparing *comparing);
void comparing_documents(struct comparing *comparing);
void comparing_votes(struct comparing *comparing);
/* Checklist and tasks. */
void comparing_preparation(struct comparing *comparing);

#endif
