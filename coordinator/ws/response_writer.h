/*
 * Sending an answer, and closing its connection (docs/decisions/015).
 *
 * One request, one answer, one connection. When the request has been read, the library stops
 * reading from the connection and only closes it later: this file writes the bytes. Then our
 * direction is closed, further input is read and dropped (closing with unread bytes resets the
 * connection before the answer arrives), and the connection ends when the client closes, or after
 * RESPONSE_LINGER_S.
 */
#ifndef DIEMCAU_COORDINATOR_WS_RESPONSE_WRITER_H
#define DIEMCAU_COORDINATOR_WS_RESPONSE_WRITER_H

#include <ev.h>
#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>

#include "coordinator/ws/http.h"
#include "coordinator/ws/shared_buf.h"

enum {
	RESPONSE_STALL_S = 20, /* a reader that takes nothing for so long is closed */
	RESPONSE_LINGER_S = 1,
};

/* Embedded: valid from response_writer_init to response_writer_finish. */
struct response_writer {
	struct lws *wsi;
	struct ev_loop *ev;
	ev_io writable, readable;
	ev_timer timeout;
	char *head;
	size_t head_size;
	struct shared_buf *body; /* may be NULL; its own reference */
	size_t sent; /* of head and body together */
	struct http_source *source; /* of the pieces behind it; NULL: there are none */
	uint64_t left; /* bytes that it is still to give */
};

void response_writer_init(
	struct response_writer *response_writer, struct lws *wsi, struct ev_loop *ev);
void response_writer_finish(struct response_writer *response_writer);

/* The library stops reading from this connection. */
void response_writer_stop_reading(struct lws *wsi);

/* Head is copied, a reference to the body taken. Ends with the connection. */
void response_writer_begin(struct response_writer *response_writer, const char *head,
	size_t head_size, struct shared_buf *body);

/* After response_writer_begin without a body: it comes from here. Takes the source over. */
void response_writer_follow(
	struct response_writer *response_writer, struct http_source *source, uint64_t size);
/* The piece that the source was asked for; takes the reference over. NULL: it has none, and the
 * connection ends. */
void response_writer_feed(struct response_writer *response_writer, struct shared_buf *piece);

/* Writes a few bytes at once, or not at all. */
void response_writer_write_now(struct lws *wsi, const char *text, size_t size);

/* Closes our direction. */
void response_writer_shutdown(struct lws *wsi);

#endif
