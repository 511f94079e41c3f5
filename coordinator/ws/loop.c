#include "coordinator/ws/loop.h"

#include <errno.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "coordinator/ws/ws_private.h"

enum { BEFORE_OTHERS = 1 }; /* priority: committed events are sent before more is received */

static void on_woken(struct ev_loop *ev, ev_io *woken, int events)
{
	struct ws *ws = woken->data;

	(void)ev;
	(void)events;
	eventfd_t count;
	eventfd_read(ws->loop.wake, &count);
	ws->port.woken(ws->user);
}

static void on_due(struct ev_loop *ev, ev_timer *due, int events)
{
	struct ws *ws = due->data;

	(void)ev;
	(void)events;
	ws->port.due(ws->user);
}

int loop_init(struct ws *ws)
{
	struct loop *loop = &ws->loop;

	loop->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (loop->wake < 0) {
		return -errno;
	}
	loop->ev = ev_loop_new(EVFLAG_NOENV | EVBACKEND_EPOLL);
	if (!loop->ev) {
		return -ENOMEM;
	}
	ev_io_init(&loop->woken, on_woken, loop->wake, EV_READ);
	ev_set_priority(&loop->woken, BEFORE_OTHERS);
	loop->woken.data = ws;
	ev_io_start(loop->ev, &loop->woken);
	ev_timer_init(&loop->due, on_due, 0, 0);
	loop->due.data = ws;
	return 0;
}

void loop_finish(struct loop *loop)
{
	if (loop->ev) {
		ev_loop_destroy(loop->ev);
	}
	if (loop->wake >= 0) {
		close(loop->wake);
	}
}

void loop_wake_library(struct ws *ws)
{
	lws_cancel_service(ws->context);
}

void ws_service(struct ws *ws)
{
	int how = ws->loop.no_wait ? EVRUN_NOWAIT : EVRUN_ONCE;

	ws->loop.no_wait = false;
	ev_run(ws->loop.ev, how);
}

void ws_service_again(struct ws *ws)
{
	ws->loop.no_wait = true;
}

void ws_wake(struct ws *ws)
{
	eventfd_write(ws->loop.wake, 1);
}

void ws_set_timer(struct ws *ws, int64_t ms)
{
	struct loop *loop = &ws->loop;

	ev_timer_stop(loop->ev, &loop->due);
	if (ms >= 0) {
		ev_now_update(loop->ev);
		ev_timer_set(&loop->due, (double)ms / 1000, 0);
		ev_timer_start(loop->ev, &loop->due);
	}
}
