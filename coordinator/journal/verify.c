#include "coordinator/journal/verify.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "coordinator/journal/chain.h"
#include "coordinator/journal/format.h"
#include "coordinator/journal/meta.h"
#include "coordinator/journal/rows.h"

enum { PATH_SIZE = 4096 };

DEFINE_CLEANUP(sqlite3 *, sqlite3_close)

/* ---- opening it ---- */

/* `path` in a URI of SQLite, in which ?, # and % mean something. False: too long. */
static bool write_uri(const char *path, char uri[static PATH_SIZE])
{
	size_t n = (size_t)snprintf(uri, PATH_SIZE, "file:");
	for (; *path && n + 32 < PATH_SIZE; path++) {
		bool special = strchr("?#%", *path) != NULL;
		n += (size_t)snprintf(
			uri + n, PATH_SIZE - n, special ? "%%%02X" : "%c", (unsigned char)*path);
	}
	snprintf(uri + n, PATH_SIZE - n, "?immutable=1");
	return !*path;
}

static bool has_log(const char *path)
{
	char log[PATH_SIZE];
	struct stat facts;
	int n = snprintf(log, sizeof(log), "%s-wal", path);
	return n < (int)sizeof(log) && stat(log, &facts) == 0 && facts.st_size > 0;
}

/*
 * A file alone is opened as one that nobody writes: so it may lie on a disk that cannot be written.
 * One with a log beside it is read together with it, as the coordinator that writes it does.
 */
static int open_alone(const char *path, sqlite3 **ret_db)
{
	char uri[PATH_SIZE];
	if (has_log(path)) {
		int r = sqlite_open(path, SQLITE_OPEN_READWRITE, ret_db);
		return r == 0 ? sqlite_execute(*ret_db, "PRAGMA query_only=ON") : r;
	}
	return write_uri(path, uri)
		       ? sqlite_open(uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, ret_db)
		       : -ENAMETOOLONG;
}

/* ---- what is verified ---- */

struct verifying {
	sqlite3 *db;
	const uint8_t *wanted; /* NULL: no hash is asked for */
	struct chain_hash head;
	struct journal_verification *found;
};

static int tell(struct verifying *verifying, enum journal_verdict verdict)
{
	verifying->found->verdict = verdict;
	return 0;
}

static int verify_pages(struct verifying *verifying)
{
	int64_t sound = 0;
	bool tables = false;
	int r = sqlite_integer(verifying->db,
		"SELECT integrity_check = 'ok' FROM pragma_integrity_check(1)", &sound);
	if (r == 0 && sound) {
		r = format_has_tables(verifying->db, &tables);
	}
	return r == 0 && !tables ? tell(verifying, JOURNAL_CHANGED_FILE) : r;
}

static int verify_values(struct verifying *verifying)
{
	bool sealed = false;
	int r = meta_is_sealed(verifying->db, &sealed);
	return r == 0 && !sealed ? tell(verifying, JOURNAL_CHANGED_VALUES) : r;
}

/* An answer is the last event of its command, and every command of an event has one. */
static int verify_answers(struct verifying *verifying)
{
	int64_t differ = 0;
	int r = sqlite_integer(verifying->db,
		"WITH said AS (SELECT client, command, max(seq) FROM event "
		"WHERE client IS NOT NULL AND command IS NOT NULL GROUP BY client, command) "
		"SELECT (SELECT count(*) FROM (SELECT * FROM said EXCEPT SELECT * FROM answer)) + "
		"(SELECT count(*) FROM (SELECT * FROM answer EXCEPT SELECT * FROM said))",
		&differ);
	return r == 0 && differ > 0 ? tell(verifying, JOURNAL_CHANGED_ANSWERS) : r;
}

/* The verdict on the entry of a row, as the next of those before it. */
static enum journal_verdict judge(struct verifying *verifying, const struct journal_entry *entry)
{
	struct journal_verification *found = verifying->found;
	if (entry->seq != found->entries + 1) {
		return JOURNAL_MISSING_ENTRY;
	}
	struct chain_hash hash = chain_next(&verifying->head, entry);
	if (!entry->hash || memcmp(hash.bytes, entry->hash, sizeof(hash.bytes)) != 0) {
		return JOURNAL_CHANGED_ENTRY;
	}
	verifying->head = hash;
	found->entries++;
	if (verifying->wanted && memcmp(hash.bytes, verifying->wanted, sizeof(hash.bytes)) == 0) {
		found->found = entry->seq;
	}
	return JOURNAL_WHOLE;
}

static int verify_row(struct verifying *verifying, sqlite3_stmt *row)
{
	struct journal_entry entry;
	int r = rows_entry(row, &entry);
	if (r < 0) {
		return r;
	}
	enum journal_verdict verdict = r == 0 ? judge(verifying, &entry) : JOURNAL_CHANGED_ENTRY;
	if (verdict != JOURNAL_WHOLE) {
		verifying->found->seq = verifying->found->entries + 1;
	}
	return tell(verifying, verdict);
}

static int verify_entries(struct verifying *verifying)
{
	sqlite3_stmt *rows cleanup(sqlite3_finalize) = NULL;
	struct stamp created = {0};
	int r = meta_get_integer(verifying->db, "created", &created.ms);
	if (r == 0) {
		r = sqlite_prepare(
			verifying->db, "SELECT " ROWS_COLUMNS " FROM event ORDER BY seq", &rows);
	}
	verifying->head = chain_origin(created);
	int step = SQLITE_DONE;
	while (r == 0 && verifying->found->verdict == JOURNAL_WHOLE &&
		(step = sqlite3_step(rows)) == SQLITE_ROW) {
		r = verify_row(verifying, rows);
	}
	memcpy(verifying->found->head, verifying->head.bytes, JOURNAL_HASH_BYTES);
	return r != 0 ? r : sqlite_fault(step);
}

static int verify_head(struct verifying *verifying)
{
	bool missing = verifying->wanted && verifying->found->found == 0;
	return missing ? tell(verifying, JOURNAL_OTHER_HEAD) : 0;
}

/* ---- in order ---- */

/* SQLITE_ERROR: a statement does not fit the tables. A disk that fails is another fault. */
static bool is_damage(sqlite3 *db, int r)
{
	return r == JOURNAL_DAMAGED || r == JOURNAL_UNKNOWN ||
	       (r == -EIO && sqlite3_errcode(db) == SQLITE_ERROR);
}

/* The pages first, without which nothing can be read; an entry before what is made of entries. */
static int verify_all(struct verifying *verifying)
{
	static int (*const steps[])(struct verifying *) = {
		verify_pages, verify_entries, verify_answers, verify_values, verify_head};
	int64_t format;
	int r = format_read(verifying->db, &format);
	if (r == 0 && format < JOURNAL_FORMAT) {
		return tell(verifying, JOURNAL_WITHOUT_HASHES);
	}
	for (size_t i = 0; r == 0 && verifying->found->verdict == JOURNAL_WHOLE &&
			   i < sizeof(steps) / sizeof(steps[0]);
		i++) {
		r = steps[i](verifying);
	}
	return is_damage(verifying->db, r) ? tell(verifying, JOURNAL_CHANGED_FILE) : r;
}

int journal_verify(const char *path, const uint8_t head[JOURNAL_HASH_BYTES],
	struct journal_verification *ret_found)
{
	sqlite3 *db cleanup(sqlite3_close) = NULL;
	struct verifying verifying = {.wanted = head, .found = ret_found};
	*ret_found = (struct journal_verification){0};
	int r = open_alone(path, &db);
	verifying.db = db;
	/* One moment for all steps: a coordinator may go on writing. */
	if (r == 0) {
		r = sqlite_execute(db, "BEGIN");
	}
	return r == 0 ? verify_all(&verifying) : r;
}
