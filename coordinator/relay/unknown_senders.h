/*
 * Whoever sends from an address that has proven nothing: how much is tried of what he sends. Pure.
 *
 * Each attempt to open a packet costs the relay some microseconds, and anybody may send packets in
 * any site's name. Failures are counted by where they come from (an IPv4 address, an IPv6 /64) and
 * in whose name, scattered over RLY_UNKNOWN_BUCKETS places under a secret: where
 * RLY_UNKNOWN_FAILURES_MAX have failed in the present second it is a loud one. All loud places
 * share RLY_UNKNOWN_FLOOD_RATE attempts a second, evenly over it: the site itself may send from
 * there, since others can be behind the same address, or write it. Others do not pay for them.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_UNKNOWN_SENDERS_H
#define DIEMCAU_COORDINATOR_RELAY_UNKNOWN_SENDERS_H

#include <stdbool.h>
#include <stdint.h>

#include "coordinator/relay/rate_limiter.h"
#include "coordinator/relay/socket_address.h"
#include "proto/media/path_challenge.h"

enum rly_unknown_sender_limits {
	RLY_UNKNOWN_BUCKETS = 1024,
	RLY_UNKNOWN_FAILURES_MAX = 100, /* a second: with all places full, a third of a core */
	RLY_UNKNOWN_FLOOD_RATE = 10000, /* a second: a thirtieth of a core */
	RLY_UNKNOWN_FLOOD_BURST = 100
};

struct rly_unknown_senders {
	int64_t second;
	struct rly_token_bucket flooding;
	uint16_t failures[RLY_UNKNOWN_BUCKETS];
};

/* Where a sender is counted. */
uint32_t rly_unknown_senders_bucket(const struct media_challenge *challenge,
	const struct rly_address *address, uint16_t site_number);

/* False: not now. Begin with all bytes zero. */
bool rly_unknown_senders_allow(
	struct rly_unknown_senders *unknown_senders, uint32_t place, int64_t now_us);

void rly_unknown_senders_fail(struct rly_unknown_senders *unknown_senders, uint32_t place);

#endif
