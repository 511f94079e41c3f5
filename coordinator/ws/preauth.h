/*
 * Connections before hello: they have not yet said who they are. Whoever sends half a
 * request, or none, or opens a websocket without a hello waits here. Pure: time is handed in.
 *
 * Many may wait, as long as they are new: a whole country comes at once after a power cut. When
 * more than GUESTS_ROOM wait, those who have waited for GUEST_GRACE_SPAN_MS make room. Who, is
 * decided by where they come from: each origin keeps its newest, as many as every other may keep.
 * So a crowd from elsewhere costs nobody his place, and within one origin (many sites may stand
 * behind one address) those who only wait go before those who have just come. Whoever waits for us
 * stays.
 */
#ifndef DIEMCAU_COORDINATOR_WS_PREAUTH_H
#define DIEMCAU_COORDINATOR_WS_PREAUTH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bounds.h"
#include "units.h"

/* The owner's; embedded in whatever it keeps of a connection. */
struct preauth_connection {
	uint64_t origin; /* its host (network/netblock.h) */
	uint64_t number; /* newer ones have higher numbers */
	struct instant came;
	bool served; /* it is we who are slow */
	size_t rank; /* within its origin, the newest first; good within preauth_evict */
	size_t index;
};

/* All zeroes is an empty one. */
struct preauth {
	struct preauth_connection *connections[GUESTS_MAX]; /* in no order */
	size_t room, most; /* 0: GUESTS_ROOM, GUESTS_MAX; fewer where descriptors are few */
	size_t count;
	uint64_t last_number;
	uint64_t evicted; /* ever */
};

/* Are even the new ones too many? */
bool preauth_is_full(const struct preauth *preauth);

/* False: it is full. */
bool preauth_add(struct preauth *preauth, struct preauth_connection *connection, uint64_t origin,
	struct instant now);
void preauth_remove(struct preauth *preauth, struct preauth_connection *connection);

/* Calls `evict` for each who has to go; he leaves when his connection is gone. */
void preauth_evict(struct preauth *preauth, struct instant now,
	void (*evict)(struct preauth_connection *connection));

#endif
