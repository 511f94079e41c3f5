/*
 * The files of a meeting on disk, in a folder beside its journal:
 *
 *	documents/DIGEST		a file that is whole, by its SHA-256; never changed
 *	documents/coming/UPLOAD		what has come of a file that is being brought
 *	documents/coming/UPLOAD.json	its ticket: who brings what (upload_ticket)
 *
 * A file gets its name by one link, after its bytes are on disk; what is coming stays until the
 * record says that it has come. So a crash at any moment leaves a file that the record knows, one
 * that it does not (paper_sweep.h removes it), or one that goes on coming.
 *
 * Names are made of digests and numbers drawn here: nothing that a sender writes is part of a path.
 * Every function but those that make paths waits for the disk: on a worker, never on the loop. They
 * return 0 or a negative errno.
 */
#ifndef DIEMCAU_COORDINATOR_PAPERS_PAPER_STORE_H
#define DIEMCAU_COORDINATOR_PAPERS_PAPER_STORE_H

#include <stddef.h>
#include <stdint.h>

#include "coordinator/identity/atomic_file.h"
#include "http_msg.h"

/* Read only after paper_store_init, so that threads may share it. */
struct paper_store {
	char folder[ATOMIC_FILE_PATH_MAX];
	char coming[ATOMIC_FILE_PATH_MAX];
};

/* -ENAMETOOLONG. */
int paper_store_init(struct paper_store *store, const char *folder);
/* Creates both folders where they are not there. */
int paper_store_prepare(const struct paper_store *store);

/* Where a whole file lies, or would lie. -EINVAL: this is no digest. */
int paper_path(
	const struct paper_store *store, const char *digest, char ret[static ATOMIC_FILE_PATH_MAX]);

/* Where what has come of a file lies, whole or not. -ENOENT: this is no number of an upload. */
int paper_path_coming(
	const struct paper_store *store, const char *upload, char ret[static ATOMIC_FILE_PATH_MAX]);

/* A file is to come: writes its ticket, and an empty file. */
int paper_begin(const struct paper_store *store, const struct upload_ticket *ticket);
/* How much of it is there. -ENOENT: nothing is coming by this number. */
int paper_length(const struct paper_store *store, const char *upload, int64_t *ret_length);
/* The digest of what is there. */
int paper_digest(
	const struct paper_store *store, const char *upload, char ret[static CONTENT_DIGEST_SIZE]);
/* The next piece, on disk on return. -ERANGE: not `offset` bytes are there, and nothing is done. */
int paper_append(const struct paper_store *store, const char *upload, int64_t offset,
	const void *bytes, size_t size);
/*
 * All of it is there: recognises it and keeps it by its content. -EMEDIUMTYPE: it is nothing that a
 * meeting takes.
 */
int paper_keep(const struct paper_store *store, const struct upload_ticket *ticket,
	struct meeting_file *ret_file);
/* Removes what has come and its ticket; that there is none is no fault. */
int paper_end(const struct paper_store *store, const char *upload);
/* Removes a whole file that the record does not know; that there is none is no fault. */
int paper_drop(const struct paper_store *store, const char *digest);

#endif
