/*
 * The ciphertext of a slot's latest packets: the source of fan-out and of retransmission.
 *
 * A packet is written into its entry, encrypted there once, and sent and retransmitted from there:
 * the same bytes under the same nonce. Entries are indexed by extended sequence number, so the 16
 * bits of a NACK find the packet of the right epoch.
 */
#ifndef DIEMCAU_COORDINATOR_RELAY_PACKET_RING_H
#define DIEMCAU_COORDINATOR_RELAY_PACKET_RING_H

#include <stddef.h>
#include <stdint.h>

enum rly_ring_sizes {
	RLY_RING_PACKETS = 4096, /* 27 s of video at 1.5 Mbit/s, 80 s of voice */
	RLY_RING_PACKET_MAX = 1496
};

struct rly_ring_packet {
	int64_t sequence; /* extended; valid if size is not 0 */
	uint16_t size; /* 0: empty */
	_Alignas(8) uint8_t data[RLY_RING_PACKET_MAX];
};

struct rly_packet_ring;

/* The caller owns the ring and calls rly_packet_ring_destroy. -ENOMEM. */
int rly_packet_ring_create(struct rly_packet_ring **ret_ring);

/* Takes NULL. */
void rly_packet_ring_destroy(struct rly_packet_ring *ring);

/*
 * The empty entry for a packet; its former content is overwritten. NULL if the number is too old
 * for the ring, or the packet is there already. Borrowed until RLY_RING_PACKETS more have been
 * claimed.
 */
struct rly_ring_packet *rly_packet_ring_claim(struct rly_packet_ring *ring, int64_t sequence);

/* By the 16 bits of a NACK: the number nearest to the newest. NULL if it is not in the ring. */
const struct rly_ring_packet *rly_packet_ring_find(
	const struct rly_packet_ring *ring, uint16_t sequence);

#endif
