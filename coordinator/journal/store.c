/*
 * The journal in a SQLite file: WAL, synchronous=FULL, one writing connection. A transaction is on
 * disk when COMMIT returns (the log is synced each time).
 */
#include "coordinator/journal/store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "coordinator/journal/chain.h"
#include "coordinator/journal/format.h"
#include "coordinator/journal/meta.h"
#include "coordinator/journal/rows.h"

enum {
	TIDY_IDLE_PAGES = 256,
	TIDY_PAGES = 4096,
	PATH_SIZE = 4096,
};

struct store {
	sqlite3 *db; /* writes */
	sqlite3 *finder; /* looks up answers while `db` waits for the disk */
	sqlite3_stmt *insert_event;
	sqlite3_stmt *insert_answer;
	sqlite3_stmt *find_answer;
	int lock;
	int log_pages;
	struct stamp created;
	struct chain_hash head; /* of the last entry on disk */
};

DEFINE_CLEANUP(struct store *, store_destroy)

/* One coordinator per journal: SQLite's own locks would let two alternate. */
static int take_lock(struct store *store, const char *path)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char name[PATH_SIZE];

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

static int configure(struct store *store)
{
	int r = sqlite_execute(store->db,
		"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		"PRAGMA wal_autocheckpoint=0; PRAGMA trusted_schema=OFF;");
	int64_t is_wal = 0;

	if (r == 0) {
		r = sqlite_integer(
			store->db, "SELECT journal_mode = 'wal' FROM pragma_journal_mode", &is_wal);
	}
	if (r == 0) {
		sqlite3_wal_hook(store->db, on_log_growth, store);
	}
	/* A file system without shared memory refuses WAL without an error. */
	return r == 0 && !is_wal ? -ENOTSUP : r;
}

/* Numbers run from 1 without gaps, or entries were removed. */
static int check_numbers(struct store *store)
{
	int64_t missing = 0;
	int r = sqlite_integer(store->db,
		"SELECT coalesce(max(seq), 0) - count(*) + (coalesce(min(seq), 1) <> 1) FROM event",
		&missing);

	return r != 0 ? r : missing != 0 ? JOURNAL_DAMAGED : 0;
}

static int prepare_statements(struct store *store)
{
	int r = sqlite_prepare(store->db, ROWS_INSERT, &store->insert_event);

	if (r == 0) {
		r = sqlite_prepare(store->db, "INSERT OR REPLACE INTO answer VALUES (?1, ?2, ?3)",
			&store->insert_answer);
	}
	if (r == 0) {
		r = sqlite_prepare(store->finder,
			"SELECT seq FROM answer WHERE client = ?1 AND command = ?2",
			&store->find_answer);
	}
	return r;
}

/* What the next entry follows. */
static int read_head(struct store *store)
{
	sqlite3_stmt *last cleanup(sqlite3_finalize) = NULL;
	int r = sqlite_prepare(
		store->db, "SELECT hash FROM event ORDER BY seq DESC LIMIT 1", &last);
	if (r != 0) {
		return r;
	}
	store->head = chain_origin(store->created);
	int step = sqlite3_step(last);
	if (step != SQLITE_ROW) {
		return sqlite_fault(step);
	}
	if (sqlite3_column_bytes(last, 0) != JOURNAL_HASH_BYTES) {
		return JOURNAL_DAMAGED;
	}
	memcpy(store->head.bytes, sqlite3_column_blob(last, 0), JOURNAL_HASH_BYTES);
	return 0;
}

/* A foreign file is recognised before it is changed. */
static int open_store(struct store *store, const char *path, struct stamp now)
{
	int r = take_lock(store, path);

	if (r == 0) {
		r = sqlite_open(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &store->db);
	}
	if (r == 0) {
		r = format_check(store->db, now);
	}
	if (r == 0) {
		r = configure(store);
	}
	if (r == 0) {
		r = check_numbers(store);
	}
	if (r == 0) {
		r = format_upgrade(store->db);
	}
	if (r == 0) {
		r = meta_get_integer(store->db, "created", &store->created.ms);
	}
	if (r == 0) {
		r = read_head(store);
	}
	if (r == 0) {
		r = sqlite_open(path, SQLITE_OPEN_READWRITE, &store->finder);
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

/* A command's later events overwrite the answer: it is the last one. */
static int insert_answer(struct store *store, const struct journal_entry *entry)
{
	sqlite_bind(store->insert_answer, 1, entry->client);
	sqlite_bind(store->insert_answer, 2, entry->command);
	sqlite3_bind_int64(store->insert_answer, 3, entry->seq);
	return sqlite_run(store->insert_answer);
}

static int insert_entry(
	struct store *store, const struct journal_entry *entry, struct chain_hash *head)
{
	struct journal_entry hashed = *entry;
	*head = chain_next(head, entry);
	hashed.hash = head->bytes;
	rows_bind(store->insert_event, &hashed);
	int r = sqlite_run(store->insert_event);
	return r == 0 && entry->client && entry->command ? insert_answer(store, entry) : r;
}

static int insert_batches(
	struct store *store, const struct store_batch *batches, struct chain_hash *head)
{
	for (const struct store_batch *batch = batches; batch; batch = batch->next) {
		for (size_t i = 0; i < batch->n; i++) {
			int r = insert_entry(store, &batch->entries[i], head);
			if (r != 0) {
				return r;
			}
		}
	}
	return 0;
}

int store_commit(struct store *store, const struct store_batch *batches)
{
	struct chain_hash head = store->head;
	int r = sqlite_execute(store->db, "BEGIN IMMEDIATE");

	if (r == 0) {
		r = insert_batches(store, batches, &head);
	}
	if (r == 0) {
		r = sqlite_execute(store->db, "COMMIT");
	}
	if (r == 0) {
		store->head = head;
	}
	if (r != 0 && !sqlite3_get_autocommit(store->db)) {
		sqlite_execute(store->db, "ROLLBACK");
	}
	/* A refusal (damage, a duplicate number) is a fault here: no caller can handle it. */
	return r > 0 ? -EIO : r;
}

int store_tidy(struct store *store, bool idle)
{
	if (store->log_pages < (idle ? TIDY_IDLE_PAGES : TIDY_PAGES)) {
		return 0;
	}
	int r = sqlite_fault(
		sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL));
	/* A reader blocks it, or there is no space: the log stays longer. */
	store->log_pages = 0;
	return r == -EBUSY || r == -ENOSPC ? 0 : r > 0 ? -EIO : r;
}

int store_answer(struct store *store, const char *client, const char *command, int64_t *ret_seq)
{
	sqlite_bind(store->find_answer, 1, client);
	sqlite_bind(store->find_answer, 2, command);
	int r = sqlite3_step(store->find_answer);
	if (r == SQLITE_ROW) {
		*ret_seq = sqlite3_column_int64(store->find_answer, 0);
	}
	sqlite3_reset(store->find_answer);
	return r == SQLITE_DONE ? JOURNAL_UNKNOWN : sqlite_fault(r);
}

struct stamp store_created(const struct store *store)
{
	return store->created;
}

int store_set_anchor(struct store *store, const struct journal_anchor *anchor)
{
	int r = sqlite_execute(store->db, "BEGIN IMMEDIATE");

	if (r == 0) {
		r = meta_set_text(store->db, "boot_id", anchor->boot_id);
	}
	if (r == 0) {
		r = meta_set_integer(store->db, "anchor_boottime", anchor->boottime_ms);
	}
	if (r == 0) {
		r = meta_set_integer(store->db, "anchor_at", anchor->at.ms);
	}
	if (r == 0) {
		r = meta_set_integer(store->db, "anchor_wall", anchor->wall.ms);
	}
	if (r == 0) {
		r = sqlite_execute(store->db, "COMMIT");
	}
	if (r != 0 && !sqlite3_get_autocommit(store->db)) {
		sqlite_execute(store->db, "ROLLBACK");
	}
	return r;
}

static const char *const marks[] = {
	[STORE_MARK_DRAFT] = "draft",
	[STORE_MARK_UNOPENED] = "unopened",
};

int store_set_mark(struct store *store, enum store_mark which, int64_t value)
{
	return meta_set_integer(store->db, marks[which], value);
}

int store_get_mark(struct store *store, enum store_mark which, int64_t *ret_value)
{
	int r = meta_get_integer(store->db, marks[which], ret_value);

	return r == JOURNAL_UNKNOWN ? 0 : r;
}

int store_anchor(struct store *store, struct journal_anchor *ret_anchor)
{
	struct journal_anchor anchor = {0};
	int r = meta_get_text(store->db, "boot_id", anchor.boot_id, sizeof(anchor.boot_id));

	if (r == 0) {
		r = meta_get_integer(store->db, "anchor_boottime", &anchor.boottime_ms);
	}
	if (r == 0) {
		r = meta_get_integer(store->db, "anchor_at", &anchor.at.ms);
	}
	if (r == 0) {
		r = meta_get_integer(store->db, "anchor_wall", &anchor.wall.ms);
	}
	if (r == 0) {
		*ret_anchor = anchor;
	}
	return r;
}

int store_last(struct store *store, struct journal_entry *ret_entry)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = sqlite_prepare(
		store->db, "SELECT seq, at, wall FROM event ORDER BY seq DESC LIMIT 1", &statement);
	if (r != 0) {
		return r;
	}
	int step = sqlite3_step(statement);
	if (step == SQLITE_ROW) {
		*ret_entry = (struct journal_entry){
			.seq = sqlite3_column_int64(statement, 0),
			.at = {sqlite3_column_int64(statement, 1)},
			.wall = {sqlite3_column_int64(statement, 2)},
		};
	}
	return step == SQLITE_DONE ? JOURNAL_UNKNOWN : sqlite_fault(step);
}
