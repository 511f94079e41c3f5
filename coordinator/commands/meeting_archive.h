/* A closed meeting as one file, and such a file as a meeting of an installation (decision 61). */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_ARCHIVE_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_ARCHIVE_H

#include "coordinator/installation/held_meetings.h"

/*
 * Writes the archive of a meeting: what export writes, and the documents. No key and no personal
 * data are among it. 0; a refusal of new_folder.h; a negative errno, -EEXIST where `file` is there.
 */
int meeting_archive(const struct meeting_place *place, const char *file);

/* Positive results of meeting_take_archive, beside those of archive.h and journal.h. */
enum meeting_archive_refusal {
	MEETING_ARCHIVE_CHANGED =
		0x300, /* its journal is not what was written: `verify` says where */
	MEETING_ARCHIVE_HELD, /* the installation holds a meeting of this id */
};

/*
 * Unpacks an archive into a place whose folder is there and empty, and looks whether its journal is
 * what was written. 0 with its id; a refusal; a negative errno: what is there then is not to be
 * used.
 */
int meeting_open_archive(const char *file, const struct meeting_place *place,
	char ret_meeting[static MEETING_ID_SIZE]);

/*
 * Takes a meeting out of an archive into the installation, to be read. 0 with its id; the id too
 * where it is held already; a refusal; a negative errno. A fault leaves nothing.
 */
int meeting_take_archive(
	const char *dir, const char *file, char ret_meeting[static MEETING_ID_SIZE]);

#endif
