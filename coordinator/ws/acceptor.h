/*
 * New connections: from our own listening sockets to the library. It binds and accepts by itself
 * too, but an IPv4 address as every address, and where no descriptor is left it asks again without
 * end.
 *
 * Descriptors are bounded, and guests get their part of them: three quarters, so that somebody who
 * opens connections and says nothing leaves room for sites, people and files. Where none is left
 * nobody is accepted for ACCEPTOR_PAUSE_S, and one line says so.
 */
#ifndef DIEMCAU_COORDINATOR_WS_ACCEPTOR_H
#define DIEMCAU_COORDINATOR_WS_ACCEPTOR_H

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>

#include "proto/network/listen_sockets.h"

struct ws;

enum {
	ACCEPTOR_PER_ROUND = 64, /* then those who are here get their turn */
	ACCEPTOR_PAUSE_S = 1,
	ACCEPTOR_DESCRIPTORS_RESERVED = 64, /* for the record, its snapshots, workers, libraries */
};

struct acceptor {
	struct listen_sockets sockets;
	ev_io watchers[LISTEN_SOCKETS_MAX];
	ev_timer accept_pause;
	size_t connections_max; /* what descriptors there are for them */
	size_t connections;
};

/* Takes the sockets over. */
void acceptor_init(struct ws *ws, const struct listen_sockets *sockets);
void acceptor_finish(struct ws *ws);

#endif
