/*
 * A seat: the place of a site (or of the relay), which one instance holds and another may wait for.
 * One join file, one live instance; no two ever fight. Pure.
 *
 * The same instance returning replaces its old connection; another one waits as spare while the
 * first is connected, takes over when that goes, and may be promoted. A third is refused.
 */
#ifndef DIEMCAU_WS_SEAT_H
#define DIEMCAU_WS_SEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "domain_msg.h"

/* A connection by number; numbers are never used again. 0 is none. */
struct seat_place {
	uint64_t connection;
	char instance[INSTANCE_ID_SIZE];
};

/* All zeroes is a free seat. */
struct seat {
	struct seat_place holder;
	struct seat_place spare;
};

enum seat_arrival {
	SEAT_UNSET,
	SEAT_TAKEN, /* it was free */
	SEAT_RETURNED, /* the holder again: its old connection is displaced */
	SEAT_WAITS, /* as spare (again, perhaps: then its old connection is displaced) */
	SEAT_REFUSED, /* holder and spare are others */
};

enum seat_departure {
	SEAT_STAYS, /* the connection had no place here */
	SEAT_EMPTIED, /* nobody is left */
	SEAT_INHERITED, /* the spare holds it now */
	SEAT_SPARE_GONE, /* nobody waits any more */
};

/* Would it be refused? */
bool seat_is_full(const struct seat *seat, const char *instance);

/* *ret_displaced is the connection to be closed without a word, or 0. */
enum seat_arrival seat_arrive(
	struct seat *seat, const char *instance, uint64_t connection, uint64_t *ret_displaced);

enum seat_departure seat_leave(struct seat *seat, uint64_t connection);

/* The spare becomes holder; returns the connection of the former holder (0: there was no spare). */
uint64_t seat_promote(struct seat *seat);

#endif
