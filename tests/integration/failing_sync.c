/*
 * Loaded before libc: fsync and fdatasync fail with EIO while the file that FAILING_SYNC names
 * exists, and do not return while the one that STALLED_SYNC names does.
 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static int is_there(const char *variable)
{
	const char *path = getenv(variable);
	return path && access(path, F_OK) == 0;
}

static void stall(void)
{
	struct timespec once = {.tv_nsec = 10000000};
	while (is_there("STALLED_SYNC")) {
		nanosleep(&once, NULL);
	}
}

static int sync_by(const char *name, int fd)
{
	int (*next)(int);
	*(void **)&next = dlsym(RTLD_NEXT, name);
	stall();
	if (is_there("FAILING_SYNC")) {
		errno = EIO;
		return -1;
	}
	return next(fd);
}

int fsync(int fd)
{
	return sync_by("fsync", fd);
}

int fdatasync(int fd)
{
	return sync_by("fdatasync", fd);
}
