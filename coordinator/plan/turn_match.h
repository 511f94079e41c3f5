/* Which rows of two speaking lists are the same turn. Pure. */
#ifndef DIEMCAU_COORDINATOR_PLAN_TURN_MATCH_H
#define DIEMCAU_COORDINATOR_PLAN_TURN_MATCH_H

#include <stddef.h>

struct turn_key {
	const char *list;
	const char *site;
	const char *unit;
};

enum { TURN_MATCH_NONE = -1 };

/*
 * ret[i] is the index among `others` of the turn that rows[i] is, or TURN_MATCH_NONE: first those
 * of the same list, site and unit, then of the same list and site, then of the same list and unit;
 * each in order, each once.
 */
void turn_match(const struct turn_key *rows, size_t n, const struct turn_key *others,
	size_t n_others, int *ret);

#endif
