/*
 * The mark in every picture and sound of a simulated site: who sent it, from which source, the
 * how-manieth, and the CRC-32 of the media it is put into. It travels inside the encrypted payload
 * as a decoder would get it: in a picture as SEI user data (ITU-T H.264 D.1.7), in a sound as
 * padding of an Opus packet of code 3 (RFC 6716 section 3.2.5). Decoders skip both.
 *
 * The text is hexadecimal, so that it needs no emulation prevention.
 */
#ifndef DIEMCAU_FLEET_STAMP_H
#define DIEMCAU_FLEET_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	STAMP_TEXT = 22, /* site 4, source 2, frame 8, sum 8 digits */
	STAMP_SEI = 1 + 2 + 16 + STAMP_TEXT + 1, /* NAL header, type and size, UUID, text, end */
	STAMP_SOUND_MORE = 2 + 4 + STAMP_TEXT, /* what a stamp adds to an Opus packet */
};

struct frame_mark {
	uint16_t site;
	uint8_t source; /* enum media_source */
	uint32_t frame;
	uint32_t sum;
};

/* CRC-32 (IEEE 802.3) continued over more bytes; begin with 0. */
uint32_t stamp_sum(uint32_t sum, const uint8_t *bytes, size_t size);

void stamp_write_sei(const struct frame_mark *mark, uint8_t nal[STAMP_SEI]);
/* False: no SEI of ours. */
bool stamp_read_sei(const uint8_t *nal, size_t size, struct frame_mark *ret_mark);

/*
 * Copy an Opus packet of one frame (code 0) with the mark as padding; `to` has room for size +
 * STAMP_SOUND_MORE. Returns the new size; 0 for a packet of another code.
 */
size_t stamp_write_sound(
	const struct frame_mark *mark, const uint8_t *packet, size_t size, uint8_t *to);
/* Also the sum of the packet as it was before. False: none of ours. */
bool stamp_read_sound(
	const uint8_t *packet, size_t size, struct frame_mark *ret_mark, uint32_t *ret_sum);

#endif
