#include "coordinator/journal/format.h"

#include <stdio.h>
#include <string.h>

#include "coordinator/journal/chain.h"
#include "coordinator/journal/meta.h"
#include "coordinator/journal/rows.h"
#include "coordinator/journal/schema_sql.h"

DEFINE_CLEANUP(sqlite3 *, sqlite3_close)

/* Ends the transaction that is open as `r` says. */
static int end_transaction(sqlite3 *db, int r)
{
	if (r == 0) {
		r = sqlite_execute(db, "COMMIT");
	}
	if (r != 0 && !sqlite3_get_autocommit(db)) {
		sqlite_execute(db, "ROLLBACK");
	}
	return r;
}

/* ---- a new one ---- */

static int make_tables(sqlite3 *db, struct stamp now)
{
	int r = sqlite_execute(db, journal_schema_sql);
	if (r == 0) {
		r = meta_set_integer(db, "format", JOURNAL_FORMAT);
	}
	if (r == 0) {
		r = meta_set_integer(db, "created", now.ms);
	}
	if (r == 0) {
		char sql[64];
		snprintf(sql, sizeof(sql), "PRAGMA application_id=%d", JOURNAL_APPLICATION_ID);
		r = sqlite_execute(db, sql);
	}
	return r;
}

static int create(sqlite3 *db, struct stamp now)
{
	int r = sqlite_execute(db, "BEGIN IMMEDIATE");
	return r == 0 ? end_transaction(db, make_tables(db, now)) : r;
}

/* ---- one that is there ---- */

static int is_empty(sqlite3 *db, bool *ret_empty)
{
	int64_t tables = 0, application = 0;
	int r = sqlite_integer(db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (r == 0) {
		r = sqlite_integer(db, "PRAGMA application_id", &application);
	}
	*ret_empty = tables == 0 && application == 0;
	return r;
}

int format_read(sqlite3 *db, int64_t *ret_format)
{
	int64_t application = 0;
	int r = sqlite_integer(db, "PRAGMA application_id", &application);
	if (r != 0 || application != JOURNAL_APPLICATION_ID) {
		return r != 0 ? r : JOURNAL_FOREIGN;
	}
	r = meta_get_integer(db, "format", ret_format);
	if (r != 0 || *ret_format < 1) {
		return r < 0 ? r : JOURNAL_DAMAGED;
	}
	return *ret_format > JOURNAL_FORMAT ? JOURNAL_NEWER : 0;
}

int format_check(sqlite3 *db, struct stamp now)
{
	bool empty;
	int64_t format;
	int r = is_empty(db, &empty);
	if (r != 0) {
		return r;
	}
	return empty ? create(db, now) : format_read(db, &format);
}

/* All that SQLite keeps of the tables, as one text. */
#define TABLES_SQL                                                                                 \
	"SELECT group_concat(type || name || tbl_name || coalesce(sql, ''), char(10)) "            \
	"FROM (SELECT * FROM sqlite_schema ORDER BY name)"

static int tables_text(sqlite3 *db, char **ret_text)
{
	sqlite3_stmt *statement cleanup(sqlite3_finalize) = NULL;
	int r = sqlite_prepare(db, TABLES_SQL, &statement);
	if (r != 0) {
		return r;
	}
	int step = sqlite3_step(statement);
	*ret_text = step == SQLITE_ROW
			    ? sqlite3_mprintf("%s", (const char *)sqlite3_column_text(statement, 0))
			    : NULL;
	return sqlite_fault(step);
}

int format_has_tables(sqlite3 *db, bool *ret_has)
{
	sqlite3 *model cleanup(sqlite3_close) = NULL;
	char *found = NULL, *expected = NULL;
	int r = tables_text(db, &found);
	if (r == 0) {
		r = sqlite_open(":memory:", SQLITE_OPEN_READWRITE, &model);
	}
	if (r == 0) {
		r = sqlite_execute(model, journal_schema_sql);
	}
	if (r == 0) {
		r = tables_text(model, &expected);
	}
	*ret_has = found && expected && strcmp(found, expected) == 0;
	sqlite3_free(found);
	sqlite3_free(expected);
	return r;
}

/* ---- from format 1 to 2: every entry gets its hash ---- */

static int insert_hashed(sqlite3_stmt *insert, sqlite3_stmt *row, struct chain_hash *head)
{
	struct journal_entry entry;
	int r = rows_entry(row, &entry);
	if (r != 0) {
		return r;
	}
	*head = chain_next(head, &entry);
	entry.hash = head->bytes;
	rows_bind(insert, &entry);
	return sqlite_run(insert);
}

static int copy_entries(sqlite3 *db, struct stamp created)
{
	sqlite3_stmt *rows cleanup(sqlite3_finalize) = NULL;
	sqlite3_stmt *insert cleanup(sqlite3_finalize) = NULL;
	struct chain_hash head = chain_origin(created);
	int r = sqlite_prepare(db, "SELECT " ROWS_COLUMNS_1 " FROM event_1 ORDER BY seq", &rows);
	if (r == 0) {
		r = sqlite_prepare(db, ROWS_INSERT, &insert);
	}
	int step = SQLITE_DONE;
	while (r == 0 && (step = sqlite3_step(rows)) == SQLITE_ROW) {
		r = insert_hashed(insert, rows, &head);
	}
	return r != 0 ? r : sqlite_fault(step);
}

static int upgrade_from_1(sqlite3 *db)
{
	struct stamp created = {0};
	int r = sqlite_execute(db, "ALTER TABLE meta RENAME TO meta_1;"
				   "ALTER TABLE event RENAME TO event_1;"
				   "ALTER TABLE answer RENAME TO answer_1");
	if (r == 0) {
		r = sqlite_execute(db, journal_schema_sql);
	}
	if (r == 0) {
		r = sqlite_execute(db, "INSERT INTO meta SELECT * FROM meta_1;"
				       "INSERT INTO answer SELECT * FROM answer_1");
	}
	if (r == 0) {
		r = meta_get_integer(db, "created", &created.ms);
	}
	if (r == 0) {
		r = copy_entries(db, created);
	}
	if (r == 0) {
		r = meta_set_integer(db, "format", JOURNAL_FORMAT);
	}
	return r == 0 ? sqlite_execute(
				db, "DROP TABLE meta_1; DROP TABLE event_1; DROP TABLE answer_1")
		      : r;
}

int format_upgrade(sqlite3 *db)
{
	int64_t format;
	int r = format_read(db, &format);
	if (r != 0 || format == JOURNAL_FORMAT) {
		return r;
	}
	r = sqlite_execute(db, "BEGIN IMMEDIATE");
	return r == 0 ? end_transaction(db, upgrade_from_1(db)) : r;
}
