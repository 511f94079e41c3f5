/*
 * Senders from unproven addresses: how many of their packets are authenticated. Pure.
 *
 * Each attempt to authenticate a packet costs the relay some microseconds, and anyone can send
 * packets that name any site. Failures are counted by source address (an IPv4 address, an IPv6 /64)
 * and named site, hashed into RLY_UNKNOWN_BUCKETS buckets under a secret. A bucket with
 * RLY_UNKNOWN_FAILURES_MAX failures in the present second is flooding. All flooding buckets share
 * RLY_UNKNOWN_FLOOD_RATE attempts a second, spread evenly over it: the site itself may send from
 * such an address, since others can be behind the same address, or spoof it. Other buckets are not
 * affected.
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
	RLY_UNKNOWN_FAILURES_MAX = 100, /* a second: with all buckets full, a third of a core */
	RLY_UNKNOWN_FLOOD_RATE = 10000, /* a second: a thirtieth of a core */
	RLY_UNKNOWN_FLOOD_BURST = 100
};

struct rly_unknown_senders {
	int64_t second;
	struct rly_token_bucket flooding;
	uint16_t failures[RLY_UNKNOWN_BUCKETS];
};

/* The bucket that counts a sender. */
uint32_t rly_unknown_senders_bucket(const struct media_challenge *challenge,
	const struct rly_address *address, uint16_t site_number);

/* True if the packet may be authenticated now. Begin with all bytes zero. */
bool rly_unknown_senders_allow(
	struct rly_unknown_senders *unknown_senders, uint32_t bucket, int64_t now_us);

void rly_unknown_senders_fail(struct rly_unknown_senders *unknown_senders, uint32_t bucket);

#endif
