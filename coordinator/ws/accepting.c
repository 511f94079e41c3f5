#include "coordinator/ws/accepting.h"

#include <sys/resource.h>
#include <errno.h>
#include <unistd.h>

#include "coordinator/ws/inside.h"

static size_t count_descriptors(void)
{
	struct rlimit limit = {.rlim_cur = 1024};
	getrlimit(RLIMIT_NOFILE, &limit);
	size_t all = limit.rlim_cur == RLIM_INFINITY ? GUESTS_MAX * 4 : (size_t)limit.rlim_cur;
	return all > 2 * ACCEPTING_DESCRIPTORS_KEPT ? all - ACCEPTING_DESCRIPTORS_KEPT : all / 2;
}

static size_t least(size_t one, size_t other)
{
	return one < other ? one : other;
}

/* ---- rest ---- */

static void watch(struct ws *ws)
{
	for (size_t i = 0; i < ws->accepting.sockets.n; i++) {
		ev_io_start(ws->loop.ev, &ws->accepting.watchers[i]);
	}
}

static void look_away(struct ws *ws)
{
	for (size_t i = 0; i < ws->accepting.sockets.n; i++) {
		ev_io_stop(ws->loop.ev, &ws->accepting.watchers[i]);
	}
}

static void on_rested(struct ev_loop *ev, ev_timer *rest, int events)
{
	(void)ev;
	(void)events;
	watch(rest->data);
}

static void rest(struct ws *ws)
{
	struct accepting *accepting = &ws->accepting;
	look_away(ws);
	ev_now_update(ws->loop.ev);
	ev_timer_stop(ws->loop.ev, &accepting->rest);
	ev_timer_set(&accepting->rest, ACCEPTING_REST_S, 0);
	ev_timer_start(ws->loop.ev, &accepting->rest);
	ws_warn(ws, WS_WARN_DESCRIPTORS,
		"no descriptor is left for a new connection: raise LimitNOFILE (ulimit -n)");
}

/* ---- connections ---- */

/* The library closes what it does not take. */
static void take_in(struct ws *ws, int fd)
{
	if (door_is_open(ws) && ws->accepting.connections < ws->accepting.connections_max) {
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
	for (int i = 0; i < ACCEPTING_PER_ROUND; i++) {
		int fd = listening_accept(watcher->fd);
		if (fd == -EMFILE) {
			rest(ws);
			return;
		}
		if (fd < 0) {
			return;
		}
		take_in(ws, fd);
	}
}

void accepting_init(struct ws *ws, const struct listening *sockets)
{
	struct accepting *accepting = &ws->accepting;
	accepting->sockets = *sockets;
	accepting->connections_max = count_descriptors();
	ws->lobby.room = least(GUESTS_ROOM, accepting->connections_max / 2);
	ws->lobby.most = least(GUESTS_MAX, accepting->connections_max / 4 * 3);
	ev_timer_init(&accepting->rest, on_rested, 0, 0);
	accepting->rest.data = ws;
	for (size_t i = 0; i < sockets->n; i++) {
		ev_io_init(&accepting->watchers[i], on_connections, sockets->fds[i], EV_READ);
		accepting->watchers[i].data = ws;
	}
	watch(ws);
}

void accepting_finish(struct ws *ws)
{
	struct accepting *accepting = &ws->accepting;
	if (ws->loop.ev) {
		look_away(ws);
		ev_timer_stop(ws->loop.ev, &accepting->rest);
	}
	listening_close(&accepting->sockets);
}
