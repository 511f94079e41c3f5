/*
 * An answer on its way out, and the end of its connection (docs/decisions/015).
 *
 * One request, one answer, one connection. When the request has been read, the library is told to
 * hear no more of this connection, and has nothing more to do with it but to close it: the bytes go
 * out here. Then our half is closed, what the client still says is read and dropped (to hang up
 * upon unread bytes would destroy the answer on its way to it), and with its closing, or after
 * RESPONSE_LINGER_S, it is over.
 */
#ifndef DIEMCAU_COORDINATOR_WS_RESPONSE_WRITER_H
#define DIEMCAU_COORDINATOR_WS_RESPONSE_WRITER_H

#include <ev.h>
#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>

#include "coordinator/ws/shared_buf.h"

enum {
	RESPONSE_STALL_S = 20, /* a reader that takes nothing for so long has gone */
	RESPONSE_LINGER_S = 1,
};

/* The owner's: made by response_writer_init, good until response_writer_finish. */
struct response_writer {
	struct lws *wsi;
	struct ev_loop *ev;
	ev_io writable, readable;
	ev_timer timeout;
	char *head;
	size_t head_size;
	struct shared_buf *body; /* may be NULL; a reference of its own */
	size_t sent; /* of head and body together */
};

void response_writer_init(
	struct response_writer *response_writer, struct lws *wsi, struct ev_loop *ev);
void response_writer_finish(struct response_writer *response_writer);

/* The library hears no more of this connection. */
void response_writer_stop_reading(struct lws *wsi);

/* Head is copied, a reference to the body taken. Ends with the connection. */
void response_writer_begin(struct response_writer *response_writer, const char *head,
	size_t head_size, struct shared_buf *body);

/* A few bytes that the socket takes at once, or never. */
void response_writer_write_now(struct lws *wsi, const char *text, size_t size);

/* No more will come from us. */
void response_writer_shutdown(struct lws *wsi);

#endif
