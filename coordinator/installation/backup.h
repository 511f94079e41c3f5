/*
 * An installation as a copy: to keep, or to move to another machine.
 *
 * A backup is a folder like DIR, without a rehearsal, sessions and locks, and with SHA256SUMS: the
 * digest of each file, as `sha256sum -c` reads it. Journals are copied by SQLite, so that a backup
 * may be made while a meeting is live: each is whole up to some event. SHA256SUMS is written last:
 * a folder without it is no backup.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_BACKUP_H
#define DIEMCAU_COORDINATOR_INSTALLATION_BACKUP_H

#include <stddef.h>

enum { BACKUP_WHERE_SIZE = 1100 }; /* a path */

struct backup_result {
	size_t files, meetings, join_files;
	int has_ca_key;
	char where[BACKUP_WHERE_SIZE]; /* the file that a fault is about; "": none */
};

/* Positive results. */
enum backup_refusal {
	BACKUP_NOT_EMPTY = 0x100, /* the folder to write to holds something already */
	BACKUP_NO_SUMS, /* no SHA256SUMS: it is no backup, or not a whole one */
	BACKUP_BAD_SUMS, /* a line of it that no backup of ours has */
	BACKUP_CHANGED, /* a file is not the one that was written */
	BACKUP_MISSING, /* a file is not there */
};

/*
 * `to` is made, or is empty. 0; a refusal of the two enumerations, backup_refusal and
 * journal_refusal; a negative errno. What a fault leaves in `to` has no SHA256SUMS.
 */
int backup_make(const char *dir, const char *to, struct backup_result *ret_result);

/*
 * Makes `dir` of a backup, which is verified first, file by file; then the copies are. Folders are
 * 0700 and files 0600. Result as above; after a fault `dir` holds no identity.json, so that no
 * coordinator serves it.
 */
int backup_restore(const char *from, const char *dir, struct backup_result *ret_result);

#endif
