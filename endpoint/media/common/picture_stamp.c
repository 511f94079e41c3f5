/* Writes and reads the blocks in a test picture. Pure: no clock, no GStreamer. */
#include "endpoint/media/common/picture_stamp.h"

#include <string.h>

enum {
	BYTES = EP_STAMP_COLUMNS * EP_STAMP_ROWS / 8,
	BODY = BYTES - 2,
	ROW_SHARE = 20, /* a row is a twentieth of the frame */
	BLACK = 16, /* video range, ITU-R BT.601 */
	WHITE = 235,
};

static uint16_t crc16(const uint8_t *bytes, size_t size)
{
	uint16_t crc = 0xFFFF;
	for (size_t i = 0; i < size; i++) {
		crc ^= (uint16_t)(bytes[i] << 8);
		for (int bit = 0; bit < 8; bit++) {
			crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1);
		}
	}
	return crc;
}

static unsigned row_height(unsigned frame_height)
{
	unsigned height = frame_height / ROW_SHARE;
	return height > 0 ? height : 1;
}

unsigned ep_stamp_height(unsigned frame_height)
{
	return row_height(frame_height) * EP_STAMP_ROWS;
}

static void pack(const struct ep_stamp *stamp, uint8_t *bytes)
{
	uint16_t head = (uint16_t)(stamp->site << 3 | (stamp->source & 7));
	bytes[0] = (uint8_t)(head >> 8);
	bytes[1] = (uint8_t)head;
	bytes[2] = (uint8_t)(stamp->clock >> 16);
	bytes[3] = (uint8_t)(stamp->clock >> 8);
	bytes[4] = (uint8_t)stamp->clock;
	uint16_t crc = crc16(bytes, BODY);
	bytes[5] = (uint8_t)(crc >> 8);
	bytes[6] = (uint8_t)crc;
}

static bool unpack(const uint8_t *bytes, struct ep_stamp *ret_stamp)
{
	if (crc16(bytes, BODY) != (uint16_t)(bytes[5] << 8 | bytes[6])) {
		return false;
	}
	uint16_t head = (uint16_t)(bytes[0] << 8 | bytes[1]);
	*ret_stamp = (struct ep_stamp){
		.site = head >> 3,
		.source = head & 7,
		.clock = (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 8 | bytes[4],
	};
	return ret_stamp->site != 0;
}

void ep_stamp_write(const struct ep_stamp *stamp, const struct ep_luma *luma)
{
	if (luma->width < EP_STAMP_COLUMNS || luma->height < EP_STAMP_ROWS) {
		return;
	}
	uint8_t bytes[BYTES];
	pack(stamp, bytes);
	for (unsigned y = 0; y < ep_stamp_height(luma->height); y++) {
		unsigned row = y / row_height(luma->height);
		for (unsigned column = 0; column < EP_STAMP_COLUMNS; column++) {
			unsigned bit = row * EP_STAMP_COLUMNS + column;
			unsigned from = column * luma->width / EP_STAMP_COLUMNS;
			unsigned to = (column + 1) * luma->width / EP_STAMP_COLUMNS;
			bool white = bytes[bit / 8] & 0x80 >> bit % 8;
			memset(luma->pixels + y * luma->stride + from, white ? WHITE : BLACK,
				to - from);
		}
	}
}

/* Mean of the middle third of a block, which blur and ringing do not reach. */
static unsigned block_mean(const struct ep_luma *luma, unsigned row, unsigned column)
{
	unsigned high = row_height(luma->height);
	unsigned wide = luma->width / EP_STAMP_COLUMNS;
	unsigned left = column * luma->width / EP_STAMP_COLUMNS + wide / 3;
	unsigned top = row * high + high / 3;
	unsigned columns = wide > 2 ? wide / 3 : 1;
	unsigned rows = high > 2 ? high / 3 : 1;
	unsigned sum = 0;
	for (unsigned y = top; y < top + rows; y++) {
		for (unsigned x = left; x < left + columns; x++) {
			sum += luma->pixels[y * luma->stride + x];
		}
	}
	return sum / (rows * columns);
}

bool ep_stamp_read(const struct ep_luma *luma, struct ep_stamp *ret_stamp)
{
	if (luma->width < 2 * EP_STAMP_COLUMNS || luma->height < EP_STAMP_ROWS * ROW_SHARE / 2) {
		return false;
	}
	unsigned means[EP_STAMP_COLUMNS * EP_STAMP_ROWS];
	unsigned low = 255;
	unsigned high = 0;
	for (unsigned bit = 0; bit < EP_STAMP_COLUMNS * EP_STAMP_ROWS; bit++) {
		means[bit] = block_mean(luma, bit / EP_STAMP_COLUMNS, bit % EP_STAMP_COLUMNS);
		low = means[bit] < low ? means[bit] : low;
		high = means[bit] > high ? means[bit] : high;
	}
	if (high - low < EP_STAMP_CONTRAST_MIN) {
		return false;
	}
	uint8_t bytes[BYTES] = {0};
	for (unsigned bit = 0; bit < EP_STAMP_COLUMNS * EP_STAMP_ROWS; bit++) {
		if (means[bit] * 2 > low + high) {
			bytes[bit / 8] |= (uint8_t)(0x80 >> bit % 8);
		}
	}
	return unpack(bytes, ret_stamp);
}
