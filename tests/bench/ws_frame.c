#include "tests/bench/ws_frame.h"

#include <string.h>

enum { FINAL = 0x80, MASKED = 0x80, SHORT_MAX = 125, TWO_BYTES = 126, EIGHT_BYTES = 127 };

static uint64_t big_endian(const uint8_t *bytes, size_t n)
{
	uint64_t value = 0;
	for (size_t i = 0; i < n; i++) {
		value = value << 8 | bytes[i];
	}
	return value;
}

static size_t put_size(size_t size, uint8_t *to)
{
	if (size <= SHORT_MAX) {
		to[0] = (uint8_t)(MASKED | size);
		return 1;
	}
	size_t n = size <= UINT16_MAX ? 2 : 8;
	to[0] = MASKED | (n == 2 ? TWO_BYTES : EIGHT_BYTES);
	for (size_t i = 0; i < n; i++) {
		to[1 + i] = (uint8_t)((uint64_t)size >> 8 * (n - 1 - i));
	}
	return 1 + n;
}

size_t ws_frame_header(enum ws_frame_opcode opcode, size_t size, uint8_t ret[WS_FRAME_HEADER_MAX])
{
	ret[0] = (uint8_t)(FINAL | opcode);
	size_t used = 1 + put_size(size, ret + 1);
	memset(ret + used, 0, 4);
	return used + 4;
}

size_t ws_frame_read(const uint8_t *bytes, size_t size, struct ws_frame *ret_frame)
{
	if (size < 2) {
		return 0;
	}
	size_t told = bytes[1] & 0x7f;
	size_t wide = told == TWO_BYTES ? 2 : told == EIGHT_BYTES ? 8 : 0;
	size_t header = 2 + wide;
	if (size < header) {
		return 0;
	}
	uint64_t payload = wide > 0 ? big_endian(bytes + 2, wide) : told;
	if (payload > size - header) {
		return 0;
	}
	*ret_frame = (struct ws_frame){
		.opcode = (enum ws_frame_opcode)(bytes[0] & 0x0f),
		.final = (bytes[0] & FINAL) != 0,
		.payload = bytes + header,
		.size = (size_t)payload,
	};
	return header + (size_t)payload;
}
