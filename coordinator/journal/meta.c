#include "coordinator/journal/meta.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "coordinator/journal/journal.h"
#include "text_copy.h"

struct seal {
	uint8_t bytes[crypto_hash_sha256_BYTES];
};

/* ---- seal ---- */

static void add_column(crypto_hash_sha256_state *state, sqlite3_stmt *row, int at)
{
	const uint8_t kind = (uint8_t)sqlite3_column_type(row, at);
	const uint8_t *text = sqlite3_column_blob(row, at); /* of a number, its digits */
	const int size = sqlite3_column_bytes(row, at);
	crypto_hash_sha256_update(state, &kind, sizeof(kind));
	crypto_hash_sha256_update(state, (const uint8_t *)&size, sizeof(size));
	crypto_hash_sha256_update(state, text, (size_t)size);
}

static int compute_seal(sqlite3 *db, struct seal *ret_seal)
{
	sqlite3_stmt *rows cleanup(sqlite3_finalize) = NULL;
	crypto_hash_sha256_state state;
	crypto_hash_sha256_init(&state);
	int r = sqlite_prepare(
		db, "SELECT key, value FROM meta WHERE key <> 'seal' ORDER BY key", &rows);
	if (r != 0) {
		return r;
	}
	int step;
	while ((step = sqlite3_step(rows)) == SQLITE_ROW) {
		add_column(&state, rows, 0);
		add_column(&state, rows, 1);
	}
	crypto_hash_sha256_final(&state, ret_seal->bytes);
	return sqlite_fault(step);
}

/* Seals the values as they are. */
static int seal_values(sqlite3 *db)
{
	sqlite3_stmt *statement cleanup(sqlite3_finalize) = NULL;
	struct seal seal;
	int r = compute_seal(db, &seal);
	if (r == 0) {
		r = sqlite_prepare(
			db, "INSERT OR REPLACE INTO meta VALUES ('seal', ?1)", &statement);
	}
	if (r == 0) {
		sqlite3_bind_blob(statement, 1, seal.bytes, sizeof(seal.bytes), SQLITE_STATIC);
		r = sqlite_run(statement);
	}
	return r;
}

int meta_is_sealed(sqlite3 *db, bool *ret_sealed)
{
	sqlite3_stmt *statement cleanup(sqlite3_finalize) = NULL;
	struct seal seal;
	int r = compute_seal(db, &seal);
	if (r == 0) {
		r = sqlite_prepare(
			db, "SELECT 1 FROM meta WHERE key = 'seal' AND value = ?1", &statement);
	}
	if (r != 0) {
		return r;
	}
	sqlite3_bind_blob(statement, 1, seal.bytes, sizeof(seal.bytes), SQLITE_STATIC);
	int step = sqlite3_step(statement);
	*ret_sealed = step == SQLITE_ROW;
	return sqlite_fault(step);
}

/* ---- values ---- */

static int put(sqlite3 *db, sqlite3_stmt *statement)
{
	int r = sqlite_execute(db, "SAVEPOINT meta");
	if (r != 0) {
		return r;
	}
	r = sqlite_run(statement);
	if (r == 0) {
		r = seal_values(db);
	}
	if (r != 0) {
		sqlite_execute(db, "ROLLBACK TO meta");
	}
	int released = sqlite_execute(db, "RELEASE meta");
	return r != 0 ? r : released;
}

static int prepare_put(sqlite3 *db, const char *key, sqlite3_stmt **ret_statement)
{
	int r = sqlite_prepare(db, "INSERT OR REPLACE INTO meta VALUES (?1, ?2)", ret_statement);
	if (r == 0) {
		sqlite_bind(*ret_statement, 1, key);
	}
	return r;
}

int meta_set_text(sqlite3 *db, const char *key, const char *value)
{
	sqlite3_stmt *statement cleanup(sqlite3_finalize) = NULL;
	int r = prepare_put(db, key, &statement);
	if (r == 0) {
		sqlite_bind(statement, 2, value);
		r = put(db, statement);
	}
	return r;
}

int meta_set_integer(sqlite3 *db, const char *key, int64_t value)
{
	sqlite3_stmt *statement cleanup(sqlite3_finalize) = NULL;
	int r = prepare_put(db, key, &statement);
	if (r == 0) {
		sqlite3_bind_int64(statement, 2, value);
		r = put(db, statement);
	}
	return r;
}

int meta_get_text(sqlite3 *db, const char *key, char *ret_value, size_t size)
{
	sqlite3_stmt *statement cleanup(sqlite3_finalize) = NULL;
	int r = sqlite_prepare(db, "SELECT value FROM meta WHERE key = ?1", &statement);
	if (r != 0) {
		return r;
	}
	sqlite_bind(statement, 1, key);
	int step = sqlite3_step(statement);
	if (step == SQLITE_ROW && sqlite3_column_text(statement, 0)) {
		text_copy(ret_value, size, (const char *)sqlite3_column_text(statement, 0));
	}
	return step == SQLITE_DONE ? JOURNAL_UNKNOWN : sqlite_fault(step);
}

int meta_get_integer(sqlite3 *db, const char *key, int64_t *ret_value)
{
	char sql[96];
	snprintf(sql, sizeof(sql), "SELECT value FROM meta WHERE key = '%s'", key);
	return sqlite_integer(db, sql, ret_value);
}
