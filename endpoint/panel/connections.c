#include "endpoint/panel/connections.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <unistd.h>

struct passer {
	lws_dll2_t place;
	struct lws *wsi;
};

static gboolean on_connection(gint fd, GIOCondition condition, gpointer data);

static void watch(struct connections *connections)
{
	for (size_t i = 0; i < connections->sockets.n; i++) {
		connections->watches[i] = g_unix_fd_add(
			connections->sockets.fds[i], G_IO_IN, on_connection, connections);
	}
}

static void look_away(struct connections *connections)
{
	for (size_t i = 0; i < connections->sockets.n; i++) {
		if (connections->watches[i] != 0) {
			g_source_remove(connections->watches[i]);
			connections->watches[i] = 0;
		}
	}
}

static gboolean on_rested(gpointer data)
{
	struct connections *connections = data;
	connections->rest = 0;
	watch(connections);
	return G_SOURCE_REMOVE;
}

static void make_room(struct connections *connections)
{
	while (connections->count >= PANEL_CONNECTIONS_MAX && connections->passing.head) {
		struct passer *oldest =
			lws_container_of(connections->passing.head, struct passer, place);
		lws_set_timeout(oldest->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_SYNC);
	}
}

static gboolean on_connection(gint listener, GIOCondition condition, gpointer data)
{
	struct connections *connections = data;
	(void)condition;
	int fd = listening_accept(listener);
	if (fd == -EMFILE) {
		look_away(connections);
		connections->rest = g_timeout_add(PANEL_REST_MS, on_rested, connections);
		return G_SOURCE_CONTINUE;
	}
	if (fd < 0) {
		return G_SOURCE_CONTINUE;
	}
	make_room(connections);
	if (connections->count < PANEL_CONNECTIONS_MAX) {
		lws_adopt_socket_vhost(connections->vhost, fd);
	} else {
		close(fd);
	}
	return G_SOURCE_CONTINUE;
}

int connections_listen(struct connections *connections, uint16_t port)
{
	const struct place here = {.host = "127.0.0.1", .port = port};
	char fault[LISTENING_FAULT_SIZE];
	return listening_open(&here, &connections->sockets, fault);
}

void connections_serve(struct connections *connections, struct lws_vhost *vhost)
{
	connections->vhost = vhost;
	watch(connections);
}

void connections_finish(struct connections *connections)
{
	look_away(connections);
	if (connections->rest != 0) {
		g_source_remove(connections->rest);
		connections->rest = 0;
	}
	listening_close(&connections->sockets);
}

void connections_made(struct connections *connections)
{
	connections->count++;
}

/* Not before: until then the library overwrites what it keeps for us. */
int connections_came(struct connections *connections, struct lws *wsi)
{
	struct passer *passer = calloc(1, sizeof(*passer));
	if (!passer) {
		return -1;
	}
	passer->wsi = wsi;
	lws_dll2_add_tail(&passer->place, &connections->passing);
	lws_set_opaque_user_data(wsi, passer);
	return 0;
}

void connections_stay(struct lws *wsi)
{
	struct passer *passer = lws_get_opaque_user_data(wsi);
	if (passer) {
		lws_dll2_remove(&passer->place);
		lws_set_opaque_user_data(wsi, NULL);
		free(passer);
	}
}

void connections_gone(struct connections *connections, struct lws *wsi)
{
	connections_stay(wsi);
	connections->count--;
}
