#include "faulty_disk.h"

#include <assert.h>
#include <sqlite3.h>
#include <stddef.h>
#include <time.h>

enum {
	KINDS_MAX = 4, /* of files: main, and those without locks such as the log */
};

struct faulty_disk faulty_disk;

/* The usual methods of one kind of file, and ours that stand before them. */
struct kind {
	sqlite3_io_methods methods;
	const sqlite3_io_methods *usual;
};

static sqlite3_vfs vfs;
static sqlite3_vfs *usual_vfs;
static struct kind kinds[KINDS_MAX];

static const sqlite3_io_methods *usual_of(const sqlite3_file *file)
{
	return ((const struct kind *)(const void *)file->pMethods)->usual;
}

static int faulty_write(sqlite3_file *file, const void *data, int n, sqlite3_int64 at)
{
	int result = atomic_load(&faulty_disk.write_result);
	return result ? result : usual_of(file)->xWrite(file, data, n, at);
}

static int faulty_sync(sqlite3_file *file, int flags)
{
	int stall = atomic_load(&faulty_disk.stall_ms);
	struct timespec span = {stall / 1000, (stall % 1000) * 1000000L};
	if (stall) {
		atomic_fetch_add(&faulty_disk.stalls, 1);
		nanosleep(&span, NULL);
	}
	atomic_fetch_add(&faulty_disk.syncs, 1);
	int result = atomic_load(&faulty_disk.sync_result);
	return result ? result : usual_of(file)->xSync(file, flags);
}

static const struct kind *kind_of(const sqlite3_io_methods *methods)
{
	for (size_t i = 0; i < KINDS_MAX; i++) {
		if (!kinds[i].usual) {
			kinds[i].usual = methods;
			kinds[i].methods = *methods;
			kinds[i].methods.xWrite = faulty_write;
			kinds[i].methods.xSync = faulty_sync;
		}
		if (kinds[i].usual == methods) {
			return &kinds[i];
		}
	}
	assert(!"more kinds of files than thought");
	return NULL;
}

static int faulty_open(
	sqlite3_vfs *self, const char *name, sqlite3_file *file, int flags, int *out_flags)
{
	(void)self;
	int result = usual_vfs->xOpen(usual_vfs, name, file, flags, out_flags);
	if (file->pMethods) {
		file->pMethods = &kind_of(file->pMethods)->methods;
	}
	return result;
}

void faulty_disk_install(void)
{
	usual_vfs = sqlite3_vfs_find(NULL);
	vfs = *usual_vfs;
	vfs.zName = "faulty";
	vfs.pNext = NULL;
	vfs.xOpen = faulty_open;
	sqlite3_vfs_register(&vfs, 1);
}
