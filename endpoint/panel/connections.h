/*
 * The connections of the site page's server. Anybody on this machine may open some and say nothing:
 * there are PANEL_CONNECTIONS_MAX, and beyond them the oldest that is no open page makes room. The
 * page's own connections say at once what they want, and last as long as its answer.
 */
#ifndef DIEMCAU_ENDPOINT_PANEL_CONNECTIONS_H
#define DIEMCAU_ENDPOINT_PANEL_CONNECTIONS_H

#include <glib.h>
#include <libwebsockets.h>

#include "proto/network/listen_sockets.h"

enum {
	PANEL_CONNECTIONS_MAX = 32, /* some files and some open pages, several times over */
	PANEL_ACCEPT_PAUSE_MS = 1000, /* where no descriptor is left for a new one */
};

/* All zeroes has none. */
struct connections {
	struct lws_vhost *vhost; /* takes them */
	struct listen_sockets sockets;
	guint watches[LISTEN_SOCKETS_MAX];
	guint accept_pause;
	lws_dll2_owner_t transients; /* no open page, the oldest first */
	size_t count;
};

/* On loopback, port 0: any that is free. 0, or a negative errno. */
int connections_listen(struct connections *connections, uint16_t port);
/* From now on into this one, in the program's loop. */
void connections_serve(struct connections *connections, struct lws_vhost *vhost);
/* Before the library's context goes. */
void connections_finish(struct connections *connections);

/* What the library says of one: it is made, it has come, it is an open page, it has gone. */
void connections_created(struct connections *connections);
int connections_accepted(struct connections *connections, struct lws *wsi);
void connections_mark_open(struct lws *wsi);
void connections_closed(struct connections *connections, struct lws *wsi);

#endif
