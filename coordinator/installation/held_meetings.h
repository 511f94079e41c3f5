/*
 * The meetings that an installation holds, by its folder:
 *
 *	current				the id of the current meeting, which `run` serves
 *	meetings/ID/journal.sqlite	all that happened in it
 *	meetings/ID/people.sqlite	people by name, until they are erased: coordinator/people
 *	meetings/ID/documents/		files that were brought: coordinator/papers
 *	meetings/ID/plan/		the plan's files as they were taken in
 *	meetings/.new/			a meeting that is being made: it has no id yet
 *	rehearsal/			a rehearsal while it runs: the same files, and its sessions
 *
 * A meeting gets its id by one rename and becomes current by another, so that a crash at any moment
 * leaves a folder that opens. Results are 0 or a negative errno unless said otherwise.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_HELD_MEETINGS_H
#define DIEMCAU_COORDINATOR_INSTALLATION_HELD_MEETINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/identity/atomic_file.h"
#include "coordinator/meeting/meeting.h"

enum {
	HELD_MEETINGS_MAX = 1000, /* listed: one a week for twenty years */
};

/* Where the files of a meeting, or of a rehearsal, lie. */
struct meeting_place {
	char folder[ATOMIC_FILE_PATH_MAX];
	char journal[ATOMIC_FILE_PATH_MAX];
	char plan[ATOMIC_FILE_PATH_MAX];
	char documents[ATOMIC_FILE_PATH_MAX];
	char people[ATOMIC_FILE_PATH_MAX];
	char sessions[ATOMIC_FILE_PATH_MAX]; /* of who is signed in */
};

/* -EINVAL: this cannot be a meeting's id. Whether the meeting is there, is not looked at. */
int meeting_place_of(const char *dir, const char *meeting, struct meeting_place *ret);
/* Of a meeting that is being made. */
int meeting_place_of_new(const char *dir, struct meeting_place *ret);
int meeting_place_of_rehearsal(const char *dir, struct meeting_place *ret);
/* Of a folder anywhere that holds the files of one meeting, its sessions among them. */
int meeting_place_of_folder(const char *folder, struct meeting_place *ret);

/* Creates the folder of a place, empty: what a crash has left in it is removed. */
int meeting_place_prepare(const struct meeting_place *place);
/* Removes the folder with all that is in it; that there is none is no fault. */
int meeting_place_remove(const struct meeting_place *place);

/* The current meeting. -ENOENT: there is none. */
int held_meeting_current(const char *dir, char ret_meeting[static MEETING_ID_SIZE]);
int held_meeting_make_current(const char *dir, const char *meeting);
/* Is there a journal of this id? */
bool held_meeting_exists(const char *dir, const char *meeting);

/*
 * An id that people can type: the date of the meeting, with -2, -3 … where the installation holds
 * one of that day. -EEXIST: there are too many of that day.
 */
int held_meeting_free_id(
	const char *dir, const char *date, char ret_meeting[static MEETING_ID_SIZE]);
/* Gives the meeting in meetings/.new its id: from then on the installation holds it. */
int held_meeting_settle(const char *dir, const char *meeting);

struct held_meetings {
	size_t n;
	char (*ids)[MEETING_ID_SIZE]; /* the latest first; owned */
};

/* -E2BIG: there are more than HELD_MEETINGS_MAX. */
int held_meetings_list(const char *dir, struct held_meetings *ret_meetings);
void held_meetings_finish(struct held_meetings *meetings);
/* Is there one at least? False too where that cannot be read. */
bool held_meetings_are_there(const char *dir);

#endif
