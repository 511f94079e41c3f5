/*
 * Websocket frames as a client sees them (RFC 6455 section 5): text out, anything in. Pure.
 */
#ifndef DIEMCAU_TESTS_BENCH_WS_FRAME_H
#define DIEMCAU_TESTS_BENCH_WS_FRAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WS_FRAME_HEADER_MAX = 14 };

enum ws_frame_opcode {
	WS_FRAME_CONTINUATION = 0,
	WS_FRAME_TEXT = 1,
	WS_FRAME_BINARY = 2,
	WS_FRAME_CLOSE = 8,
	WS_FRAME_PING = 9,
	WS_FRAME_PONG = 10,
};

struct ws_frame {
	enum ws_frame_opcode opcode;
	bool final;
	const uint8_t *payload; /* within the bytes read */
	size_t size;
};

/*
 * The header of a whole masked frame. The masking key is zero, so the payload follows as it is.
 * Returns its size.
 */
size_t ws_frame_header(enum ws_frame_opcode opcode, size_t size, uint8_t ret[WS_FRAME_HEADER_MAX]);

/* Read one frame of a server. The bytes it takes, 0 while it is incomplete. */
size_t ws_frame_read(const uint8_t *bytes, size_t size, struct ws_frame *ret_frame);

#endif
