#include "coordinator/installation/scratch_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "coordinator/installation/file_tree.h"

static const char name_format[] = "/tmp/diemcau-%s-%s";

static bool is_same(int fd, const char *path)
{
	struct stat open_one, named;
	return fstat(fd, &open_one) == 0 && lstat(path, &named) == 0 &&
	       open_one.st_ino == named.st_ino && open_one.st_dev == named.st_dev;
}

static bool is_mine(int fd)
{
	struct stat of;
	return fstat(fd, &of) == 0 && of.st_uid == geteuid();
}

/* Locked, and still there: a negative errno if somebody else holds it, or has removed it. */
static int hold(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	if (is_mine(fd) && flock(fd, LOCK_EX | LOCK_NB) == 0 && is_same(fd, path)) {
		return fd;
	}
	close(fd);
	return -EBUSY;
}

static void remove_left_over(const char *path)
{
	int fd = hold(path);
	if (fd >= 0) {
		file_tree_remove(path);
		close(fd);
	}
}

static void sweep(const char *purpose)
{
	char pattern[SCRATCH_PATH_SIZE];
	glob_t found = {0};
	snprintf(pattern, sizeof(pattern), name_format, purpose, "*");
	if (glob(pattern, GLOB_NOSORT, NULL, &found) == 0) {
		for (size_t i = 0; i < found.gl_pathc; i++) {
			remove_left_over(found.gl_pathv[i]);
		}
	}
	globfree(&found);
}

static int make_one(const char *purpose, struct scratch_folder *ret)
{
	snprintf(ret->path, sizeof(ret->path), name_format, purpose, "XXXXXX");
	int r = mkdtemp(ret->path) ? hold(ret->path) : -errno;
	if (r < 0) {
		ret->path[0] = '\0';
		return r;
	}
	ret->lock = r;
	return 0;
}

int scratch_folder_make(const char *purpose, struct scratch_folder *ret)
{
	enum { TRIES = 8 }; /* another's sweep may take it before it is locked */
	int r = -EBUSY;
	sweep(purpose);
	for (int i = 0; i < TRIES && (r == -EBUSY || r == -ENOENT); i++) {
		r = make_one(purpose, ret);
	}
	return r;
}

int scratch_folder_remove(struct scratch_folder *scratch)
{
	if (!scratch->path[0]) {
		return 0;
	}
	int r = file_tree_remove(scratch->path);
	scratch->path[0] = '\0';
	close(scratch->lock);
	scratch->lock = -1;
	return r;
}
