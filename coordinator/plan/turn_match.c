#include "coordinator/plan/turn_match.h"

#include <stdbool.h>
#include <string.h>

typedef bool same_turn(const struct turn_key *row, const struct turn_key *other);

static bool same(const struct turn_key *row, const struct turn_key *other)
{
	return strcmp(row->list, other->list) == 0 && strcmp(row->site, other->site) == 0 &&
	       strcmp(row->unit, other->unit) == 0;
}

static bool same_site(const struct turn_key *row, const struct turn_key *other)
{
	return strcmp(row->list, other->list) == 0 && strcmp(row->site, other->site) == 0;
}

static bool same_unit(const struct turn_key *row, const struct turn_key *other)
{
	return strcmp(row->list, other->list) == 0 && strcmp(row->unit, other->unit) == 0;
}

static bool is_taken(const int *ret, size_t n, int other)
{
	for (size_t i = 0; i < n; i++) {
		if (ret[i] == other) {
			return true;
		}
	}
	return false;
}

static int find(const struct turn_key *row, const struct turn_key *others, size_t n_others,
	same_turn *is_same, const int *ret, size_t n)
{
	for (size_t i = 0; i < n_others; i++) {
		if (is_same(row, &others[i]) && !is_taken(ret, n, (int)i)) {
			return (int)i;
		}
	}
	return TURN_MATCH_NONE;
}

void turn_match(const struct turn_key *rows, size_t n, const struct turn_key *others,
	size_t n_others, int *ret)
{
	static same_turn *const passes[] = {same, same_site, same_unit};
	for (size_t i = 0; i < n; i++) {
		ret[i] = TURN_MATCH_NONE;
	}
	for (size_t pass = 0; pass < sizeof(passes) / sizeof(passes[0]); pass++) {
		for (size_t i = 0; i < n; i++) {
			if (ret[i] == TURN_MATCH_NONE) {
				ret[i] = find(&rows[i], others, n_others, passes[pass], ret, n);
			}
		}
	}
}
