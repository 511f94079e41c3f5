#define _GNU_SOURCE /* nftw */
#include "coordinator/installation/file_tree.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cleanup.h"
#include "coordinator/identity/atomic_file.h"
#include "proto/system/modes.h"
#include "text_copy.h"

enum { OPEN_FOLDERS = 8 };

DEFINE_CLEANUP(char *, free)

static int remove_entry(const char *path, const struct stat *facts, int type, struct FTW *where)
{
	(void)facts;
	(void)type;
	(void)where;
	return remove(path);
}

static int sync_entry(const char *path, const struct stat *facts, int type, struct FTW *where)
{
	(void)facts;
	(void)where;
	if (type != FTW_F && type != FTW_DP) {
		return 0;
	}
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return -1;
	}
	int r = fsync(fd);
	close(fd);
	return r;
}

static int give_entry(const char *path, const struct stat *facts, int type, struct FTW *where)
{
	(void)facts;
	(void)where;
	char folder[ATOMIC_FILE_PATH_MAX];
	if (type != FTW_F && type != FTW_D) {
		return 0;
	}
	TEXT_COPY(folder, path);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0) {
		return -1;
	}
	int r = modes_give_to_owner(fd, dirname(folder));
	close(fd);
	errno = -r;
	return r;
}

int file_tree_give_to_owner(const char *path)
{
	return nftw(path, give_entry, OPEN_FOLDERS, FTW_PHYS) == 0 ? 0 : -errno;
}

int file_tree_remove(const char *path)
{
	int r = nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS);
	return r == 0 || errno == ENOENT ? 0 : -errno;
}

int file_tree_sync(const char *path)
{
	return nftw(path, sync_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) == 0 ? 0 : -errno;
}

int file_tree_copy_file(const char *from, const char *to)
{
	char *bytes cleanup(free) = NULL;
	size_t size = 0;
	int r = atomic_file_read(from, &bytes, &size);
	return r == 0 ? atomic_file_replace(to, bytes, size) : r;
}
