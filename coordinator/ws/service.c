/*
 * One round of the loop. The library waits with poll(2), which looks at every connection each time:
 * with ten thousand quiet watchers that is a millisecond for each word of a site. So where there
 * are many patient ones, the library gets its round every PATIENCE_MS, and between two of them only
 * the prompt, whom the bell names, are served.
 */
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "coordinator/ws/inside.h"

enum {
	MANY = 256, /* patient connections from which poll(2) costs more than a second look */
	PATIENCE_MS = 25,
	STIR_MS =
		100, /* somebody who is coming needs several rounds, and others may come with him */
	EVENTS_MAX = 64,
	WITHOUT_WAITING = -1, /* of lws_service: one round of what there is to do */
};

static bool is_time_for_all(const struct ws *ws, lws_usec_t now)
{
	return ws->sending.n_patient < MANY || now >= ws->due_at ||
	       now - ws->served >= PATIENCE_MS * LWS_US_PER_MS ||
	       now - ws->stirred < STIR_MS * LWS_US_PER_MS;
}

/* How long the bell may be waited for. */
static int patience_ms(const struct ws *ws, lws_usec_t now)
{
	lws_usec_t end = ws->served + PATIENCE_MS * LWS_US_PER_MS;
	end = ws->due_at < end ? ws->due_at : end;
	return ws->sending.hurry ? 0 : (int)((end - now + LWS_US_PER_MS - 1) / LWS_US_PER_MS);
}

static void serve_one(struct ws *ws, int fd)
{
	struct lws_pollfd ready = {.fd = fd, .events = POLLIN, .revents = POLLIN};
	if (fd == ws->sending.wake) {
		eventfd_t count;
		eventfd_read(fd, &count);
		atomic_store(&ws->woken, false);
		ws->port.woken(ws->user);
	} else {
		lws_service_fd(ws->context, &ready);
	}
}

/* False: the library has to have its round. */
static bool serve_prompt(struct ws *ws)
{
	struct epoll_event events[EVENTS_MAX];
	lws_usec_t now = lws_now_usecs();
	if (is_time_for_all(ws, now)) {
		return false;
	}
	int n = epoll_wait(ws->sending.bell, events, EVENTS_MAX, patience_ms(ws, now));
	for (int i = 0; i < n; i++) {
		serve_one(ws, events[i].data.fd);
	}
	/* Nobody has bytes waiting inside of the library, beyond what the bell knows of. */
	bool hurry = ws->sending.hurry;
	return (n > 0 || hurry) && lws_service_adjust_timeout(ws->context, 1, 0) != 0;
}

/* Of a wake the library tells by a way of its own: without this the bell would ring for ever, and
   no watcher be served. What came since then rings again. */
static void hush(struct ws *ws)
{
	eventfd_t count;
	eventfd_read(ws->sending.wake, &count);
	if (atomic_load(&ws->woken)) {
		eventfd_write(ws->sending.wake, 1);
	}
}

int ws_service(struct ws *ws)
{
	bool served = serve_prompt(ws);
	bool hurry = ws->sending.hurry;
	ws->sending.hurry = false;
	if (served) {
		return 0;
	}
	int status = lws_service(ws->context, hurry ? WITHOUT_WAITING : 0);
	hush(ws);
	ws->served = lws_now_usecs();
	return status;
}

void ws_wake(struct ws *ws)
{
	atomic_store(&ws->woken, true);
	eventfd_write(ws->sending.wake, 1);
	lws_cancel_service(ws->context);
}

void ws_come_round(struct ws *ws)
{
	ws->sending.hurry = true;
}
