#include "coordinator/ws/acceptor.h"

#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "coordinator/ws/ws_private.h"

static size_t count_descriptors(void)
{
	struct rlimit limit = {.rlim_cur = 1024};
	getrlimit(RLIMIT_NOFILE, &limit);
	size_t all = limit.rlim_cur == RLIM_INFINITY ? PREAUTH_MAX * 4 : (size_t)limit.rlim_cur;
	return all > 2 * ACCEPTOR_DESCRIPTORS_RESERVED ? all - ACCEPTOR_DESCRIPTORS_RESERVED
						       : all / 2;
}

static size_t least(size_t one, size_t other)
{
	return one < other ? one : other;
}

/* ---- rest ---- */

static void watch(struct ws *ws)
{
	for (size_t i = 0; i < ws->acceptor.sockets.n; i++) {
		ev_io_start(ws->loop.ev, &ws->acceptor.watchers[i]);
	}
}

static void unwatch(struct ws *ws)
{
	for (size_t i = 0; i < ws->acceptor.sockets.n; i++) {
		ev_io_stop(ws->loop.ev, &ws->acceptor.watchers[i]);
	}
}

static void on_pause_over(struct ev_loop *ev, ev_timer *accept_pause, int events)
{
	(void)ev;
	(void)events;
	watch(accept_pause->data);
}

static void accept_pause(struct ws *ws)
{
	struct acceptor *acceptor = &ws->acceptor;
	unwatch(ws);
	ev_now_update(ws->loop.ev);
	ev_timer_stop(ws->loop.ev, &acceptor->accept_pause);
	ev_timer_set(&acceptor->accept_pause, ACCEPTOR_PAUSE_S, 0);
	ev_timer_start(ws->loop.ev, &acceptor->accept_pause);
	ws_warn(ws, WS_WARN_DESCRIPTORS,
		"no descriptor is left for a new connection: raise LimitNOFILE (ulimit -n)");
}

/* ---- connections ---- */

/* The library closes a socket that it does not adopt. */
static void adopt_socket(struct ws *ws, int fd)
{
	if (ws_preauth_has_room(ws) && ws->acceptor.connections < ws->acceptor.connections_max) {
		lws_adopt_socket_vhost(ws->vhost, fd);
	} else {
		close(fd);
	}
}

static void on_connections(struct ev_loop *ev, ev_io *watcher, int events)
{
	struct ws *ws = watcher->data;
	(void)ev;
	(void)events;
	for (int i = 0; i < ACCEPTOR_PER_ROUND; i++) {
		int fd = listen_sockets_accept(watcher->fd);
		if (fd == -EMFILE) {
			accept_pause(ws);
			return;
		}
		if (fd < 0) {
			return;
		}
		adopt_socket(ws, fd);
	}
}

void acceptor_init(struct ws *ws, const struct listen_sockets *sockets)
{
	struct acceptor *acceptor = &ws->acceptor;
	acceptor->sockets = *sockets;
	acceptor->connections_max = count_descriptors();
	ws->preauth.room = least(PREAUTH_ROOM, acceptor->connections_max / 2);
	ws->preauth.most = least(PREAUTH_MAX, acceptor->connections_max / 4 * 3);
	ev_timer_init(&acceptor->accept_pause, on_pause_over, 0, 0);
	acceptor->accept_pause.data = ws;
	for (size_t i = 0; i < sockets->n; i++) {
		ev_io_init(&acceptor->watchers[i], on_connections, sockets->fds[i], EV_READ);
		acceptor->watchers[i].data = ws;
	}
	watch(ws);
}

void acceptor_finish(struct ws *ws)
{
	struct acceptor *acceptor = &ws->acceptor;
	if (ws->loop.ev) {
		unwatch(ws);
		ev_timer_stop(ws->loop.ev, &acceptor->accept_pause);
	}
	listen_sockets_close(&acceptor->sockets);
}
