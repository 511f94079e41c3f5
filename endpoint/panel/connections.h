/*
 * The connections of the site page's server. Any process of this machine may open connections and
 * stay silent: there are PANEL_CONNECTIONS_MAX, and beyond them the oldest that is not an open page
 * is closed. The page's own connections send their request at once, and last as long as its answer.
 */
#ifndef DIEMCAU_ENDPOINT_PANEL_CONNECTIONS_H
#define DIEMCAU_ENDPOINT_PANEL_CONNECTIONS_H

#include <glib.h>
#include <libwebsockets.h>

#include "proto/network/listen_sockets.h"

enum {
	PANEL_CONNECTIONS_MAX = 32, /* some files and some open pages, several times over */
	PANEL_ACCEPT_PAUSE_MS = 1000, /* pause of accepting if no descriptor is left */
};

/* Begin with all bytes zero. */
struct connections {
	struct lws_vhost *vhost; /* accepts them */
	struct listen_sockets sockets;
	guint watches[LISTEN_SOCKETS_MAX];
	guint accept_pause;
	lws_dll2_owner_t transients; /* not an open page, the oldest first */
	size_t count;
};

/* On loopback; port 0: any free one. 0 or a negative errno. */
int connections_listen(struct connections *connections, uint16_t port);
/* Accepts connections into this vhost from now on, in the program's loop. */
void connections_serve(struct connections *connections, struct lws_vhost *vhost);
/* Call before destroying the library's context. */
void connections_finish(struct connections *connections);

/* Events of a connection from the library: created, accepted, an open page, closed. */
void connections_created(struct connections *connections);
int connections_accepted(struct connections *connections, struct lws *wsi);
void connections_mark_open(struct lws *wsi);
void connections_closed(struct connections *connections, struct lws *wsi);

#endif
