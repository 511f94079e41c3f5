/* Reading a journal page by page, on a connection of the reader's own. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "coordinator/journal/journal.h"
#include "coordinator/journal/rows.h"

struct journal_reader {
	sqlite3 *db;
	sqlite3_stmt *page;
};

DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)

/* Also of a file of format 1, which nobody has opened to write since: it has no hashes. */
static int prepare(struct journal_reader *reader, const char *which, sqlite3_stmt **ret_rows)
{
	char sql[192];
	int64_t has_hash = 0;
	int r = sqlite_integer(reader->db,
		"SELECT count(*) FROM pragma_table_info('event') WHERE name = 'hash'", &has_hash);
	snprintf(sql, sizeof(sql), "SELECT %s FROM event %s",
		has_hash ? ROWS_COLUMNS : ROWS_COLUMNS_1, which);
	return r == 0 ? sqlite_prepare(reader->db, sql, ret_rows) : r;
}

int journal_reader_create(const char *path, struct journal_reader **ret_reader)
{
	cleanup(journal_reader_destroy) struct journal_reader *reader = calloc(1, sizeof(*reader));
	if (!reader) {
		return -ENOMEM;
	}
	int r = sqlite_open(path, SQLITE_OPEN_READWRITE, &reader->db);
	if (r == 0) {
		r = sqlite_execute(reader->db, "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0");
	}
	if (r == 0) {
		r = prepare(reader, "WHERE seq >= ?1 ORDER BY seq LIMIT ?2", &reader->page);
	}
	if (r == 0) {
		*ret_reader = reader;
		reader = NULL;
	}
	return r;
}

void journal_reader_destroy(struct journal_reader *reader)
{
	if (!reader) {
		return;
	}
	sqlite3_finalize(reader->page);
	sqlite3_close(reader->db);
	free(reader);
}

static int visit_rows(sqlite3_stmt *rows, journal_visit *visit, void *user, int64_t *next)
{
	int step;
	while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
		struct journal_entry entry;
		int r = rows_entry(rows, &entry);
		if (r == 0) {
			r = visit(user, &entry);
		}
		if (r != 0) {
			return r;
		}
		*next = entry.seq + 1;
	}
	return sqlite_fault(step);
}

int journal_read(struct journal_reader *reader, int64_t from, size_t limit, journal_visit *visit,
	void *user, int64_t *ret_next)
{
	int64_t next = from;
	sqlite3_bind_int64(reader->page, 1, from);
	sqlite3_bind_int64(reader->page, 2, limit > INT_MAX ? INT_MAX : (int64_t)limit);
	int r = visit_rows(reader->page, visit, user, &next);
	sqlite3_reset(reader->page);
	if (r == 0) {
		*ret_next = next;
	}
	return r;
}

int journal_read_named(
	struct journal_reader *reader, const char *pattern, journal_visit *visit, void *user)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *rows = NULL;
	int64_t next;
	int r = prepare(reader, "WHERE name GLOB ?1 ORDER BY seq", &rows);
	if (r != 0) {
		return r;
	}
	sqlite_bind(rows, 1, pattern);
	return visit_rows(rows, visit, user, &next);
}
