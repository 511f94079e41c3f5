/*
 * After a start, and before anything comes: the folder of files is made to agree with the record.
 * Files that the record does not know are removed, and what is coming goes on where its ticket can
 * be read; what the record knows and the folder has not is told.
 */
#ifndef DIEMCAU_COORDINATOR_PAPERS_PAPER_SWEEP_H
#define DIEMCAU_COORDINATOR_PAPERS_PAPER_SWEEP_H

#include <stdbool.h>

#include "coordinator/papers/paper_store.h"
#include "units.h"

struct paper_sweep {
	/* Does the record know this file? */
	bool (*is_known)(void *user, const char *digest);
	/* This one goes on coming; so much of it is there. False: it is not to, and is removed. */
	bool (*comes)(void *user, const struct upload_ticket *ticket, int64_t offset);
	void *user;
};

struct paper_sweep_counts {
	size_t removed; /* files that the record did not know */
	size_t kept;
	size_t coming;
	size_t dropped; /* of what was coming: unreadable, or not to go on */
	int64_t bytes; /* of all that is left */
};

/* 0 or a negative errno. */
int paper_sweep(const struct paper_store *store, const struct paper_sweep *sweep,
	struct paper_sweep_counts *ret_counts);

/* Whether the folder has this file whole, as far as its size tells. */
bool paper_is_there(const struct paper_store *store, const struct meeting_file *file);

#endif
