/*
 * Private: SQLite as the journal uses it, with its result codes as the journal's.
 *
 * Results are 0, a negative errno or a refusal of journal.h. After SQLITE_FULL alone SQLite
 * guarantees that the transaction did not happen; it is -ENOSPC and may be tried again. Every other
 * code is -EIO: a sync that failed once may later succeed although the data never reached the disk,
 * so it must not be tried again.
 */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_SQLITE_H
#define DIEMCAU_COORDINATOR_JOURNAL_SQLITE_H

#include <sqlite3.h>
#include <stdint.h>

#include "cleanup.h"

enum { JOURNAL_APPLICATION_ID = 0x444d434a }; /* "DMCJ" in the file's header */

DEFINE_CLEANUP(sqlite3_stmt *, sqlite3_finalize)

int sqlite_fault(int sqlite_code);

/* flags: of sqlite3_open_v2. *ret_db is set on failure too, and to be closed. */
int sqlite_open(const char *path, int flags, sqlite3 **ret_db);
int sqlite_execute(sqlite3 *db, const char *sql);
int sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret_statement);
/* Value of a query of one row and one column; JOURNAL_UNKNOWN without a row. */
int sqlite_integer(sqlite3 *db, const char *sql, int64_t *ret_value);

/* NULL binds as NULL; the text has to outlive the step. */
void sqlite_bind(sqlite3_stmt *statement, int at, const char *text);
/* One step of a statement without rows, ready for the next. */
int sqlite_run(sqlite3_stmt *statement);

#endif
