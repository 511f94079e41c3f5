#include "coordinator/engine/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t read_ms(clockid_t id)
{
	struct timespec time = {0};
	clock_gettime(id, &time);
	return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static int read_boot_id(char boot_id[JOURNAL_BOOT_ID_SIZE])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	ssize_t got = read(fd, boot_id, JOURNAL_BOOT_ID_SIZE - 1);
	close(fd);
	if (got <= 0) {
		return -EIO;
	}
	boot_id[got] = '\0';
	boot_id[strcspn(boot_id, "\n")] = '\0';
	return 0;
}

static void read_clocks(struct clock_reading *reading)
{
	reading->boottime_ms = read_ms(CLOCK_BOOTTIME);
	reading->wall.ms = read_ms(CLOCK_REALTIME);
}

int clock_read(struct clock_reading *ret)
{
	memset(ret, 0, sizeof(*ret));
	read_clocks(ret);
	return read_boot_id(ret->boot_id);
}

static void set_anchor(struct clock *clock, const struct clock_reading *reading, struct instant at)
{
	memset(clock, 0, sizeof(*clock));
	memcpy(clock->anchor.boot_id, reading->boot_id, sizeof(clock->anchor.boot_id));
	clock->anchor.boottime_ms = reading->boottime_ms;
	clock->anchor.at = at;
	clock->anchor.wall = reading->wall;
	clock->latest = at;
}

void clock_begin(struct clock *clock, const struct clock_reading *reading)
{
	set_anchor(clock, reading, (struct instant){0});
}

struct clock_resumption clock_resume(struct clock *clock, const struct clock_reading *reading,
	const struct journal_anchor *anchor, struct now last)
{
	bool same_boot = strcmp(reading->boot_id, anchor->boot_id) == 0;
	struct instant at =
		same_boot ? instant_after(anchor->at,
				    (struct span){reading->boottime_ms - anchor->boottime_ms})
			  : instant_after(last.at, (struct span){reading->wall.ms - last.wall.ms});
	if (!instant_reached(last.at, at)) {
		at = last.at;
	}
	set_anchor(clock, reading, at);
	return (struct clock_resumption){
		.source = same_boot ? CLOCK_SOURCE_MONOTONIC : CLOCK_SOURCE_WALL_CLOCK,
		.gap = span_between(last.at, at),
	};
}

struct now clock_at(struct clock *clock, const struct clock_reading *reading)
{
	struct span since = {reading->boottime_ms - clock->anchor.boottime_ms};
	struct instant at = instant_after(clock->anchor.at, since);
	if (instant_reached(clock->latest, at)) {
		clock->latest = at;
	}
	return (struct now){.at = clock->latest, .wall = reading->wall};
}

struct now clock_now(struct clock *clock)
{
	struct clock_reading reading;
	read_clocks(&reading);
	return clock_at(clock, &reading);
}
