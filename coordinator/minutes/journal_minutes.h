/* Minutes from a journal: each entry's record taken down, with the hash that stands for it. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_JOURNAL_MINUTES_H
#define DIEMCAU_COORDINATOR_MINUTES_JOURNAL_MINUTES_H

#include "coordinator/journal/journal.h"
#include "coordinator/minutes/recorder.h"

/* Takes down one entry; fit for replay(). 0. */
int journal_minutes_take(
	void *recorder, const struct journal_entry *entry, const struct mtg_record *record);

/*
 * All of the journal at this path. 0 with a recorder to be destroyed by the caller; what the
 * journal's reading gives, or -ENOMEM.
 */
int journal_minutes_read(const char *journal, struct minutes_recorder **ret_recorder);

#endif
