/* Sorted names, to find one or duplicates: a plan may have thousands of rows. */
#ifndef DIEMCAU_COORDINATOR_PLAN_NAME_INDEX_H
#define DIEMCAU_COORDINATOR_PLAN_NAME_INDEX_H

#include <stdbool.h>
#include <stddef.h>

struct name_index_key {
	const char *text;
	size_t at; /* row */
};

struct name_index {
	struct name_index_key *keys;
	size_t n;
};

/* Room for `capacity` names; without memory, names are dropped and never found. */
void name_index_init(struct name_index *index, size_t capacity);
void name_index_finish(struct name_index *index);

/* Adds a name (borrowed); empty ones are skipped. At most `capacity`, then name_index_sort. */
void name_index_add(struct name_index *index, const char *text, size_t at);
void name_index_sort(struct name_index *index);

bool name_index_has(const struct name_index *index, const char *text);

/* After sorting: whether key i repeats the one before it. */
bool name_index_repeats(const struct name_index *index, size_t i);

#endif
