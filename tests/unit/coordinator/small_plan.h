/*
 * The smallest meeting, one with a single remote site, and a folder for its journal: for tests that
 * need a real one.
 */
#ifndef DIEMCAU_TESTS_UNIT_COORDINATOR_SMALL_PLAN_H
#define DIEMCAU_TESTS_UNIT_COORDINATOR_SMALL_PLAN_H

#include "domain_msg.h"

struct small_plan_dir {
	char dir[64];
	char journal[96];
};

void small_plan_dir_make(struct small_plan_dir *place);
/* With what a closed journal leaves behind. */
void small_plan_dir_remove(const struct small_plan_dir *place);

/* meeting.create */
struct command small_plan_meeting(void);
/* site.add of `hall`, number 1 */
struct command small_plan_hall(void);

#endif
