/*
 * Whoever sends from an address that has proven nothing: how much is tried of what he sends. Pure.
 *
 * Each attempt to open a packet costs the relay about a microsecond, and anybody may send packets
 * in any site's name. Failures are counted by where they come from (an IPv4 address, an IPv6 /64)
 * and in whose name, scattered over RLY_STRANGERS places under a secret: of what has failed
 * RLY_STRANGER_FAILURES times in the present second nothing is tried again in it. Whoever succeeds
 * is charged nothing, and sites behind one address do not pay for each other.
 */
#ifndef DIEMCAU_RELAY_STRANGERS_H
#define DIEMCAU_RELAY_STRANGERS_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/relay/address.h"
#include "proto/media/challenge.h"

enum rly_stranger_limits {
	RLY_STRANGERS = 1024,
	RLY_STRANGER_FAILURES = 100 /* a second: with all places full, a tenth of a core */
};

struct rly_strangers {
	int64_t second;
	uint16_t failures[RLY_STRANGERS];
};

/* Where a sender is counted. */
uint32_t rly_strangers_place(const struct media_challenge *challenge,
	const struct rly_address *address, uint16_t site_number);

/* False: not in this second any more. Begin with all bytes zero. */
bool rly_strangers_allow(struct rly_strangers *strangers, uint32_t place, int64_t now_us);

void rly_strangers_fail(struct rly_strangers *strangers, uint32_t place);

#endif
