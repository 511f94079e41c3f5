/*
 * Private: table meta, what a journal's file says of itself. A seal over all its values is written
 * with each of them, so that `verify` sees one that was changed by hand.
 */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_META_H
#define DIEMCAU_COORDINATOR_JOURNAL_META_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/journal/sqlite.h"

/* Value and seal in one transaction, or in the one that is open. */
int meta_set_text(sqlite3 *db, const char *key, const char *value);
int meta_set_integer(sqlite3 *db, const char *key, int64_t value);

/* Refusal of both: JOURNAL_UNKNOWN. A longer text is cut. */
int meta_get_text(sqlite3 *db, const char *key, char *ret_value, size_t size);
int meta_get_integer(sqlite3 *db, const char *key, int64_t *ret_value);

/* Whether the values are those that were sealed. */
int meta_is_sealed(sqlite3 *db, bool *ret_sealed);

#endif
