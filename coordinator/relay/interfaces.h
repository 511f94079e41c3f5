/* Where this machine can be reached when it is bound to every address. */
#ifndef DIEMCAU_RELAY_INTERFACES_H
#define DIEMCAU_RELAY_INTERFACES_H

#include <stddef.h>
#include <stdint.h>

#include "coordinator/relay/address.h"

/*
 * Writes up to capacity addresses of interfaces that are up, of the family of bound and with its
 * port, loopback last. Where bound is one address, that one alone. Returns how many.
 */
size_t rly_reachable_addresses(
	const struct rly_address *bound, char (*ret_texts)[RLY_ADDRESS_TEXT + 1], size_t capacity);

#endif
