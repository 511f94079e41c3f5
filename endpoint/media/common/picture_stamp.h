/*
 * The stamp of a test picture: two rows of black and white blocks across the top of the frame.
 *
 * They encode the site and source that drew the frame and the time, with a checksum, so that a
 * receiver can identify decoded pictures. Blocks are a 28th of the width, which survives H.264 at
 * low rates and scaling down to about 112 pixels. 56 bits, most significant first: site number 13,
 * source 3, clock 24, CRC-16/CCITT-FALSE of the five bytes before it.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_COMMON_PICTURE_STAMP_H
#define DIEMCAU_ENDPOINT_MEDIA_COMMON_PICTURE_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	EP_STAMP_COLUMNS = 28,
	EP_STAMP_ROWS = 2,
	EP_STAMP_CLOCK_MASK = 0xFFFFFF, /* the clock wraps every 4.6 hours */
	EP_STAMP_CONTRAST_MIN = 48, /* luma between white and black; with less there is no stamp */
};

struct ep_stamp {
	uint16_t site; /* number of the site, 1..8127 */
	uint8_t source; /* 0 camera, 2 content: as in the SSRC layout */
	uint32_t clock; /* Unix milliseconds of the frame, modulo 2^24 */
};

/* A luma plane, borrowed. Sizes in pixels, stride in bytes. */
struct ep_luma {
	uint8_t *pixels;
	size_t stride;
	unsigned width;
	unsigned height;
};

/* Height of the two rows together, in pixels of a frame of this height. */
unsigned ep_stamp_height(unsigned frame_height);

/* Draws the stamp into the top of the plane. A plane under 28 pixels wide is not changed. */
void ep_stamp_write(const struct ep_stamp *stamp, const struct ep_luma *luma);

/* Reads a stamp; false if there is none (too small, no contrast, wrong checksum). */
bool ep_stamp_read(const struct ep_luma *luma, struct ep_stamp *ret_stamp);

#endif
