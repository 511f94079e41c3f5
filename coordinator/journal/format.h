/* Private: the formats of a journal's file: made new, told apart, an earlier one brought to this.
 */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_FORMAT_H
#define DIEMCAU_COORDINATOR_JOURNAL_FORMAT_H

#include <stdbool.h>

#include "coordinator/journal/journal.h"
#include "coordinator/journal/sqlite.h"

/*
 * Makes an empty file a journal created `now`. One that is not empty has to say that it is a
 * journal: JOURNAL_FOREIGN, JOURNAL_NEWER, JOURNAL_DAMAGED, nothing changed.
 */
int format_check(sqlite3 *db, struct stamp now);

/* Brings a journal of an earlier format to this one, in one transaction. */
int format_upgrade(sqlite3 *db);

/* The format of a journal: 0, JOURNAL_FOREIGN, JOURNAL_NEWER, JOURNAL_DAMAGED, or a fault. */
int format_read(sqlite3 *db, int64_t *ret_format);

/* Whether the tables are those that a journal of this format is made with. */
int format_has_tables(sqlite3 *db, bool *ret_has);

#endif
