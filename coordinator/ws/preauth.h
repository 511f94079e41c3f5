/*
 * Connections before hello, which are not authenticated: those with half a request or none, and
 * websockets without a hello. Pure: time is handed in.
 *
 * Many may wait while they are new: a whole country reconnects at once after a power cut. When more
 * than PREAUTH_ROOM wait, some of those older than PREAUTH_GRACE_SPAN_MS are evicted. Each origin
 * keeps its newest, as many as every other may keep. So a flood from one origin evicts no
 * connection of another, and within one origin (many sites may share an address) idle connections
 * go before new ones. A connection whose request is being answered stays.
 */
#ifndef DIEMCAU_COORDINATOR_WS_PREAUTH_H
#define DIEMCAU_COORDINATOR_WS_PREAUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bounds.h"
#include "units.h"

/* Owned by the caller; embedded in its data of a connection. */
struct preauth_connection {
	uint64_t origin; /* its host (network/netblock.h) */
	uint64_t number; /* newer ones have higher numbers */
	struct instant since;
	bool served; /* its request is being answered */
	size_t rank; /* within its origin, the newest first; good within preauth_evict */
	size_t index;
};

/* All zeroes is an empty one. */
struct preauth {
	struct preauth_connection *connections[PREAUTH_MAX]; /* in no order */
	size_t room, most; /* 0: PREAUTH_ROOM, PREAUTH_MAX; fewer where descriptors are few */
	size_t count;
	uint64_t last_number;
	uint64_t evicted; /* ever */
};

/* Whether even new connections are too many. */
bool preauth_is_full(const struct preauth *preauth);

/* False: it is full. */
bool preauth_add(struct preauth *preauth, struct preauth_connection *connection, uint64_t origin,
	struct instant now);
void preauth_remove(struct preauth *preauth, struct preauth_connection *connection);

/* Calls `evict` for each connection to close; preauth_remove follows when it is closed. */
void preauth_evict(struct preauth *preauth, struct instant now,
	void (*evict)(struct preauth_connection *connection));

#endif
