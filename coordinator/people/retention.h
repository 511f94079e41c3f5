/*
 * How long people are kept by name: so many days after the meeting, as its plan says. Pure.
 *
 * The days run from the closing. A meeting that was never closed is over on the day it was planned
 * for, or when anybody was registered last, where that was later: one that is put off keeps its
 * people.
 */
#ifndef DIEMCAU_COORDINATOR_PEOPLE_RETENTION_H
#define DIEMCAU_COORDINATOR_PEOPLE_RETENTION_H

#include "coordinator/meeting/meeting.h"

/* Are they to be erased at this time? Never where the plan names no days. */
bool retention_is_over(const struct meeting *meeting, struct stamp wall);

#endif
