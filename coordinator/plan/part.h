/* Where a part of a plan came from: its file, its rows, and what of it could not be read. */
#ifndef DIEMCAU_COORDINATOR_PLAN_PART_H
#define DIEMCAU_COORDINATOR_PLAN_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/plan/diagnostics.h"

struct plan_part {
	char file[PLAN_FILE_SIZE];
	enum plan_unit unit; /* of its elements: rows or elements; of meeting.json the file */
	const size_t *rows; /* number of each element; NULL: the element's place from 1 */
	const char *damaged; /* text that could not be read; NULL: none */
	bool lost; /* of its names nothing can be told */
};

/* The place of an element; of meeting.json the file. */
struct plan_place plan_part_place(const struct plan_part *part, size_t at);

/* The file as a whole. */
struct plan_place plan_part_whole(const struct plan_part *part);

/*
 * Whether a name that is not in the part may stand in what of it could not be read: a reference to
 * it is then not judged.
 */
bool plan_part_may_hold(const struct plan_part *part, const char *name);

#endif
