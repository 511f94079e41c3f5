/* A ring of sent packets, indexed by the low bits of the sequence number. */
#include "endpoint/media/ring.h"

#include <stdlib.h>
#include <string.h>

struct kept {
	uint16_t sequence;
	uint16_t size; /* 0: empty */
	uint8_t data[EP_RING_PACKET_MAX];
};

struct ep_ring {
	struct kept packets[EP_RING_PACKETS];
};

struct ep_ring *ep_ring_create(void)
{
	return calloc(1, sizeof(struct ep_ring));
}

void ep_ring_destroy(struct ep_ring *ring)
{
	free(ring);
}

void ep_ring_put(struct ep_ring *ring, uint16_t sequence, const uint8_t *data, size_t size)
{
	struct kept *kept = &ring->packets[sequence % EP_RING_PACKETS];
	kept->size = 0;
	if (size <= EP_RING_PACKET_MAX) {
		memcpy(kept->data, data, size);
		kept->sequence = sequence;
		kept->size = (uint16_t)size;
	}
}

const uint8_t *ep_ring_get(const struct ep_ring *ring, uint16_t sequence, size_t *ret_size)
{
	const struct kept *kept = &ring->packets[sequence % EP_RING_PACKETS];
	if (kept->size == 0 || kept->sequence != sequence) {
		return NULL;
	}
	*ret_size = kept->size;
	return kept->data;
}

void ep_ring_clear(struct ep_ring *ring)
{
	for (size_t i = 0; i < EP_RING_PACKETS; i++) {
		ring->packets[i].size = 0;
	}
}
