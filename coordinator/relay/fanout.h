/*
 * Fan-out: the same bytes to many receivers. This file describes what is sent; udp.h sends it.
 *
 * A GSO batch is a run of consecutive packets that one UDP_SEGMENT call can carry: all of one size
 * except the last, which may be shorter; at most RLY_GSO_PACKETS and 64 KB.
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
	RLY_GSO_BYTES = 65000, /* a UDP datagram holds 65507 before segmentation */
	RLY_PENDING_MAX = 256, /* packets of a slot that wait to be sent */
	RLY_COALESCE_US = 3000, /* measured: 2-5 ms give most of the gain */
	RLY_PACE_US = 1000, /* between two batches of one slot: spreads a key frame out */
	RLY_PACE_PACKETS = 24
};

struct rly_receiver {
	struct rly_address address;
	bool no_gso; /* its path refused segmented sending: send packet by packet */
};

struct rly_gso_batch {
	const struct iovec *packets;
	size_t n_packets;
	uint16_t segment; /* size of every packet except the last, which may be shorter */
};

/* The interface the relay sends through. */
struct rly_egress {
	void *user;
	/* Returns the number of packets sent, copies included. May set no_gso of a receiver. */
	size_t (*fan)(void *user, const struct rly_gso_batch *batch,
		struct rly_receiver *const *receivers, size_t n_receivers);
	/* One datagram to one address; true if it was sent. */
	bool (*send)(void *user, const struct rly_address *to, const void *data, size_t size);
};

/* The number of leading packets, of n, that form one batch. At least one where n > 0. */
size_t rly_gso_batch_length(const struct iovec *packets, size_t n);

#endif
