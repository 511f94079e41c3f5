/* The addresses this machine can be reached at when it is bound to every address. */
#ifndef DIEMCAU_COORDINATOR_RELAY_INTERFACES_H
#define DIEMCAU_COORDINATOR_RELAY_INTERFACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/socket_address.h"

/* How likely others can reach an address, the likeliest first. */
enum rly_local_preference {
	RLY_ON_DEFAULT_ROUTE, /* on the interface of the default route */
	RLY_ON_NIC,
	RLY_ON_OTHER, /* tunnels, and unknown kinds */
	RLY_ON_BRIDGE, /* of virtual machines and containers: reachable from this machine only */
	RLY_ON_LINK_LOCAL, /* IPv4 without a server (RFC 3927) */
	RLY_ON_LOOPBACK,
};

enum { RLY_CANDIDATES_MAX = 64 };

struct rly_candidate {
	struct rly_address address;
	enum rly_local_preference preference;
};

/* From the driver's name as ETHTOOL_GDRVINFO gives it ("" if it gives none) and its bus. Pure. */
enum rly_local_preference rly_local_preference_of(const char *driver, const char *bus);

/* Sorts the likeliest first; the sort is stable. Pure. */
void rly_candidates_sort(struct rly_candidate *candidates, size_t n);

/*
 * Writes up to capacity addresses of interfaces that are up, with the port of bound, the likeliest
 * to be reached first. Bound to 0.0.0.0, they are IPv4; bound to [::], they are of both families
 * where the system's sockets accept both. If bound is a single address, writes that address only.
 * Returns the number found, which may exceed capacity.
 */
size_t rly_reachable_addresses(
	const struct rly_address *bound, char (*ret_texts)[RLY_ADDRESS_TEXT + 1], size_t capacity);

#endif
