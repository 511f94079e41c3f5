/*
 * The ciphertext of recently sent packets, so that a NACK is answered with identical bytes:
 * protecting a packet twice under one key would reuse a nonce. Pure; one buffer per uplink stream.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_SEND_RTX_BUFFER_H
#define DIEMCAU_ENDPOINT_MEDIA_SEND_RTX_BUFFER_H

#include <stddef.h>
#include <stdint.h>

enum {
	EP_RTX_BUFFER_PACKETS = 512, /* over 2 s of 720p at 1.5 Mbit/s; a power of two */
	EP_RTX_BUFFER_PACKET_MAX = 1500,
};

struct ep_rtx_buffer;

/* NULL without memory. The caller calls ep_rtx_buffer_destroy, which takes NULL. */
struct ep_rtx_buffer *ep_rtx_buffer_create(void);
void ep_rtx_buffer_destroy(struct ep_rtx_buffer *buffer);

/*
 * Stores a packet by its sequence number; one larger than EP_RTX_BUFFER_PACKET_MAX is not stored.
 */
void ep_rtx_buffer_put(
	struct ep_rtx_buffer *buffer, uint16_t sequence, const uint8_t *data, size_t size);

/* The packet, borrowed until the next put; NULL if it is no longer or was never stored. */
const uint8_t *ep_rtx_buffer_get(
	const struct ep_rtx_buffer *buffer, uint16_t sequence, size_t *ret_size);

/* Drops all packets (a new key). */
void ep_rtx_buffer_clear(struct ep_rtx_buffer *buffer);

#endif
