/*
 * Active and standby: one instance of a site (or of the relay) is active and another may wait as
 * spare. One join file, one active instance. Pure.
 *
 * The same instance returning replaces its old connection; another one waits as spare while the
 * first is connected, takes over when it disconnects, and may be promoted. A third is refused.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_STANDBY_H
#define DIEMCAU_COORDINATOR_PEERS_STANDBY_H

#include <stdbool.h>
#include <stdint.h>

#include "domain_msg.h"

/* A connection by number; numbers are never used again. 0 is none. */
struct standby_place {
	uint64_t connection;
	char instance[INSTANCE_ID_SIZE];
};

/* All zeroes: none is connected. */
struct standby {
	struct standby_place holder;
	struct standby_place spare;
};

enum standby_connect_result {
	STANDBY_UNSET,
	STANDBY_ACTIVE, /* no other was active */
	STANDBY_RECONNECTED, /* the active instance again: its old connection is displaced */
	STANDBY_WAITING, /* as spare (again, perhaps: then its old connection is displaced) */
	STANDBY_REFUSED, /* active and spare are other instances */
};

enum standby_disconnect_result {
	STANDBY_UNCHANGED, /* the connection was neither active nor spare */
	STANDBY_EMPTY, /* none is left */
	STANDBY_TOOK_OVER, /* the spare is active now */
	STANDBY_SPARE_LEFT, /* no spare waits any more */
};

/* Whether it would be refused. */
bool standby_is_full(const struct standby *standby, const char *instance);

/* *ret_displaced is the connection to close without `bye`, or 0. */
enum standby_connect_result standby_connect(struct standby *standby, const char *instance,
	uint64_t connection, uint64_t *ret_displaced);

enum standby_disconnect_result standby_disconnect(struct standby *standby, uint64_t connection);

/* The spare becomes active; returns the connection of the former active one (0: no spare). */
uint64_t standby_promote(struct standby *standby);

#endif
