/*
 * The ciphertext of packets lately sent, so that a NACK is answered with the identical bytes:
 * protecting a packet twice under one key would be nonce reuse. Pure; one ring per uplink stream.
 */
#ifndef DIEMCAU_ENDPOINT_RING_H
#define DIEMCAU_ENDPOINT_RING_H

#include <stddef.h>
#include <stdint.h>

enum {
	EP_RING_PACKETS = 512, /* over 2 s of 720p at 1.5 Mbit/s; a power of two */
	EP_RING_PACKET_MAX = 1500,
};

struct ep_ring;

/* NULL where there is no memory. The caller's, for ep_ring_destroy, which takes NULL. */
struct ep_ring *ep_ring_create(void);
void ep_ring_destroy(struct ep_ring *ring);

/* Keep a packet under its sequence number; one larger than EP_RING_PACKET_MAX is not kept. */
void ep_ring_put(struct ep_ring *ring, uint16_t sequence, const uint8_t *data, size_t size);

/* The packet, borrowed until the next put; NULL where it has gone or never was. */
const uint8_t *ep_ring_get(const struct ep_ring *ring, uint16_t sequence, size_t *ret_size);

/* Forget everything (a new key). */
void ep_ring_clear(struct ep_ring *ring);

#endif
