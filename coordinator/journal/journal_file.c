#include "coordinator/journal/journal_file.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "coordinator/journal/journal.h"
#include "coordinator/journal/sqlite.h"

enum { PATH_SIZE = 4096 };

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
