/*
 * The mark in every picture and sound of a simulated site: site, source, frame number, and the
 * CRC-32 of the marked media. It is inside the encrypted payload, where a decoder would receive it:
 * in a picture as SEI user data (ITU-T H.264 D.1.7), in a sound as padding of an Opus packet of
 * code 3 (RFC 6716 section 3.2.5). Decoders skip both.
 *
 * The text is hexadecimal, so that it needs no emulation prevention.
 */
#ifndef DIEMCAU_ENDPOINT_FLEET_MEDIA_MARK_H
#define DIEMCAU_ENDPOINT_FLEET_MEDIA_MARK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MEDIA_MARK_TEXT = 22, /* site 4, source 2, frame 8, sum 8 digits */
	MEDIA_MARK_SEI =
		1 + 2 + 16 + MEDIA_MARK_TEXT + 1, /* NAL header, type and size, UUID, text, end */
	MEDIA_MARK_OPUS_MORE = 2 + 4 + MEDIA_MARK_TEXT, /* bytes a mark adds to an Opus packet */
};

struct media_mark {
	uint16_t site;
	uint8_t source; /* enum media_source */
	uint32_t frame;
	uint32_t sum;
};

/* CRC-32 (IEEE 802.3) continued over more bytes; begin with 0. */
uint32_t media_mark_sum(uint32_t sum, const uint8_t *bytes, size_t size);

void media_mark_write_sei(const struct media_mark *mark, uint8_t nal[MEDIA_MARK_SEI]);
/* False: not our SEI. */
bool media_mark_read_sei(const uint8_t *nal, size_t size, struct media_mark *ret_mark);

/*
 * Copies an Opus packet of one frame (code 0) with the mark as padding; `to` has room for size +
 * MEDIA_MARK_OPUS_MORE. Returns the new size; 0 for a packet of another code.
 */
size_t media_mark_write_opus(
	const struct media_mark *mark, const uint8_t *packet, size_t size, uint8_t *to);
/* Also the sum of the original packet. False: no mark. */
bool media_mark_read_opus(
	const uint8_t *packet, size_t size, struct media_mark *ret_mark, uint32_t *ret_sum);

#endif
