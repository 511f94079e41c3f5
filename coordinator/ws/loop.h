/*
 * The event loop under the library: libev's, with epoll. A round costs what has come, not what is
 * connected: with the library's own loop, poll(2), ten thousand quiet watchers cost milliseconds
 * whenever a site says a word (docs/decisions/013).
 *
 * The library looks at its timers only after something came on a connection, or on one of them. So
 * what is due to the millisecond is a timer of the loop's, and whoever gives the library a timeout
 * from outside of its callbacks nudges it (loop_wake_library).
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
/* After the library's context is gone. */
void loop_finish(struct loop *loop);
/* Have the library look at its timers in the next round. */
void loop_wake_library(struct ws *ws);

#endif
