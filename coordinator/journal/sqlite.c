#include "coordinator/journal/sqlite.h"

#include <errno.h>

#include "coordinator/journal/journal.h"

enum {
	BUSY_MS = 2000, /* a reader's checkpoint lock, never another writer */
};

int sqlite_fault(int sqlite_code)
{
	switch (sqlite_code & 0xff) {
	case SQLITE_OK:
	case SQLITE_ROW:
	case SQLITE_DONE:
		return 0;
	case SQLITE_FULL:
		return -ENOSPC;
	case SQLITE_NOMEM:
		return -ENOMEM;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return -EROFS;
	case SQLITE_CANTOPEN:
		return -ENOENT;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return -EBUSY;
	case SQLITE_NOTADB:
		return JOURNAL_FOREIGN;
	case SQLITE_CORRUPT:
		return JOURNAL_DAMAGED;
	default:
		return -EIO;
	}
}

int sqlite_execute(sqlite3 *db, const char *sql)
{
	return sqlite_fault(sqlite3_exec(db, sql, NULL, NULL, NULL));
}

int sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret_statement)
{
	return sqlite_fault(
		sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret_statement, NULL));
}

/* Value of a query of one row and one column; JOURNAL_UNKNOWN without a row. */
int sqlite_integer(sqlite3 *db, const char *sql, int64_t *ret_value)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = sqlite_prepare(db, sql, &statement);
	if (r != 0) {
		return r;
	}
	int step = sqlite3_step(statement);
	if (step == SQLITE_ROW) {
		*ret_value = sqlite3_column_int64(statement, 0);
	}
	return step == SQLITE_DONE ? JOURNAL_UNKNOWN : sqlite_fault(step);
}

void sqlite_bind(sqlite3_stmt *statement, int at, const char *text)
{
	/* NULL binds as NULL; the text outlives the step. */
	sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

int sqlite_run(sqlite3_stmt *statement)
{
	int r = sqlite3_step(statement);
	sqlite3_reset(statement);
	return sqlite_fault(r);
}

int sqlite_open(const char *path, int flags, sqlite3 **ret_db)
{
	int r = sqlite3_open_v2(path, ret_db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (r == SQLITE_OK) {
		sqlite3_extended_result_codes(*ret_db, 1);
		sqlite3_busy_timeout(*ret_db, BUSY_MS);
	}
	return sqlite_fault(r);
}
