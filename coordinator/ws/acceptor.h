/*
 * New connections: from our own listening sockets to the library. The library can bind and accept
 * by itself, but it binds an IPv4 address as every address, and spins where no descriptor is left.
 *
 * Descriptors are bounded. Unauthenticated connections may use three quarters of them, so that a
 * flood of silent connections leaves room for sites, people and files. Where none is left,
 * accepting pauses for ACCEPTOR_PAUSE_S, and one log line says so.
 */
#ifndef DIEMCAU_COORDINATOR_WS_ACCEPTOR_H
#define DIEMCAU_COORDINATOR_WS_ACCEPTOR_H

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>

#include "proto/network/listen_sockets.h"

struct ws;

enum {
	ACCEPTOR_PER_ROUND = 64, /* then existing connections are served */
	ACCEPTOR_PAUSE_S = 1,
	ACCEPTOR_DESCRIPTORS_RESERVED = 64, /* for the journal, its readers, workers, libraries */
};

struct acceptor {
	struct listen_sockets sockets;
	ev_io watchers[LISTEN_SOCKETS_MAX];
	ev_timer accept_pause;
	size_t connections_max; /* descriptors available for them */
	size_t connections;
};

/* Takes the sockets over. */
void acceptor_init(struct ws *ws, const struct listen_sockets *sockets);
void acceptor_finish(struct ws *ws);

#endif
