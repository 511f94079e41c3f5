/*
 * The ciphertext of a stream's latest packets: what goes out, and what a NACK is answered from with
 * the identical bytes. Protecting a packet twice under one key would be nonce reuse.
 *
 * Places are by extended sequence number, so the 16 bits of a NACK find the packet of the right
 * epoch. Whoever protects in place claims one, writes and encrypts there, and sends from there;
 * whoever has the packet elsewhere puts it. Pure but for the memory.
 */
#ifndef DIEMCAU_PROTO_MEDIA_RTX_BUFFER_H
#define DIEMCAU_PROTO_MEDIA_RTX_BUFFER_H

#include <stddef.h>
#include <stdint.h>

enum { RTX_PACKET_MAX = 1496 }; /* more than RTP_PACKET_MAX; a record of whole 8 bytes */

struct rtx_packet {
	int64_t sequence; /* extended; meaningful where size is not 0 */
	uint16_t size; /* 0: empty */
	_Alignas(8) uint8_t data[RTX_PACKET_MAX];
};

struct rtx_buffer;

/*
 * A buffer of so many packets, a power of two. The caller's, for rtx_buffer_destroy, which takes
 * NULL. 0 or -ENOMEM.
 */
int rtx_buffer_create(size_t n_packets, struct rtx_buffer **ret_buffer);
void rtx_buffer_destroy(struct rtx_buffer *buffer);

/*
 * The empty place for a packet; whatever stood there is forgotten. NULL where the number is too
 * old to be held, or the packet is there already. Borrowed until n_packets have followed.
 */
struct rtx_packet *rtx_buffer_claim(struct rtx_buffer *buffer, int64_t sequence);

/*
 * Keep a copy of the packet that follows the newest one in sending order, by its 16 bits. One
 * larger than RTX_PACKET_MAX is not kept.
 */
void rtx_buffer_put(struct rtx_buffer *buffer, uint16_t sequence, const uint8_t *data, size_t size);

/* By the 16 bits of a NACK: the nearest to the newest. NULL where it is not held. */
const struct rtx_packet *rtx_buffer_find(const struct rtx_buffer *buffer, uint16_t sequence);

#endif
