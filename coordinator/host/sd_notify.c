#include "coordinator/host/sd_notify.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connect_to(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	size_t length = strlen(path);
	if ((path[0] != '/' && path[0] != '@') || length >= sizeof(address.sun_path)) {
		return -1;
	}
	memcpy(address.sun_path, path, length);
	if (path[0] == '@') {
		address.sun_path[0] = '\0'; /* a name of the abstract namespace */
	}
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length);
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, size) < 0) {
		close(fd);
		return -1;
	}
	return fd;
}

void notify_init(struct notify *notify)
{
	const char *path = getenv("NOTIFY_SOCKET");
	const char *watchdog = getenv("WATCHDOG_USEC");
	*notify = (struct notify){.socket = path ? connect_to(path) : -1};
	if (notify->socket >= 0 && watchdog) {
		notify->watchdog.ms = strtoll(watchdog, NULL, 10) / 1000 / 2;
	}
}

void notify_finish(struct notify *notify)
{
	if (notify->socket >= 0) {
		close(notify->socket);
	}
	notify->socket = -1;
}

static void say(struct notify *notify, const char *text)
{
	if (notify->socket >= 0) {
		/* Continue without a manager that does not listen. */
		(void)!send(notify->socket, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT);
	}
}

void notify_ready(struct notify *notify, const char *status)
{
	char text[256];
	snprintf(text, sizeof(text), "READY=1\nSTATUS=%s", status);
	say(notify, text);
}

void notify_stopping(struct notify *notify)
{
	say(notify, "STOPPING=1");
}

void notify_alive(struct notify *notify, struct instant now)
{
	if (notify->watchdog.ms > 0 &&
		span_between(notify->petted, now).ms >= notify->watchdog.ms) {
		notify->petted = now;
		say(notify, "WATCHDOG=1");
	}
}
