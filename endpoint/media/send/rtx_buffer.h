/*
 * The ciphertext of packets lately sent, so that a NACK is answered with the identical bytes:
 * protecting a packet twice under one key would be nonce reuse. Pure; one ring per uplink stream.
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

/* NULL where there is no memory. The caller's, for ep_rtx_buffer_destroy, which takes NULL. */
struct ep_rtx_buffer *ep_rtx_buffer_create(void);
void ep_rtx_buffer_destroy(struct ep_rtx_buffer *buffer);

/* Keep a packet under its sequence number; one larger than EP_RTX_BUFFER_PACKET_MAX is not kept. */
void ep_rtx_buffer_put(
	struct ep_rtx_buffer *buffer, uint16_t sequence, const uint8_t *data, size_t size);

/* The packet, borrowed until the next put; NULL where it has gone or never was. */
const uint8_t *ep_rtx_buffer_get(
	const struct ep_rtx_buffer *buffer, uint16_t sequence, size_t *ret_size);

/* Forget everything (a new key). */
void ep_rtx_buffer_clear(struct ep_rtx_buffer *buffer);

#endif
