/*
 * Fan-out: the same bytes to many receivers. Here is only what is sent; udp.h sends it.
 *
 * A GSO batch is consecutive packets that one UDP_SEGMENT call can carry: all of one size but the
 * last, which may be shorter, no more than RLY_GSO_PACKETS and 64 KB.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_FANOUT_H
#define DIEMCAU_COORDINATOR_RELAY_FANOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/uio.h>

#include "coordinator/relay/socket_address.h"

enum rly_fanout_limits {
	RLY_GSO_PACKETS = 40,
	RLY_GSO_BYTES = 65000, /* a UDP datagram before it is cut holds 65507 */
	RLY_PENDING_MAX = 256, /* packets of a slot waiting to go out */
	RLY_COALESCE_US = 3000, /* measured: 2-5 ms take most of the gain */
	RLY_PACE_US = 1000, /* between two batches of one slot: a key frame is spread out */
	RLY_PACE_PACKETS = 24
};

struct rly_receiver {
	struct rly_address address;
	bool no_gso; /* its path refused segmented sending: packet by packet */
};

struct rly_gso_batch {
	const struct iovec *packets;
	size_t n_packets;
	uint16_t segment; /* size of all packets but perhaps the last */
};

/* The port the relay sends through. */
struct rly_egress {
	void *user;
	/* Returns how many packets went out, copies counted. May set a receiver's plain. */
	size_t (*fan)(void *user, const struct rly_gso_batch *batch,
		struct rly_receiver *const *receivers, size_t n_receivers);
	/* One datagram to one address; true where it went out. */
	bool (*send)(void *user, const struct rly_address *to, const void *data, size_t size);
};

/* How many of the n packets, from the first on, make one batch. At least one of n > 0. */
size_t rly_gso_batch_length(const struct iovec *packets, size_t n);

#endif
