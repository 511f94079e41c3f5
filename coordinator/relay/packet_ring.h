/*
 * The ciphertext of a slot's latest packets: what goes out, and what a NACK is answered from.
 *
 * A packet is written into its place, encrypted there once, sent from there to everybody, and sent
 * again from there: the same bytes under the same nonce. Places are by extended sequence number,
 * so a NACK's 16 bits find the packet of the right epoch.
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
	int64_t sequence; /* extended; meaningful where size is not 0 */
	uint16_t size; /* 0: empty */
	_Alignas(8) uint8_t data[RLY_RING_PACKET_MAX];
};

struct rly_packet_ring;

/* The ring is the caller's, for rly_packet_ring_destroy. -ENOMEM. */
int rly_packet_ring_create(struct rly_packet_ring **ret_ring);

/* Takes NULL. */
void rly_packet_ring_destroy(struct rly_packet_ring *ring);

/*
 * The empty place for a packet; whatever stood there is forgotten. NULL where the number is too
 * old to be kept, or the packet is there already. Borrowed until RLY_RING_PACKETS have followed.
 */
struct rly_ring_packet *rly_packet_ring_claim(struct rly_packet_ring *ring, int64_t sequence);

/* By the 16 bits of a NACK: the nearest to the newest. NULL where it is not held. */
const struct rly_ring_packet *rly_packet_ring_find(
	const struct rly_packet_ring *ring, uint16_t sequence);

#endif
