/* The meeting that a command means, and what it is. What is wrong is told: EXIT_FAILURE. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_FIND_MEETING_H
#define DIEMCAU_COORDINATOR_COMMANDS_FIND_MEETING_H

#include "coordinator/installation/held_meetings.h"

/* This one, or the current one where `meeting` is NULL. */
int find_meeting(const char *dir, const char *meeting, char ret_meeting[static MEETING_ID_SIZE],
	struct meeting_place *ret_place, struct about *ret_about);
/* The same, of an installation that may be served meanwhile: nothing of it is changed. */
int find_meeting_to_read(const char *dir, const char *meeting,
	char ret_meeting[static MEETING_ID_SIZE], struct meeting_place *ret_place,
	struct about *ret_about);

#endif
