/*
 * The event loop under the library: libev's, with epoll. A round costs by its events, not by the
 * number of connections: with the library's own loop, poll(2), ten thousand quiet viewers cost
 * milliseconds for each message of a site (docs/decisions/013).
 *
 * The library checks its timers only after an event on a connection or a timer. So timers that need
 * milliseconds are the loop's, and code that sets a timeout of the library outside its callbacks
 * calls loop_wake_library.
 */
#ifndef DIEMCAU_COORDINATOR_WS_LOOP_H
#define DIEMCAU_COORDINATOR_WS_LOOP_H

#include <ev.h>
#include <stdbool.h>

struct ws;

struct loop {
	struct ev_loop *ev;
	ev_io woken;
	ev_timer due;
	int wake; /* an eventfd; -1: none */
	bool no_wait; /* the next round does not wait */
};

/* 0, or a negative errno. On any result loop_finish. */
int loop_init(struct ws *ws);
/* After the library's context is destroyed. */
void loop_finish(struct loop *loop);
/* Have the library check its timers in the next round. */
void loop_wake_library(struct ws *ws);

#endif
