/*
 * Loaded before libc, makes the world of one program worse: while the file that READONLY_DISK names
 * exists, writing to a journal fails with EROFS; the wall clock (no other) is off by the seconds
 * that stand in the file that STEPPED_CLOCK names.
 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum { PATH_ROOM = 512, NUMBER_ROOM = 32 };

/* ---- disk ---- */

static int is_refused(int fd)
{
	const char *flag = getenv("READONLY_DISK");
	char name[PATH_ROOM], path[PATH_ROOM];
	if (!flag || access(flag, F_OK) != 0) {
		return 0;
	}
	snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
	ssize_t size = readlink(name, path, sizeof path - 1);
	path[size > 0 ? size : 0] = '\0';
	errno = EROFS;
	return strstr(path, ".sqlite") != NULL;
}

ssize_t write(int fd, const void *bytes, size_t size)
{
	ssize_t (*real)(int, const void *, size_t);
	*(void **)&real = dlsym(RTLD_NEXT, "write");
	return is_refused(fd) ? -1 : real(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
	ssize_t (*real)(int, const void *, size_t, off64_t);
	*(void **)&real = dlsym(RTLD_NEXT, "pwrite64");
	return is_refused(fd) ? -1 : real(fd, bytes, size, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
	return pwrite64(fd, bytes, size, at);
}

/* ---- clock ---- */

static time_t step(void)
{
	int (*real_open)(const char *, int, ...);
	*(void **)&real_open = dlsym(RTLD_NEXT, "open");
	const char *path = getenv("STEPPED_CLOCK");
	char text[NUMBER_ROOM] = "";
	int before = errno;
	int fd = path ? real_open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (fd >= 0) {
		ssize_t size = read(fd, text, sizeof text - 1);
		close(fd);
		text[size > 0 ? size : 0] = '\0';
	}
	errno = before;
	return (time_t)strtol(text, NULL, 10);
}

int clock_gettime(clockid_t id, struct timespec *time)
{
	int (*real)(clockid_t, struct timespec *);
	*(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
	int result = real(id, time);
	if (result == 0 && id == CLOCK_REALTIME) {
		time->tv_sec += step();
	}
	return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
	struct timespec now;
	(void)zone;
	clock_gettime(CLOCK_REALTIME, &now);
	*time = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
	return 0;
}

time_t time(time_t *where)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (where) {
		*where = now.tv_sec;
	}
	return now.tv_sec;
}
