/* Ciphertext ring: see packet_ring.h. */
#include "coordinator/relay/packet_ring.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>

#include "proto/media/seq.h"

struct rly_packet_ring {
	bool started;
	int64_t newest;
	struct rly_ring_packet packets[RLY_RING_PACKETS];
};

int rly_packet_ring_create(struct rly_packet_ring **ret_ring)
{
	struct rly_packet_ring *ring = calloc(1, sizeof(*ring));
	if (!ring) {
		return -ENOMEM;
	}
	*ret_ring = ring;
	return 0;
}

void rly_packet_ring_destroy(struct rly_packet_ring *ring)
{
	free(ring);
}

static size_t index_of(int64_t sequence)
{
	return (size_t)((uint64_t)sequence % RLY_RING_PACKETS);
}

struct rly_ring_packet *rly_packet_ring_claim(struct rly_packet_ring *ring, int64_t sequence)
{
	if (ring->started && sequence <= ring->newest - RLY_RING_PACKETS) {
		return NULL;
	}
	struct rly_ring_packet *packet = &ring->packets[index_of(sequence)];
	if (packet->size > 0 && packet->sequence == sequence) {
		return NULL;
	}
	if (!ring->started || sequence > ring->newest) {
		ring->started = true;
		ring->newest = sequence;
	}
	packet->sequence = sequence;
	packet->size = 0;
	return packet;
}

const struct rly_ring_packet *rly_packet_ring_find(
	const struct rly_packet_ring *ring, uint16_t sequence)
{
	int64_t extended = seq_extend(ring->newest, sequence);
	const struct rly_ring_packet *packet = &ring->packets[index_of(extended)];
	return ring->started && packet->size > 0 && packet->sequence == extended ? packet : NULL;
}
