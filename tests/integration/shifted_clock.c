/*
 * Loaded before libc: clocks are ahead by the milliseconds that a file holds, so that a test need
 * not wait for what takes a day, nor set the machine's clock wrong. The file SHIFTED_CLOCK names
 * shifts the clock that goes on through suspend, the file SHIFTED_WALL names the one on the wall.
 */
#define _GNU_SOURCE /* RTLD_NEXT */

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

static long long shift_ms(const char *name)
{
	const char *path = getenv(name);
	FILE *file = path ? fopen(path, "re") : NULL;
	long long ms = 0;
	if (file) {
		ms = fscanf(file, "%lld", &ms) == 1 ? ms : 0;
		fclose(file);
	}
	return ms;
}

int clock_gettime(clockid_t id, struct timespec *ret)
{
	int (*next)(clockid_t, struct timespec *);
	*(void **)&next = dlsym(RTLD_NEXT, "clock_gettime");
	int status = next(id, ret);
	if (status == 0 && id == CLOCK_BOOTTIME) {
		ret->tv_sec += shift_ms("SHIFTED_CLOCK") / 1000;
	} else if (status == 0 && id == CLOCK_REALTIME) {
		ret->tv_sec += shift_ms("SHIFTED_WALL") / 1000;
	}
	return status;
}

time_t time(time_t *ret)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (ret) {
		*ret = now.tv_sec;
	}
	return now.tv_sec;
}

int gettimeofday(struct timeval *ret, void *zone)
{
	struct timespec now;
	(void)zone;
	clock_gettime(CLOCK_REALTIME, &now);
	*ret = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
	return 0;
}
