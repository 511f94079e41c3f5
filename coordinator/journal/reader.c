/* Reading a journal page by page, on a connection of the reader's own. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#include "coordinator/journal/journal.h"
#include "coordinator/journal/sqlite.h"

struct journal_reader {
	sqlite3 *db;
	sqlite3_stmt *page;
};

DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)

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
		r = sqlite_prepare(reader->db,
			"SELECT seq, at, wall, by, name, data, client, command FROM event "
			"WHERE seq >= ?1 ORDER BY seq LIMIT ?2",
			&reader->page);
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

static const char *column_text(sqlite3_stmt *row, int at)
{
	return (const char *)sqlite3_column_text(row, at);
}

static struct journal_entry entry_of_row(sqlite3_stmt *row)
{
	return (struct journal_entry){
		.seq = sqlite3_column_int64(row, 0),
		.at = {sqlite3_column_int64(row, 1)},
		.wall = {sqlite3_column_int64(row, 2)},
		.by = column_text(row, 3),
		.name = column_text(row, 4),
		.data = column_text(row, 5),
		.client = column_text(row, 6),
		.command = column_text(row, 7),
	};
}

static int visit_rows(sqlite3_stmt *rows, journal_visit *visit, void *user, int64_t *next)
{
	int step;
	while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
		struct journal_entry entry = entry_of_row(rows);
		if (!entry.by || !entry.name || !entry.data) {
			return -ENOMEM;
		}
		int r = visit(user, &entry);
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
	int r = sqlite_prepare(reader->db,
		"SELECT seq, at, wall, by, name, data, client, command FROM event "
		"WHERE name GLOB ?1 ORDER BY seq",
		&rows);
	if (r != 0) {
		return r;
	}
	sqlite_bind(rows, 1, pattern);
	return visit_rows(rows, visit, user, &next);
}
