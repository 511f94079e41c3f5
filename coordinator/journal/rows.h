/* Private: rows of table event as entries. */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_ROWS_H
#define DIEMCAU_COORDINATOR_JOURNAL_ROWS_H

#include "coordinator/journal/journal.h"
#include "coordinator/journal/sqlite.h"

/* What rows_entry() reads, of a file of this format, and of format 1, which has no hashes. */
#define ROWS_COLUMNS "seq, at, wall, by, name, data, client, command, hash"
#define ROWS_COLUMNS_1 "seq, at, wall, by, name, data, client, command, NULL"

/* What rows_bind() binds. */
#define ROWS_INSERT "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"

/*
 * The entry of a row, valid until the next step. 0; -ENOMEM; JOURNAL_DAMAGED where a text is
 * missing, or holds a NUL, which nothing of ours has written.
 */
int rows_entry(sqlite3_stmt *row, struct journal_entry *ret_entry);

/* Binds an entry, with its hash, to ROWS_INSERT; its texts have to outlive the step. */
void rows_bind(sqlite3_stmt *insert, const struct journal_entry *entry);

#endif
