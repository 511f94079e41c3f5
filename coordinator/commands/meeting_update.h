/*
 * `diemcau-coordinator meeting update`: what a changed plan asks of a meeting, shown before it is
 * given, and given if so asked; by the coordinator itself where it serves the meeting.
 */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_UPDATE_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_UPDATE_H

#include <stdbool.h>

#include "coordinator/installation/held_meetings.h"

struct meeting_update {
	const char *dir;
	const struct meeting_place *place;
	const struct about *about; /* of the meeting */
	const char *plan; /* the folder of the changed plan */
	bool apply; /* false: only show */
	bool json; /* show the commands as the protocol writes them */
};

/*
 * The caller holds installation_lock_changing. Once all of it is given, the meeting keeps the
 * changed plan as its own, and sites that are new get their join files. An exit status,
 * after saying what was done.
 */
int meeting_update(const struct meeting_update *update);

#endif
