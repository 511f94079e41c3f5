/* Which meeting a command means, and telling that it cannot be had. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_CHOICE_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_CHOICE_H

#include "coordinator/installation/held_meetings.h"

/*
 * This meeting of the installation, or the current one where `meeting` is NULL; its files are not
 * looked at. 0, or EXIT_FAILURE, told.
 */
int meeting_choose(const char *dir, const char *meeting, char ret_meeting[static MEETING_ID_SIZE],
	struct meeting_place *ret_place);

/* There is none, or none is the current one: EXIT_FAILURE. */
int meeting_say_none(const char *dir);

/* For a result of meeting_archive.h about a file, and the meeting in it: EXIT_FAILURE. */
int meeting_complain_of_archive(const char *file, const char *meeting, int status);

#endif
