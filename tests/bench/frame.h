/*
 * Websocket frames as a client sees them (RFC 6455 section 5): text out, anything in. Pure.
 */
#ifndef DIEMCAU_BENCH_FRAME_H
#define DIEMCAU_BENCH_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FRAME_HEADER_MAX = 14 };

enum frame_opcode {
	FRAME_CONTINUATION = 0,
	FRAME_TEXT = 1,
	FRAME_BINARY = 2,
	FRAME_CLOSE = 8,
	FRAME_PING = 9,
	FRAME_PONG = 10,
};

struct frame {
	enum frame_opcode opcode;
	bool final;
	const uint8_t *payload; /* within the bytes read */
	size_t size;
};

/*
 * The header of a whole masked frame. The masking key is zero, so the payload follows as it is.
 * Returns its size.
 */
size_t frame_header(enum frame_opcode opcode, size_t size, uint8_t ret[FRAME_HEADER_MAX]);

/* Read one frame of a server. The bytes it takes, 0 while it is incomplete. */
size_t frame_read(const uint8_t *bytes, size_t size, struct frame *ret_frame);

#endif
