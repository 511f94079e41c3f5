/*
 * Storage of a journal, as the journal thread needs it: one writer, entries in transactions. The
 * interface leaves room for a PostgreSQL implementation. Results are those of journal.h.
 */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_STORE_H
#define DIEMCAU_COORDINATOR_JOURNAL_STORE_H

#include <stdbool.h>

#include "coordinator/journal/journal.h"

struct store;

/* A batch of one append, in the order queued; owned by the journal. */
struct store_batch {
	struct store_batch *next;
	size_t n;
	struct journal_entry entries[];
};

/* Opens or creates. `now` becomes the time of creation of a new journal. */
int store_create(const char *path, struct stamp now, struct store **ret_store);
void store_destroy(struct store *store);

/*
 * Writes every batch of the list in one transaction, on disk when this returns 0. -ENOSPC: nothing
 * was written and it may be tried again. Any other fault: what is on disk is not known.
 */
int store_commit(struct store *store, const struct store_batch *batches);

/*
 * Folds the write-ahead log into the file where it has grown long (`idle`: long enough while there
 * is nothing else to do). A fault here counts like one of a commit.
 */
int store_tidy(struct store *store, bool idle);

/* Refusal: JOURNAL_UNKNOWN. May be called during a commit: it has its own connection. */
int store_answer(struct store *store, const char *client, const char *command, int64_t *ret_seq);

/* Refusal of both: JOURNAL_UNKNOWN. */
int store_anchor(struct store *store, struct journal_anchor *ret_anchor);
int store_last(struct store *store, struct journal_entry *ret_entry);

int store_set_anchor(struct store *store, const struct journal_anchor *anchor);
/* 0 where it was never marked. */
enum store_mark {
	STORE_MARK_DRAFT, /* a plan is being imported */
	STORE_MARK_UNOPENED, /* it has been, and the journal was not opened since */
};
int store_set_mark(struct store *store, enum store_mark which, int64_t value);
int store_get_mark(struct store *store, enum store_mark which, int64_t *ret_value);
struct stamp store_created(const struct store *store);

#endif
