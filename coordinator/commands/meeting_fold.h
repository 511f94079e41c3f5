/* A meeting as its folder keeps it: the state that its journal gives, and the plan it has taken in.
 */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_FOLD_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_FOLD_H

#include "coordinator/installation/held_meetings.h"

/*
 * The meeting as its journal has it now; also while a coordinator writes there. 0 with a meeting to
 * be destroyed by the caller, or a fault of journal.h.
 */
int meeting_fold(const char *journal, struct meeting **ret_meeting);

/* The meeting keeps a copy of this plan as the one taken in. 0 or a negative errno. */
int meeting_keep_plan(const struct meeting_place *place, const char *plan);

#endif
