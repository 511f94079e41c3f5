/*
 * Sending: messages queued in one round of the loop are sent at its end (ws_flush), as many in one
 * write as fit: a write costs more than its bytes.
 *
 * Sites and staff are served first, all of them. Low-priority connections (ws_set_low_priority), of
 * which there may be thousands, are served after them, some in each round, so that others are read
 * in between.
 */
#ifndef DIEMCAU_COORDINATOR_WS_WS_WRITER_H
#define DIEMCAU_COORDINATOR_WS_WS_WRITER_H

#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/ws/outbox.h"

struct ws;
struct ws_connection;

enum {
	WS_WRITER_HEADER_MAX = 10, /* of a frame to a client (RFC 6455 section 5.2) */
	WS_WRITER_MAX = OUTBOX_FRAGMENT + WS_WRITER_HEADER_MAX, /* one write */
};

struct ws_writer {
	lws_dll2_owner_t normal;
	lws_dll2_owner_t low_priority;
	uint8_t bytes[LWS_PRE + WS_WRITER_MAX]; /* of one write */
};

/* Send queued messages at the end of the round, or when the socket is writable. */
void ws_writer_schedule(struct ws_connection *connection);
void ws_writer_cancel(struct ws_connection *connection);
/* False: the connection is broken. */
bool ws_writer_flush(struct ws_connection *connection);
bool ws_writer_is_pending(const struct ws_connection *connection);

#endif
