/* Where this machine can be reached when it is bound to every address. */
#ifndef DIEMCAU_COORDINATOR_RELAY_INTERFACES_H
#define DIEMCAU_COORDINATOR_RELAY_INTERFACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/socket_address.h"

/* How likely it is that others reach an address, the likeliest first. */
enum rly_local_preference {
	RLY_ON_DEFAULT_ROUTE, /* on the interface that leads to everybody else */
	RLY_ON_NIC,
	RLY_ON_OTHER, /* tunnels, and what is not known */
	RLY_ON_BRIDGE, /* of virtual machines and containers: reached from this machine alone */
	RLY_ON_LINK_LOCAL, /* IPv4 without a server (RFC 3927) */
	RLY_ON_LOOPBACK,
};

enum { RLY_CANDIDATES_MAX = 64 };

struct rly_candidate {
	struct rly_address address;
	enum rly_local_preference preference;
};

/* By the driver's name, as ETHTOOL_GDRVINFO gives it ("" where it gives none), and its bus. Pure.
 */
enum rly_local_preference rly_local_preference_of(const char *driver, const char *bus);

/* The likeliest first; those alike stay in their order. Pure. */
void rly_candidates_sort(struct rly_candidate *candidates, size_t n);

/*
 * Writes up to capacity addresses of interfaces that are up, with the port of bound, the likeliest
 * to be reached first. Bound to 0.0.0.0 they are IPv4; bound to [::] they are of both families
 * where the system gives such a socket both. Where bound is one address, that one alone. Returns
 * how many there are, which may be more than capacity.
 */
size_t rly_reachable_addresses(
	const struct rly_address *bound, char (*ret_texts)[RLY_ADDRESS_TEXT + 1], size_t capacity);

#endif
