/*
 * Sending: what is said to a connection in one round of the loop leaves at its end (ws_flush), as
 * many messages in one write as fit: a write costs more than the bytes in it.
 *
 * Sites and those who direct come first, all of them. The patient (ws_be_patient), of whom there
 * may be thousands, are told after them, some in each round, between which others are heard.
 */
#ifndef DIEMCAU_WS_SENDING_H
#define DIEMCAU_WS_SENDING_H

#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/ws/outbox.h"

struct ws;
struct ws_connection;

enum {
	SENDING_HEADER_MAX = 10, /* of a frame to a client (RFC 6455 section 5.2) */
	SENDING_MAX = OUTBOX_FRAGMENT + SENDING_HEADER_MAX, /* one write */
};

struct sending {
	lws_dll2_owner_t prompt;
	lws_dll2_owner_t patient;
	uint8_t bytes[LWS_PRE + SENDING_MAX]; /* of one write */
};

/* Have what waits sent at the end of the round, or when the socket takes it. */
void sending_soon(struct ws_connection *connection);
void sending_forget(struct ws_connection *connection);
/* False: the connection is broken. */
bool sending_now(struct ws_connection *connection);
bool sending_waits(const struct ws_connection *connection);

#endif
