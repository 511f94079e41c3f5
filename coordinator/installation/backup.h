/*
 * An installation as a copy: to keep, or to move to another machine.
 *
 * A backup is a folder like DIR, without a rehearsal, sessions and locks, and with SHA256SUMS: the
 * digest of each file, as `sha256sum -c` reads it, and in a last line, a comment, how many there
 * are: one that was cut short is refused. Journals are copied by SQLite, so that a backup may be
 * made while a meeting is live: each is whole up to some event. SHA256SUMS is written last: a
 * folder without it is no backup.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_BACKUP_H
#define DIEMCAU_COORDINATOR_INSTALLATION_BACKUP_H

#include <stddef.h>

#include "coordinator/installation/new_folder.h"

enum { BACKUP_WHERE_SIZE = 1100 }; /* a path */

struct backup_result {
	size_t files, meetings, join_files;
	int has_ca_key;
	char where[BACKUP_WHERE_SIZE]; /* the file that a fault is about; "": none */
};

/* Positive results, beside those of new_folder.h about the folder to write to. */
enum backup_refusal {
	BACKUP_NO_SUMS =
		NEW_FOLDER_UNFINISHED + 1, /* no SHA256SUMS: it is no backup, or not a whole one */
	BACKUP_BAD_SUMS, /* a line of it that no backup of ours has */
	BACKUP_CHANGED, /* a file is not the one that was written */
	BACKUP_MISSING, /* a file is not there */
	BACKUP_CUT, /* SHA256SUMS does not list a whole installation */
	BACKUP_UNLISTED, /* a file that is not in SHA256SUMS */
};

/*
 * `to` is made, or is empty. 0; a refusal of three enumerations, backup_refusal,
 * new_folder_refusal and journal_refusal; a negative errno. A fault leaves nothing in `to`.
 */
int backup_make(const char *dir, const char *to, struct backup_result *ret_result);

/*
 * Makes `dir` of a backup, which is verified first, file by file; then the copies are. Folders are
 * 0700 and files 0600. identity.json comes last: no coordinator serves the half of it. Result as
 * above; a fault leaves nothing in `dir`.
 */
int backup_restore(const char *from, const char *dir, struct backup_result *ret_result);

#endif
