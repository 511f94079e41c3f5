/*
 * Private: the chain of hashes through a journal (decision 50). Each entry carries SHA-256 of the
 * hash before it and of all that the entry says, so that the last hash, the head, stands for the
 * whole record. No key: whoever can write the file can write another chain; the head kept
 * elsewhere, in the minutes that were signed, tells the two apart.
 */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_CHAIN_H
#define DIEMCAU_COORDINATOR_JOURNAL_CHAIN_H

#include "coordinator/journal/journal.h"

struct chain_hash {
	uint8_t bytes[JOURNAL_HASH_BYTES];
};

/* What the first entry follows: the journal's time of creation. */
struct chain_hash chain_origin(struct stamp created);

/* The hash of an entry that follows `before`. The entry's own hash is not read. */
struct chain_hash chain_next(const struct chain_hash *before, const struct journal_entry *entry);

#endif
