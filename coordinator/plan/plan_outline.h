/*
 * A plan as it was understood, in a page of text: the programme with its times, the sites by
 * region, the turns of each list, what is owed by when. So the person who wrote it sees what was
 * read.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_PLAN_OUTLINE_H
#define DIEMCAU_COORDINATOR_PLAN_PLAN_OUTLINE_H

#include <stdio.h>

#include "coordinator/plan/plan.h"

void plan_print_outline(const struct plan *plan, enum language language, FILE *to);

#endif
