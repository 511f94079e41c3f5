/*
 * New connections: from our own listening sockets to the library. It binds and accepts by itself
 * too, but an IPv4 address as every address, and where no descriptor is left it asks again without
 * end.
 *
 * Descriptors are bounded, and guests get their part of them: three quarters, so that somebody who
 * opens connections and says nothing leaves room for sites, people and files. Where none is left
 * nobody is accepted for ACCEPTING_REST_S, and one line says so.
 */
#ifndef DIEMCAU_WS_ACCEPTING_H
#define DIEMCAU_WS_ACCEPTING_H

#include <ev.h>
#include <stdbool.h>
#include <stddef.h>

#include "proto/network/listening.h"

struct ws;

enum {
	ACCEPTING_PER_ROUND = 64, /* then those who are here get their turn */
	ACCEPTING_REST_S = 1,
	ACCEPTING_DESCRIPTORS_KEPT = 64, /* for the record, its snapshots, workers, libraries */
};

struct accepting {
	struct listening sockets;
	ev_io watchers[LISTENING_MAX];
	ev_timer rest;
	size_t connections_max; /* what descriptors there are for them */
	size_t connections;
};

/* Takes the sockets over. */
void accepting_init(struct ws *ws, const struct listening *sockets);
void accepting_finish(struct ws *ws);

#endif
