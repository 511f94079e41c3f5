#include "endpoint/panel/connections.h"

#include <errno.h>
#include <glib-unix.h>
#include <stdlib.h>
#include <unistd.h>

struct transient {
	lws_dll2_t place;
	struct lws *wsi;
};

static gboolean on_connection(gint fd, GIOCondition condition, gpointer data);

static void start_accepting(struct connections *connections)
{
	for (size_t i = 0; i < connections->sockets.n; i++) {
		connections->watches[i] = g_unix_fd_add(
			connections->sockets.fds[i], G_IO_IN, on_connection, connections);
	}
}

static void stop_accepting(struct connections *connections)
{
	for (size_t i = 0; i < connections->sockets.n; i++) {
		if (connections->watches[i] != 0) {
			g_source_remove(connections->watches[i]);
			connections->watches[i] = 0;
		}
	}
}

static gboolean on_accept_pause_over(gpointer data)
{
	struct connections *connections = data;
	connections->accept_pause = 0;
	start_accepting(connections);
	return G_SOURCE_REMOVE;
}

static void make_room(struct connections *connections)
{
	while (connections->count >= PANEL_CONNECTIONS_MAX && connections->transients.head) {
		struct transient *oldest =
			lws_container_of(connections->transients.head, struct transient, place);
		lws_set_timeout(oldest->wsi, PENDING_TIMEOUT_CLOSE_SEND, LWS_TO_KILL_SYNC);
	}
}

static gboolean on_connection(gint listener, GIOCondition condition, gpointer data)
{
	struct connections *connections = data;
	(void)condition;
	int fd = listen_sockets_accept(listener);
	if (fd == -EMFILE) {
		stop_accepting(connections);
		connections->accept_pause =
			g_timeout_add(PANEL_ACCEPT_PAUSE_MS, on_accept_pause_over, connections);
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
	const struct bind_address here = {.host = "127.0.0.1", .port = port};
	char fault[LISTEN_FAULT_SIZE];
	return listen_sockets_open(&here, &connections->sockets, fault);
}

void connections_serve(struct connections *connections, struct lws_vhost *vhost)
{
	connections->vhost = vhost;
	start_accepting(connections);
}

void connections_finish(struct connections *connections)
{
	stop_accepting(connections);
	if (connections->accept_pause != 0) {
		g_source_remove(connections->accept_pause);
		connections->accept_pause = 0;
	}
	listen_sockets_close(&connections->sockets);
}

void connections_created(struct connections *connections)
{
	connections->count++;
}

/* Not earlier: until then the library overwrites the user pointer. */
int connections_accepted(struct connections *connections, struct lws *wsi)
{
	struct transient *transient = calloc(1, sizeof(*transient));
	if (!transient) {
		return -1;
	}
	transient->wsi = wsi;
	lws_dll2_add_tail(&transient->place, &connections->transients);
	lws_set_opaque_user_data(wsi, transient);
	return 0;
}

void connections_mark_open(struct lws *wsi)
{
	struct transient *transient = lws_get_opaque_user_data(wsi);
	if (transient) {
		lws_dll2_remove(&transient->place);
		lws_set_opaque_user_data(wsi, NULL);
		free(transient);
	}
}

void connections_closed(struct connections *connections, struct lws *wsi)
{
	connections_mark_open(wsi);
	connections->count--;
}
