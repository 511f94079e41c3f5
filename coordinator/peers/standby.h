/*
 * Active and standby: the place of a site (or of the relay), which one instance holds and another
 * may wait for. One join file, one live instance; no two ever fight. Pure.
 *
 * The same instance returning replaces its old connection; another one waits as spare while the
 * first is connected, takes over when that goes, and may be promoted. A third is refused.
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

/* All zeroes: nobody is connected. */
struct standby {
	struct standby_place holder;
	struct standby_place spare;
};

enum standby_connect_result {
	STANDBY_UNSET,
	STANDBY_ACTIVE, /* it was free */
	STANDBY_RECONNECTED, /* the holder again: its old connection is displaced */
	STANDBY_WAITING, /* as spare (again, perhaps: then its old connection is displaced) */
	STANDBY_REFUSED, /* holder and spare are others */
};

enum standby_disconnect_result {
	STANDBY_UNCHANGED, /* the connection had no place here */
	STANDBY_EMPTY, /* nobody is left */
	STANDBY_TOOK_OVER, /* the spare holds it now */
	STANDBY_SPARE_LEFT, /* nobody waits any more */
};

/* Would it be refused? */
bool standby_is_full(const struct standby *standby, const char *instance);

/* *ret_displaced is the connection to be closed without a word, or 0. */
enum standby_connect_result standby_connect(struct standby *standby, const char *instance,
	uint64_t connection, uint64_t *ret_displaced);

enum standby_disconnect_result standby_disconnect(struct standby *standby, uint64_t connection);

/* The spare becomes holder; returns the connection of the former holder (0: there was no spare). */
uint64_t standby_promote(struct standby *standby);

#endif
