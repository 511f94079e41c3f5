/*
 * The transport under proto/client: one thread, one libwebsockets context, any number of channels.
 *
 * The service thread owns every socket, timer and buffer of libwebsockets. The program's thread
 * uses one mutex to queue bytes and requests (abort, hold, close) and to take inbound messages. A
 * channel reconnects repeatedly; each connection has a number, and a message for a past connection
 * is refused instead of being sent on the next one.
 *
 * The meaning of messages is the part of ws_client.c.
 */
#ifndef DIEMCAU_PROTO_CLIENT_WS_THREAD_H
#define DIEMCAU_PROTO_CLIENT_WS_THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/client/ws_client.h"
#include "proto/network/server_url.h"

struct ws_thread;
struct channel;

enum inbound_kind {
	INBOUND_UNSET,
	INBOUND_OPENED, /* upgraded: send hello */
	INBOUND_TEXT,
	INBOUND_BINARY,
	INBOUND_CLOSED, /* reason; bytes hold a text */
	INBOUND_TICK, /* sent periodically while connected */
};

struct inbound {
	struct inbound *next;
	struct channel *channel;
	void *owner; /* as passed to channel_open */
	uint64_t connection;
	enum inbound_kind kind;
	enum ws_client_reason reason;
	struct connect_failure failure; /* with INBOUND_CLOSED; unset if the connection was open */
	size_t size;
	size_t capacity;
	uint8_t bytes[]; /* NUL after size bytes */
};

enum {
	WS_THREAD_MESSAGE_MAX = 8 * 1024 * 1024, /* a snapshot of 8127 sites */
	WS_THREAD_TICK_MS = 5000, /* clocks drift 0.5 ms in this time (100 ppm) */
	WS_THREAD_FIRST_TICK_MS = 200,
};

/*
 * As ws_client_hub_create. ws_thread_destroy stops the thread and frees every channel and inbound
 * message.
 */
int ws_thread_create(const char *ca, size_t links_max, struct ws_thread **ret_carrier);
void ws_thread_destroy(struct ws_thread *ws_thread);
/* An eventfd, readable while inbound messages wait. Owned by the ws_thread. */
int ws_thread_fd(const struct ws_thread *ws_thread);

/* The next inbound message or NULL; the caller releases it with free(). */
struct inbound *ws_thread_take(struct ws_thread *ws_thread);
/* Clears the descriptor before a round of ws_thread_take, or sets it after an unfinished one. */
void ws_thread_clear(struct ws_thread *ws_thread);
void ws_thread_signal(struct ws_thread *ws_thread);

/* Microseconds of the monotonic clock. */
int64_t ws_thread_now_us(void);

/* Addresses are copied. 0 or -ENOMEM; channel_close or ws_thread_destroy frees the channel. */
int channel_open(struct ws_thread *ws_thread, const struct server_url *addresses,
	size_t n_addresses, size_t outbox_max, void *owner, struct channel **ret_channel);
/* No message of the channel is delivered afterwards. */
void channel_close(struct channel *channel);

/* Copies bytes to the outbox. 0, WS_CLIENT_DOWN, WS_CLIENT_FULL, -ENOMEM. */
int channel_send(
	struct channel *channel, uint64_t connection, bool text, const void *bytes, size_t size);
/* The server has welcomed this connection: clears the failure count and the deadline. */
void channel_welcomed(struct channel *channel, uint64_t connection);
/* Ends this connection; the owner gets an INBOUND_CLOSED with `reason`. */
void channel_abort(struct channel *channel, uint64_t connection, enum ws_client_reason reason);
/* Held: disconnected, and not reconnected until released. */
void channel_hold(struct channel *channel, bool held);

#endif
