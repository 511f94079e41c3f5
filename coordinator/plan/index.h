/*
 * Names in order, to find one or those there twice: a plan may have thousands of rows.
 */
#ifndef DIEMCAU_PLAN_INDEX_H
#define DIEMCAU_PLAN_INDEX_H

#include <stdbool.h>
#include <stddef.h>

struct index_key {
	const char *text;
	size_t at; /* row */
};

struct index {
	struct index_key *keys;
	size_t n;
};

/* Room for `capacity` names; those that come when there is no memory are never found. */
void index_init(struct index *index, size_t capacity);
void index_finish(struct index *index);

/* Adds a name (borrowed); empty ones are passed over. At most `capacity`, then index_sort. */
void index_add(struct index *index, const char *text, size_t at);
void index_sort(struct index *index);

bool index_has(const struct index *index, const char *text);

/* After sorting: whether key i repeats the one before it. */
bool index_repeats(const struct index *index, size_t i);

#endif
