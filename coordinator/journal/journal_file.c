#include "coordinator/journal/journal_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "coordinator/journal/journal.h"
#include "coordinator/journal/sqlite.h"

enum {
	PATH_SIZE = 4096,
	OWNER_ONLY = 0600,
	COPY_PAGES = 256, /* between two, the coordinator may write */
};

DEFINE_CLEANUP(sqlite3 *, sqlite3_close)

/* A log that is left has bytes only where a reader kept it from being folded. */
static int drop_empty_log(const char *path)
{
	char log[PATH_SIZE], index[PATH_SIZE];
	snprintf(log, sizeof(log), "%s-wal", path);
	snprintf(index, sizeof(index), "%s-shm", path);
	struct stat facts;
	if (stat(log, &facts) == 0 && facts.st_size > 0) {
		return -EBUSY;
	}
	if (unlink(log) < 0 && errno != ENOENT) {
		return -errno;
	}
	return unlink(index) < 0 && errno != ENOENT ? -errno : 0;
}

static int fold_log(const char *path)
{
	sqlite3 *db cleanup(sqlite3_close) = NULL;
	int64_t tables;
	int r = sqlite_open(path, SQLITE_OPEN_READWRITE, &db);
	if (r == 0) { /* only a connection that has read knows that there is a log */
		r = sqlite_integer(db, "SELECT count(*) FROM sqlite_schema", &tables);
	}
	if (r == 0) {
		r = sqlite_fault(sqlite3_wal_checkpoint_v2(
			db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL));
	}
	return r;
}

int journal_file_complete(const char *path)
{
	int r = fold_log(path);
	return r == 0 ? drop_empty_log(path) : r;
}

static int copy_pages(sqlite3 *from, sqlite3 *to)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
	if (!backup) {
		return sqlite_fault(sqlite3_errcode(to));
	}
	int step;
	do {
		step = sqlite3_backup_step(backup, COPY_PAGES);
	} while (step == SQLITE_OK || step == SQLITE_BUSY || step == SQLITE_LOCKED);
	int finished = sqlite3_backup_finish(backup);
	return sqlite_fault(step == SQLITE_DONE ? finished : step);
}

/* One file, without a log beside it, until a coordinator opens it. */
static int copy_into(const char *from, const char *to)
{
	sqlite3 *source cleanup(sqlite3_close) = NULL;
	sqlite3 *copy cleanup(sqlite3_close) = NULL;
	int r = sqlite_open(from, SQLITE_OPEN_READWRITE, &source);
	if (r == 0) {
		r = sqlite_open(to, SQLITE_OPEN_READWRITE, &copy);
	}
	if (r == 0) {
		r = copy_pages(source, copy);
	}
	return r == 0 ? sqlite_execute(copy, "PRAGMA journal_mode=DELETE") : r;
}

static int check_pages(const char *path)
{
	sqlite3 *db cleanup(sqlite3_close) = NULL;
	int r = sqlite_open(path, SQLITE_OPEN_READWRITE, &db);
	int64_t sound = 0;
	if (r == 0) {
		r = sqlite_integer(
			db, "SELECT integrity_check = 'ok' FROM pragma_integrity_check(1)", &sound);
	}
	return r != 0 ? r : sound ? 0 : JOURNAL_DAMAGED;
}

/* A file without a byte is a sound database, of nothing. */
static int check_kind(const char *path)
{
	sqlite3 *db cleanup(sqlite3_close) = NULL;
	int64_t application = 0, tables = 0;
	int r = sqlite_open(path, SQLITE_OPEN_READWRITE, &db);
	if (r == 0) {
		r = sqlite_integer(db, "PRAGMA application_id", &application);
	}
	if (r == 0) {
		r = sqlite_integer(db, "SELECT count(*) FROM sqlite_schema", &tables);
	}
	if (r != 0) {
		return r;
	}
	return tables == 0                             ? JOURNAL_DAMAGED
	       : application != JOURNAL_APPLICATION_ID ? JOURNAL_FOREIGN
						       : 0;
}

int journal_file_check(const char *path)
{
	int r = check_pages(path);
	if (r == 0) {
		r = check_kind(path);
	}
	return r == -ENOENT && access(path, F_OK) == 0 ? -EACCES : r;
}

int journal_file_copy(const char *from, const char *to)
{
	int fd = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, OWNER_ONLY);
	if (fd < 0) {
		return -errno;
	}
	close(fd);
	int r = copy_into(from, to);
	if (r == 0) {
		r = journal_file_check(to);
	}
	if (r != 0) {
		unlink(to);
	}
	return r;
}
