/*
 * The journal in a SQLite file: WAL, synchronous=FULL, one writing connection.
 *
 * A transaction is on disk when COMMIT returns (the log is synced each time). SQLITE_FULL is the
 * one failure of which SQLite says that the transaction did not happen; it is passed up as -ENOSPC
 * and may be tried again. Everything else is -EIO: a sync that failed once may later succeed
 * without the data ever having reached the disk, so trying again would be a lie.
 */
#include "coordinator/journal/store.h"

#include "cleanup.h"
#include "coordinator/journal/schema_sql.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	APPLICATION_ID = 0x444d434a, /* "DMCJ" in the file's header */
	BUSY_MS = 2000, /* a reader's checkpoint lock, never another writer */
	TIDY_IDLE_PAGES = 256,
	TIDY_PAGES = 4096,
	PATH_SIZE = 4096,
};

struct store {
	sqlite3 *db; /* writes */
	sqlite3 *finder; /* looks up answers while the other one waits for the disk */
	sqlite3_stmt *insert_event;
	sqlite3_stmt *insert_answer;
	sqlite3_stmt *find_answer;
	int lock;
	int log_pages;
	struct stamp created;
};

struct journal_reader {
	sqlite3 *db;
	sqlite3_stmt *page;
};

DEFINE_CLEANUP(sqlite3_stmt *, sqlite3_finalize)
DEFINE_CLEANUP(struct store *, store_destroy)
DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)

static int fault_of(int result)
{
	switch (result & 0xff) {
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

static int execute(sqlite3 *db, const char *sql)
{
	return fault_of(sqlite3_exec(db, sql, NULL, NULL, NULL));
}

static int prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret_statement)
{
	return fault_of(
		sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret_statement, NULL));
}

/* Value of a query of one row and one column; JOURNAL_UNKNOWN without a row. */
static int query_integer(sqlite3 *db, const char *sql, int64_t *ret_value)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(db, sql, &statement);
	if (r != 0) {
		return r;
	}
	int result = sqlite3_step(statement);
	if (result == SQLITE_ROW) {
		*ret_value = sqlite3_column_int64(statement, 0);
	}
	return result == SQLITE_DONE ? JOURNAL_UNKNOWN : fault_of(result);
}

static void bind_text(sqlite3_stmt *statement, int at, const char *text)
{
	/* NULL binds as NULL; the text outlives the step. */
	sqlite3_bind_text(statement, at, text, -1, SQLITE_STATIC);
}

static int run(sqlite3_stmt *statement)
{
	int result = sqlite3_step(statement);
	sqlite3_reset(statement);
	return fault_of(result);
}

static int set_meta_text(sqlite3 *db, const char *key, const char *value)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(db, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)", &statement);
	if (r != 0) {
		return r;
	}
	bind_text(statement, 1, key);
	bind_text(statement, 2, value);
	return run(statement);
}

static int set_meta_integer(sqlite3 *db, const char *key, int64_t value)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(db, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)", &statement);
	if (r != 0) {
		return r;
	}
	bind_text(statement, 1, key);
	sqlite3_bind_int64(statement, 2, value);
	return run(statement);
}

static int get_meta_integer(sqlite3 *db, const char *key, int64_t *ret_value)
{
	char sql[96];
	snprintf(sql, sizeof(sql), "SELECT value FROM meta WHERE key = '%s'", key);
	return query_integer(db, sql, ret_value);
}

/* One coordinator to a journal: SQLite's own locks would let two take turns. */
static int take_lock(struct store *store, const char *path)
{
	char name[PATH_SIZE];
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	if (snprintf(name, sizeof(name), "%s.lock", path) >= (int)sizeof(name)) {
		return -ENAMETOOLONG;
	}
	store->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (store->lock < 0) {
		return -errno;
	}
	return fcntl(store->lock, F_SETLK, &whole) == 0 ? 0 : -EBUSY;
}

static int on_log_growth(void *user, sqlite3 *db, const char *name, int pages)
{
	struct store *store = user;
	(void)db;
	(void)name;
	store->log_pages = pages;
	return SQLITE_OK;
}

static int open_connection(const char *path, int flags, sqlite3 **ret_db)
{
	int result = sqlite3_open_v2(path, ret_db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (result == SQLITE_OK) {
		sqlite3_extended_result_codes(*ret_db, 1);
		sqlite3_busy_timeout(*ret_db, BUSY_MS);
	}
	return fault_of(result);
}

static int configure(struct store *store)
{
	int r = execute(store->db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
				   "PRAGMA wal_autocheckpoint=0; PRAGMA trusted_schema=OFF;");
	int64_t is_wal = 0;
	if (r == 0) {
		r = query_integer(
			store->db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode", &is_wal);
	}
	if (r == 0) {
		sqlite3_wal_hook(store->db, on_log_growth, store);
	}
	/* A file system without shared memory refuses WAL without an error. */
	return r == 0 && !is_wal ? -ENOTSUP : r;
}

static int create_schema(struct store *store, struct stamp now)
{
	int r = execute(store->db, "BEGIN IMMEDIATE");
	if (r == 0) {
		r = execute(store->db, journal_schema_sql);
	}
	if (r == 0) {
		r = set_meta_integer(store->db, "format", JOURNAL_FORMAT);
	}
	if (r == 0) {
		r = set_meta_integer(store->db, "created", now.ms);
	}
	if (r == 0) {
		char sql[64];
		snprintf(sql, sizeof(sql), "PRAGMA application_id=%d", APPLICATION_ID);
		r = execute(store->db, sql);
	}
	return r != 0 ? r : execute(store->db, "COMMIT");
}

/* A file that is not empty must say that it is a journal, and of a format known here. */
static int check_file(struct store *store, struct stamp now)
{
	int64_t tables = 0;
	int64_t application = 0;
	int64_t format = 0;
	int r = query_integer(store->db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (r == 0) {
		r = query_integer(store->db, "PRAGMA application_id", &application);
	}
	if (r != 0) {
		return r;
	}
	if (tables == 0 && application == 0) {
		return create_schema(store, now);
	}
	if (application != APPLICATION_ID) {
		return JOURNAL_FOREIGN;
	}
	r = get_meta_integer(store->db, "format", &format);
	if (r != 0 || format < 1) {
		return r < 0 ? r : JOURNAL_DAMAGED;
	}
	return format > JOURNAL_FORMAT ? JOURNAL_NEWER : 0;
}

/* Numbers run from 1 without gaps, or something was taken out. */
static int check_numbers(struct store *store)
{
	int64_t missing = 0;
	int r = query_integer(store->db,
		"SELECT coalesce(max(seq), 0) - count(*) + (coalesce(min(seq), 1) <> 1) FROM event",
		&missing);
	return r != 0 ? r : missing != 0 ? JOURNAL_DAMAGED : 0;
}

static int prepare_statements(struct store *store)
{
	int r = prepare(store->db, "INSERT INTO event VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
		&store->insert_event);
	if (r == 0) {
		r = prepare(store->db, "INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3)",
			&store->insert_answer);
	}
	if (r == 0) {
		r = prepare(store->finder,
			"SELECT seq FROM answer WHERE client = ?1 AND command = ?2",
			&store->find_answer);
	}
	return r;
}

/* Our own refusals are small positive numbers; a foreign file is told apart before it is changed.
 */
static int open_store(struct store *store, const char *path, struct stamp now)
{
	int r = take_lock(store, path);
	if (r == 0) {
		r = open_connection(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &store->db);
	}
	if (r == 0) {
		r = check_file(store, now);
	}
	if (r == 0) {
		r = configure(store);
	}
	if (r == 0) {
		r = check_numbers(store);
	}
	if (r == 0) {
		r = get_meta_integer(store->db, "created", &store->created.ms);
	}
	if (r == 0) {
		r = open_connection(path, SQLITE_OPEN_READWRITE, &store->finder);
	}
	return r != 0 ? r : prepare_statements(store);
}

int store_create(const char *path, struct stamp now, struct store **ret_store)
{
	cleanup(store_destroy) struct store *store = calloc(1, sizeof(*store));
	if (!store) {
		return -ENOMEM;
	}
	store->lock = -1;
	int r = open_store(store, path, now);
	if (r == 0) {
		*ret_store = store;
		store = NULL;
	}
	return r;
}

void store_destroy(struct store *store)
{
	if (!store) {
		return;
	}
	sqlite3_finalize(store->insert_event);
	sqlite3_finalize(store->insert_answer);
	sqlite3_finalize(store->find_answer);
	sqlite3_close(store->finder);
	sqlite3_close(store->db);
	if (store->lock >= 0) {
		close(store->lock);
	}
	free(store);
}

static int insert_entry(struct store *store, const struct journal_entry *entry)
{
	sqlite3_stmt *event = store->insert_event;
	sqlite3_bind_int64(event, 1, entry->seq);
	sqlite3_bind_int64(event, 2, entry->at.ms);
	sqlite3_bind_int64(event, 3, entry->wall.ms);
	bind_text(event, 4, entry->by);
	bind_text(event, 5, entry->name);
	bind_text(event, 6, entry->data);
	bind_text(event, 7, entry->client);
	bind_text(event, 8, entry->command);
	int r = run(event);
	if (r != 0 || !entry->client || !entry->command) {
		return r;
	}
	/* A command's later events overwrite the answer: it is the last one. */
	bind_text(store->insert_answer, 1, entry->client);
	bind_text(store->insert_answer, 2, entry->command);
	sqlite3_bind_int64(store->insert_answer, 3, entry->seq);
	return run(store->insert_answer);
}

static int insert_batches(struct store *store, const struct store_batch *batches)
{
	for (const struct store_batch *batch = batches; batch; batch = batch->next) {
		for (size_t i = 0; i < batch->n; i++) {
			int r = insert_entry(store, &batch->entries[i]);
			if (r != 0) {
				return r;
			}
		}
	}
	return 0;
}

int store_commit(struct store *store, const struct store_batch *batches)
{
	int r = execute(store->db, "BEGIN IMMEDIATE");
	if (r == 0) {
		r = insert_batches(store, batches);
	}
	if (r == 0) {
		r = execute(store->db, "COMMIT");
	}
	if (r != 0 && !sqlite3_get_autocommit(store->db)) {
		execute(store->db, "ROLLBACK");
	}
	/* A refusal (damage found, a number there already) is a fault here: nobody can handle it.
	 */
	return r > 0 ? -EIO : r;
}

int store_tidy(struct store *store, bool idle)
{
	if (store->log_pages < (idle ? TIDY_IDLE_PAGES : TIDY_PAGES)) {
		return 0;
	}
	int result =
		sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	int r = fault_of(result);
	/* Readers in the way, or no room: the log simply stays longer. */
	store->log_pages = 0;
	return r == -EBUSY || r == -ENOSPC ? 0 : r > 0 ? -EIO : r;
}

int store_answer(struct store *store, const char *client, const char *command, int64_t *ret_seq)
{
	bind_text(store->find_answer, 1, client);
	bind_text(store->find_answer, 2, command);
	int result = sqlite3_step(store->find_answer);
	if (result == SQLITE_ROW) {
		*ret_seq = sqlite3_column_int64(store->find_answer, 0);
	}
	sqlite3_reset(store->find_answer);
	return result == SQLITE_DONE ? JOURNAL_UNKNOWN : fault_of(result);
}

struct stamp store_created(const struct store *store)
{
	return store->created;
}

int store_set_anchor(struct store *store, const struct journal_anchor *anchor)
{
	int r = execute(store->db, "BEGIN IMMEDIATE");
	if (r == 0) {
		r = set_meta_text(store->db, "boot_id", anchor->boot_id);
	}
	if (r == 0) {
		r = set_meta_integer(store->db, "anchor_boottime", anchor->boottime_ms);
	}
	if (r == 0) {
		r = set_meta_integer(store->db, "anchor_at", anchor->at.ms);
	}
	if (r == 0) {
		r = set_meta_integer(store->db, "anchor_wall", anchor->wall.ms);
	}
	if (r == 0) {
		r = execute(store->db, "COMMIT");
	}
	if (r != 0 && !sqlite3_get_autocommit(store->db)) {
		execute(store->db, "ROLLBACK");
	}
	return r;
}

static int get_boot_id(struct store *store, char out[static JOURNAL_BOOT_ID_SIZE])
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(store->db, "SELECT value FROM meta WHERE key = 'boot_id'", &statement);
	if (r != 0) {
		return r;
	}
	int result = sqlite3_step(statement);
	if (result == SQLITE_ROW && sqlite3_column_text(statement, 0)) {
		snprintf(out, JOURNAL_BOOT_ID_SIZE, "%s",
			(const char *)sqlite3_column_text(statement, 0));
	}
	return result == SQLITE_DONE ? JOURNAL_UNKNOWN : fault_of(result);
}

int store_anchor(struct store *store, struct journal_anchor *ret_anchor)
{
	struct journal_anchor anchor = {0};
	int r = get_boot_id(store, anchor.boot_id);
	if (r == 0) {
		r = get_meta_integer(store->db, "anchor_boottime", &anchor.boottime_ms);
	}
	if (r == 0) {
		r = get_meta_integer(store->db, "anchor_at", &anchor.at.ms);
	}
	if (r == 0) {
		r = get_meta_integer(store->db, "anchor_wall", &anchor.wall.ms);
	}
	if (r == 0) {
		*ret_anchor = anchor;
	}
	return r;
}

int store_last(struct store *store, struct journal_entry *ret_entry)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(
		store->db, "SELECT seq, at, wall FROM event ORDER BY seq DESC LIMIT 1", &statement);
	if (r != 0) {
		return r;
	}
	int result = sqlite3_step(statement);
	if (result == SQLITE_ROW) {
		*ret_entry = (struct journal_entry){
			.seq = sqlite3_column_int64(statement, 0),
			.at = {sqlite3_column_int64(statement, 1)},
			.wall = {sqlite3_column_int64(statement, 2)},
		};
	}
	return result == SQLITE_DONE ? JOURNAL_UNKNOWN : fault_of(result);
}

int journal_reader_create(const char *path, struct journal_reader **ret_reader)
{
	cleanup(journal_reader_destroy) struct journal_reader *reader = calloc(1, sizeof(*reader));
	if (!reader) {
		return -ENOMEM;
	}
	int r = open_connection(path, SQLITE_OPEN_READWRITE, &reader->db);
	if (r == 0) {
		r = execute(reader->db, "PRAGMA query_only=ON; PRAGMA wal_autocheckpoint=0");
	}
	if (r == 0) {
		r = prepare(reader->db,
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

static int visit_rows(
	struct journal_reader *reader, journal_visit *visit, void *user, int64_t *next)
{
	int result;
	while ((result = sqlite3_step(reader->page)) == SQLITE_ROW) {
		struct journal_entry entry = entry_of_row(reader->page);
		if (!entry.by || !entry.name || !entry.data) {
			return -ENOMEM;
		}
		int r = visit(user, &entry);
		if (r != 0) {
			return r;
		}
		*next = entry.seq + 1;
	}
	return fault_of(result);
}

int journal_read(struct journal_reader *reader, int64_t from, size_t limit, journal_visit *visit,
	void *user, int64_t *ret_next)
{
	int64_t next = from;
	sqlite3_bind_int64(reader->page, 1, from);
	sqlite3_bind_int64(reader->page, 2, limit > INT_MAX ? INT_MAX : (int64_t)limit);
	int r = visit_rows(reader, visit, user, &next);
	sqlite3_reset(reader->page);
	if (r == 0) {
		*ret_next = next;
	}
	return r;
}
