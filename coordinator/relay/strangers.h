/*
 * Whoever sends from an address that has proven nothing: how much is tried of what he sends. Pure.
 *
 * Each attempt to open a packet costs the relay some microseconds, and anybody may send packets in
 * any site's name. Failures are counted by where they come from (an IPv4 address, an IPv6 /64) and
 * in whose name, scattered over RLY_STRANGERS places under a secret: where RLY_STRANGER_FAILURES
 * have failed in the present second it is a loud one. All loud places share RLY_STRANGER_LOUD
 * attempts a second, evenly over it: the site itself may send from there, since strangers can be
 * behind the same address, or write it. Others do not pay for them.
 */
#ifndef DIEMCAU_RELAY_STRANGERS_H
#define DIEMCAU_RELAY_STRANGERS_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/relay/address.h"
#include "coordinator/relay/throttle.h"
#include "proto/media/challenge.h"

enum rly_stranger_limits {
	RLY_STRANGERS = 1024,
	RLY_STRANGER_FAILURES = 100, /* a second: with all places full, a third of a core */
	RLY_STRANGER_LOUD = 10000, /* a second: a thirtieth of a core */
	RLY_STRANGER_LOUD_BURST = 100
};

struct rly_strangers {
	int64_t second;
	struct rly_budget loud;
	uint16_t failures[RLY_STRANGERS];
};

/* Where a sender is counted. */
uint32_t rly_strangers_place(const struct media_challenge *challenge,
	const struct rly_address *address, uint16_t site_number);

/* False: not now. Begin with all bytes zero. */
bool rly_strangers_allow(struct rly_strangers *strangers, uint32_t place, int64_t now_us);

void rly_strangers_fail(struct rly_strangers *strangers, uint32_t place);

#endif
