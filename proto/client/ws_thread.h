/*
 * The transport under proto/client: one thread, one libwebsockets context, any number of channels.
 *
 * The service thread owns every socket, timer and buffer of libwebsockets. The program's thread
 * talks to it through one mutex: it queues bytes and wishes (cut, hold, close) and takes inbound
 * messages. A channel is connected again and again; each connection has a number, and what is sent
 * for a connection that is gone is refused instead of reaching the next one.
 *
 * Nothing here knows what a message is: that is ws_client.c.
 */
#ifndef DIEMCAU_PROTO_CLIENT_WS_THREAD_H
#define DIEMCAU_PROTO_CLIENT_WS_THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/client/server_url.h"
#include "proto/client/ws_client.h"

struct ws_thread;
struct channel;

enum inbound_kind {
	INBOUND_UNSET,
	INBOUND_OPENED, /* upgraded: say hello */
	INBOUND_TEXT,
	INBOUND_BINARY,
	INBOUND_CLOSED, /* reason; bytes hold a text */
	INBOUND_TICK, /* some seconds have passed while connected */
};

struct inbound {
	struct inbound *next;
	struct channel *channel;
	void *owner; /* as given to channel_open */
	uint64_t connection;
	enum inbound_kind kind;
	enum ws_client_reason reason;
	struct connect_failure verdict; /* of INBOUND_CLOSED; unset where it was open */
	size_t size;
	size_t capacity;
	uint8_t bytes[]; /* NUL beyond size */
};

enum {
	WS_THREAD_MESSAGE_MAX = 8 * 1024 * 1024, /* a snapshot of 8127 sites */
	WS_THREAD_TICK_MS = 5000, /* clocks drift 0.5 ms in this time (100 ppm) */
	WS_THREAD_FIRST_TICK_MS = 200,
};

/* As ws_client_hub_create. ws_thread_destroy stops the thread and frees every channel and inbound
 * message. */
int ws_thread_create(const char *ca, size_t links_max, struct ws_thread **ret_carrier);
void ws_thread_destroy(struct ws_thread *ws_thread);
/* An eventfd, readable while inbound messages wait. Owned by the ws_thread. */
int ws_thread_fd(const struct ws_thread *ws_thread);

/* The next inbound message or NULL; the caller frees it with free(). */
struct inbound *ws_thread_take(struct ws_thread *ws_thread);
/* Clears the descriptor before a round of ws_thread_take, or sets it after an unfinished one. */
void ws_thread_clear(struct ws_thread *ws_thread);
void ws_thread_signal(struct ws_thread *ws_thread);

/* Microseconds of the monotonic clock. */
int64_t ws_thread_now_us(void);

/* Addresses are copied. 0 or -ENOMEM; the channel is freed by channel_close or ws_thread_destroy.
 */
int channel_open(struct ws_thread *ws_thread, const struct server_url *addresses,
	size_t n_addresses, size_t outbox_max, void *owner, struct channel **ret_channel);
/* Nothing of it is delivered afterwards. */
void channel_close(struct channel *channel);

/* Copy bytes to the outbox. 0, WS_CLIENT_DOWN, WS_CLIENT_FULL, -ENOMEM. */
int channel_send(
	struct channel *channel, uint64_t connection, bool text, const void *bytes, size_t size);
/* The peer is content with this connection: forget earlier failures, lift the deadline. */
void channel_welcomed(struct channel *channel, uint64_t connection);
/* End this connection; the owner is told `reason` by a INBOUND_CLOSED. */
void channel_abort(struct channel *channel, uint64_t connection, enum ws_client_reason reason);
/* Held: it is cut, and not connected again until it is held no more. */
void channel_hold(struct channel *channel, bool held);

#endif
