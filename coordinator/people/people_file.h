/*
 * The people of a meeting on disk: people.sqlite beside its journal, its owner's alone. A row is
 * what was given of a site, by the digest under which the journal knows it (people_digest.h).
 * Deleted content is overwritten (SQLite's secure_delete).
 *
 * Every function waits for the disk, and one thread at a time uses a file. They return 0 or a
 * negative errno; -EBADMSG: the file is none of ours, or damaged.
 */
#ifndef DIEMCAU_COORDINATOR_PEOPLE_PEOPLE_FILE_H
#define DIEMCAU_COORDINATOR_PEOPLE_PEOPLE_FILE_H

#include <stdbool.h>

#include "coordinator/people/people_digest.h"
#include "units.h"

struct people_file;

struct people_row {
	char digest[CONTENT_DIGEST_SIZE];
	char site[SITE_ID_SIZE];
	struct people_salt salt;
	struct site_people people;
};

/* Opens it, and creates it where it is not there. */
int people_file_open(const char *path, struct people_file **ret_file);
/* The same of one that is there, to read. -ENOENT. */
int people_file_read(const char *path, struct people_file **ret_file);
/* NULL is allowed. */
void people_file_close(struct people_file *file);

/* On disk on return. */
int people_file_put(struct people_file *file, const struct people_row *row);
/* Removes one; that there is none is no fault. */
int people_file_drop(struct people_file *file, const char *digest);
/* Removes all of this site but this one. */
int people_file_keep(struct people_file *file, const char *site, const char *digest);
/* Calls `visit` for each, until it returns another value than 0. */
int people_file_each(struct people_file *file,
	int (*visit)(void *user, const struct people_row *row), void *user);

/* Erases all of them, and notes when. */
int people_file_forget(struct people_file *file, struct stamp wall);
int people_file_is_empty(struct people_file *file, bool *ret_empty);
/* When they were erased last. */
int people_file_forgotten(struct people_file *file, bool *ret_forgotten, struct stamp *ret_wall);

/* Copies it to a new file, also while it is written. -ENOENT: there is none. */
int people_file_copy(const char *from, const char *to);

#endif
