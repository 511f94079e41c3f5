#include "coordinator/people/people_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cleanup.h"
#include "proto/system/memory.h"
#include "text_copy.h"

enum {
	BUSY_MS = 2000, /* another program forgets, or makes a backup */
	BACKUP_ALL = -1, /* of the pages, in one step */
};

/* No write-ahead log, where what was erased would still stand. */
static const char settings[] = "PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; "
			       "PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;";
static const char schema[] =
	"CREATE TABLE IF NOT EXISTS people (digest TEXT PRIMARY KEY, site TEXT NOT NULL, "
	"salt BLOB NOT NULL, technician TEXT NOT NULL, contact TEXT NOT NULL, "
	"delegates TEXT NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE IF NOT EXISTS forgotten (wall INTEGER NOT NULL) STRICT;";

struct people_file {
	sqlite3 *db;
};

DEFINE_CLEANUP(sqlite3_stmt *, sqlite3_finalize)

static int fault_of(int code)
{
	switch (code & 0xff) {
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
	case SQLITE_CORRUPT:
		return -EBADMSG;
	default:
		return -EIO;
	}
}

static int execute(struct people_file *file, const char *sql)
{
	return fault_of(sqlite3_exec(file->db, sql, NULL, NULL, NULL));
}

static int open_file(const char *path, int flags, struct people_file **ret_file)
{
	struct people_file *file = calloc(1, sizeof(*file));
	if (!file) {
		return -ENOMEM;
	}
	int r = fault_of(sqlite3_open_v2(path, &file->db, flags | SQLITE_OPEN_FULLMUTEX, NULL));
	if (r == 0) {
		sqlite3_busy_timeout(file->db, BUSY_MS);
		r = execute(file, settings);
	}
	if (r != 0) {
		people_file_close(file);
		return r;
	}
	*ret_file = file;
	return 0;
}

/* Its owner's alone from its first moment. */
static int create_empty(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
	if (fd < 0) {
		return -errno;
	}
	close(fd);
	return 0;
}

int people_file_open(const char *path, struct people_file **ret_file)
{
	struct people_file *file;
	int r = create_empty(path);
	r = r == 0 ? open_file(path, SQLITE_OPEN_READWRITE, &file) : r;
	if (r != 0) {
		return r;
	}
	r = execute(file, schema);
	if (r != 0) {
		people_file_close(file);
		return r;
	}
	*ret_file = file;
	return 0;
}

int people_file_read(const char *path, struct people_file **ret_file)
{
	return access(path, F_OK) < 0 ? -errno : people_file_open(path, ret_file);
}

void people_file_close(struct people_file *file)
{
	if (file) {
		sqlite3_close(file->db);
		free(file);
	}
}

/* ---- rows ---- */

/* Binds texts in their order; NULL ends them. */
static int prepare(struct people_file *file, const char *sql, const char *const *texts,
	sqlite3_stmt **ret_statement)
{
	int code = sqlite3_prepare_v2(file->db, sql, -1, ret_statement, NULL);
	for (int i = 0; code == SQLITE_OK && texts[i]; i++) {
		code = sqlite3_bind_text(*ret_statement, i + 1, texts[i], -1, SQLITE_STATIC);
	}
	return fault_of(code);
}

static int run(struct people_file *file, const char *sql, const char *const *texts)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(file, sql, texts, &statement);
	return r == 0 ? fault_of(sqlite3_step(statement)) : r;
}

int people_file_put(struct people_file *file, const struct people_row *row)
{
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(file,
		"INSERT OR REPLACE INTO people (digest, site, technician, contact, delegates, "
		"salt) "
		"VALUES (?, ?, ?, ?, ?, ?)",
		(const char *const[]){row->digest, row->site, row->people.technician,
			row->people.contact, row->people.delegates, NULL},
		&statement);
	if (r == 0) {
		r = fault_of(sqlite3_bind_blob(
			statement, 6, row->salt.bytes, sizeof(row->salt.bytes), SQLITE_STATIC));
	}
	return r == 0 ? fault_of(sqlite3_step(statement)) : r;
}

int people_file_drop(struct people_file *file, const char *digest)
{
	return run(
		file, "DELETE FROM people WHERE digest = ?", (const char *const[]){digest, NULL});
}

int people_file_keep(struct people_file *file, const char *site, const char *digest)
{
	return run(file, "DELETE FROM people WHERE site = ? AND digest <> ?",
		(const char *const[]){site, digest, NULL});
}

static bool take_text(sqlite3_stmt *statement, int column, char *to, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(statement, column);
	return text && text_copy(to, size, text);
}

static int take_row(sqlite3_stmt *statement, struct people_row *ret)
{
	memset(ret, 0, sizeof(*ret));
	bool whole =
		take_text(statement, 0, ret->digest, sizeof(ret->digest)) &&
		take_text(statement, 1, ret->site, sizeof(ret->site)) &&
		take_text(statement, 2, ret->people.technician, sizeof(ret->people.technician)) &&
		take_text(statement, 3, ret->people.contact, sizeof(ret->people.contact)) &&
		take_text(statement, 4, ret->people.delegates, sizeof(ret->people.delegates)) &&
		sqlite3_column_bytes(statement, 5) == (int)sizeof(ret->salt.bytes);
	if (whole) {
		memcpy(ret->salt.bytes, sqlite3_column_blob(statement, 5), sizeof(ret->salt.bytes));
	}
	return whole ? 0 : -EBADMSG;
}

int people_file_each(struct people_file *file,
	int (*visit)(void *user, const struct people_row *row), void *user)
{
	static const char *const none[] = {NULL};
	struct people_row row;
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(file,
		"SELECT digest, site, technician, contact, delegates, salt FROM people ORDER BY "
		"site",
		none, &statement);
	int code = SQLITE_DONE;
	while (r == 0 && (code = sqlite3_step(statement)) == SQLITE_ROW) {
		r = take_row(statement, &row);
		r = r == 0 ? visit(user, &row) : r;
	}
	memory_wipe(&row, sizeof(row));
	return r == 0 ? fault_of(code) : r;
}

/* ---- erased ---- */

int people_file_forget(struct people_file *file, struct stamp wall)
{
	char sql[160];
	snprintf(sql, sizeof(sql),
		"BEGIN IMMEDIATE; DELETE FROM people; DELETE FROM forgotten; "
		"INSERT INTO forgotten (wall) VALUES (%lld); COMMIT; VACUUM;",
		(long long)wall.ms);
	int r = execute(file, sql);
	if (r != 0 && !sqlite3_get_autocommit(file->db)) {
		execute(file, "ROLLBACK");
	}
	return r;
}

int people_file_is_empty(struct people_file *file, bool *ret_empty)
{
	static const char *const none[] = {NULL};
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(file, "SELECT 1 FROM people LIMIT 1", none, &statement);
	int code = r == 0 ? sqlite3_step(statement) : SQLITE_DONE;
	*ret_empty = code == SQLITE_DONE;
	return r == 0 ? fault_of(code) : r;
}

int people_file_forgotten(struct people_file *file, bool *ret_forgotten, struct stamp *ret_wall)
{
	static const char *const none[] = {NULL};
	cleanup(sqlite3_finalize) sqlite3_stmt *statement = NULL;
	int r = prepare(file, "SELECT wall FROM forgotten", none, &statement);
	int code = r == 0 ? sqlite3_step(statement) : SQLITE_DONE;
	if (r != 0 || fault_of(code) != 0) {
		return r != 0 ? r : fault_of(code);
	}
	*ret_forgotten = code == SQLITE_ROW;
	if (*ret_forgotten) {
		ret_wall->ms = sqlite3_column_int64(statement, 0);
	}
	return 0;
}

/* ---- copied ---- */

int people_file_copy(const char *from, const char *to)
{
	struct people_file *source = NULL, *target = NULL;
	int r = people_file_read(from, &source);
	if (r != 0) {
		return r;
	}
	r = access(to, F_OK) == 0 ? -EEXIST : create_empty(to);
	r = r == 0 ? open_file(to, SQLITE_OPEN_READWRITE, &target) : r;
	if (r == 0) {
		sqlite3_backup *backup =
			sqlite3_backup_init(target->db, "main", source->db, "main");
		r = backup ? fault_of(sqlite3_backup_step(backup, BACKUP_ALL)) : -EIO;
		int finished = fault_of(sqlite3_backup_finish(backup));
		r = r == 0 ? finished : r;
	}
	people_file_close(source);
	people_file_close(target);
	if (r != 0 && r != -EEXIST) {
		unlink(to);
	}
	return r;
}
