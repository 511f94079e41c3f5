/*
 * What a changed plan asks of a meeting: commands, before any of them is given.
 *
 * Two plans are compared, the one that the meeting has taken in and the changed one. What the plan
 * changes is asked for; what people changed meanwhile at the board stays as it is, unless the plan
 * changes the same. Sites and items go by their ids. A turn has none: it is the row of the same
 * list, site and unit, else the next one of its list from the same site, else of the same unit.
 *
 * Each command is tried on a copy of the meeting: what is so already is left out, and what the
 * meeting refuses whoever would give it, as a change of an item that is over, is marked.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_PLAN_CHANGES_H
#define DIEMCAU_COORDINATOR_PLAN_PLAN_CHANGES_H

#include "coordinator/plan/plan.h"

enum { PLAN_ABOUT_SIZE = NAME_SIZE + UNIT_SIZE + 8 };

struct plan_change {
	struct command command;
	char about[PLAN_ABOUT_SIZE]; /* what it is about, by name, as it was; "" for the meeting */
	enum refusal refusal; /* unset: it will be accepted */
};

/* All zeroes is an empty list. */
struct plan_changes {
	struct plan_change *list;
	size_t n;
	size_t capacity;
	size_t n_refused;
};

struct plan_comparison {
	const struct plan *before; /* NULL: not known, so the plan is compared with the meeting */
	const struct plan *after;
	const uint32_t *numbers; /* of the sites of `after`, see plan_run */
	struct meeting *meeting; /* a copy: the commands that it accepts are applied to it */
	struct now now;
	enum role by; /* who would give the commands */
};

/* 0 or -ENOMEM. */
int plan_changes_find(const struct plan_comparison *comparison, struct plan_changes *ret_changes);
void plan_changes_finish(struct plan_changes *changes);

#endif
