/* A plan as it would be with the tables of an office: in a folder of its own, and written. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_IMPORTED_PLAN_H
#define DIEMCAU_COORDINATOR_COMMANDS_IMPORTED_PLAN_H

#include "coordinator/import/import.h"
#include "coordinator/installation/scratch_folder.h"

/*
 * Copies the plan's files into a new folder, and the parts that change over them. 0, or a negative
 * errno; scratch_folder_remove() is the caller's in any case.
 */
int imported_plan_make(
	const struct import *import, const char *plan, struct scratch_folder *ret_folder);

/*
 * Writes the parts that change into a folder that is there; the JSON file of such a part goes. 0 or
 * a negative errno.
 */
int imported_plan_write(const struct import *import, const char *folder);

#endif
