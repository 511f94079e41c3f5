/*
 * Whether a journal's file is what was written: each entry hashed again from the first on, the
 * answers and the file's own values compared, the pages checked. Needs the file alone.
 */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_VERIFY_H
#define DIEMCAU_COORDINATOR_JOURNAL_VERIFY_H

#include "coordinator/journal/journal.h"

enum journal_verdict {
	JOURNAL_WHOLE,
	JOURNAL_WITHOUT_HASHES, /* of format 1: nothing can be said */
	JOURNAL_CHANGED_FILE, /* its pages or tables are not those that were written */
	JOURNAL_CHANGED_VALUES, /* what it says of itself: created, anchor, format */
	JOURNAL_CHANGED_ANSWERS, /* which command was answered with what */
	JOURNAL_CHANGED_ENTRY, /* entry `seq` does not follow the ones before it */
	JOURNAL_MISSING_ENTRY, /* there is no entry `seq`, but later ones */
	JOURNAL_OTHER_HEAD, /* whole in itself, but no entry has the hash that was asked for */
};

struct journal_verification {
	enum journal_verdict verdict;
	int64_t seq; /* the first entry in which something is wrong */
	int64_t entries; /* as far as they follow each other */
	uint8_t head[JOURNAL_HASH_BYTES]; /* of the last of these */
	int64_t found; /* the entry whose hash was asked for; 0: none was */
};

/*
 * Verifies the journal in `path`, also while a coordinator writes it, and changes nothing.
 * `head`: a hash that one of the entries must have, or NULL. 0 with *ret_found filled;
 * JOURNAL_FOREIGN, JOURNAL_NEWER; a fault.
 */
int journal_verify(const char *path, const uint8_t head[JOURNAL_HASH_BYTES],
	struct journal_verification *ret_found);

#endif
