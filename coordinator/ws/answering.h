/*
 * An answer on its way out, and the end of its connection (docs/decisions/015).
 *
 * One request, one answer, one connection. When the request has been read, the library is told to
 * hear no more of this connection, and has nothing more to do with it but to close it: the bytes go
 * out here. Then our half is closed, what the client still says is read and dropped (to hang up
 * upon unread bytes would destroy the answer on its way to it), and with its closing, or after
 * ANSWERING_LINGER_S, it is over.
 */
#ifndef DIEMCAU_WS_ANSWERING_H
#define DIEMCAU_WS_ANSWERING_H

#include <ev.h>
#include <libwebsockets.h>
#include <stdbool.h>
#include <stddef.h>

#include "coordinator/ws/payload.h"

enum {
	ANSWERING_STALL_S = 20, /* a reader that takes nothing for so long has gone */
	ANSWERING_LINGER_S = 1,
};

/* The owner's: made by answering_init, good until answering_finish. */
struct answering {
	struct lws *wsi;
	struct ev_loop *ev;
	ev_io writable, readable;
	ev_timer patience;
	char *head;
	size_t head_size;
	struct payload *body; /* may be NULL; a reference of its own */
	size_t sent; /* of head and body together */
};

void answering_init(struct answering *answering, struct lws *wsi, struct ev_loop *ev);
void answering_finish(struct answering *answering);

/* The library hears no more of this connection. */
void answering_deafen(struct lws *wsi);

/* Head is copied, a reference to the body taken. Ends with the connection. */
void answering_begin(
	struct answering *answering, const char *head, size_t head_size, struct payload *body);

/* A few bytes that the socket takes at once, or never. */
void answering_say(struct lws *wsi, const char *text, size_t size);

/* No more will come from us. */
void answering_shut(struct lws *wsi);

#endif
