/*
 * The websocket and HTTP server: one libwebsockets context, one thread, one loop.
 *
 * It moves bytes and reports them through struct ws_callbacks; their meaning is the caller's.
 * Everything happens on the thread that calls ws_service, but for ws_wake, which any thread may
 * call. Every function here may be called inside a callback.
 *
 * A connection is valid from `opened` until `closed` returns; an exchange (one HTTP request) has a
 * number, and answering one that has ended does nothing.
 */
#ifndef DIEMCAU_COORDINATOR_WS_WS_H
#define DIEMCAU_COORDINATOR_WS_WS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/ws/forwarded.h"
#include "coordinator/ws/http.h"
#include "coordinator/ws/outbox.h"
#include "coordinator/ws/shared_buf.h"
#include "domain_msg.h"
#include "proto/network/listen_sockets.h"

struct ws;
struct ws_connection;

enum {
	WS_TICK_MS = 250, /* period of the callback `tick` */
	WS_ADDRESS_SIZE = HTTP_ADDRESS_SIZE,
	WS_LOW_PRIORITY_PER_ROUND =
		32, /* low-priority connections served in one round: a quarter of a millisecond */
	WS_BYE_MS = 1000, /* time for sending a `bye` */
};

struct ws_upgrade {
	char address[WS_ADDRESS_SIZE];
	char session[TOKEN_SIZE]; /* from the cookie, "" without one */
};

struct ws_callbacks {
	/* The others get the result of `opened` as `peer`; NULL rejects the connection. */
	void *(*opened)(
		void *user, struct ws_connection *connection, const struct ws_upgrade *visitor);
	void (*closed)(void *user, void *peer);
	/* A message longer than ws_set_message_max allows is `oversized` instead. */
	void (*text)(void *user, void *peer, const char *text, size_t size);
	void (*frame)(void *user, void *peer, const uint8_t *bytes, size_t size);
	void (*oversized)(void *user, void *peer);
	/* It answered our ping, or accepts data again after the socket was full. */
	void (*lives)(void *user, void *peer);
	/* A request that passed http_vet; strings are valid during the call. Answer: ws_respond. */
	void (*request)(void *user, uint64_t exchange, const struct http_request *request);
	/* May this request bring a piece of a file? If not, it is passed on without, to be refused.
	 */
	bool (*admits)(void *user, const struct http_request *request);
	/* After ws_wake; when the timer of ws_set_timer is due; every WS_TICK_MS. */
	void (*woken)(void *user);
	void (*due)(void *user);
	void (*tick)(void *user);
	/* A line for the log, at most one a minute of each kind. */
	void (*warn)(void *user, const char *line);
};

struct ws_config {
	struct listen_sockets sockets; /* taken over, also on failure */
	/* PEM files, not copied. NULL: plain HTTP, for loopback only. */
	const char *certificate;
	const char *key;
	struct http_hosts hosts; /* strings are not copied */
	struct forwarded_proxies proxies;
	const char *mark; /* names the session's cookie, see http_cookie_name; not copied */
	const struct ws_callbacks *callbacks;
	void *user;
};

/* 0; -ENOMEM; -EIO where the library fails: the reason is given to `warn`. */
int ws_create(const struct ws_config *config, struct ws **ret_ws);
/*
 * The files of the certificate and its key have been replaced: connections from now on get the new
 * one. 0; -EIO: they cannot be used.
 */
int ws_renew_certificate(struct ws *ws);
/* Closes everything, calling `closed` for each. NULL is allowed. */
void ws_destroy(struct ws *ws);

/* Runs one round of the loop; waits for an event first. */
void ws_service(struct ws *ws);
/*
 * Sends queued messages, to at most WS_LOW_PRIORITY_PER_ROUND low-priority connections. Call it at
 * the end of every round; cheap where nothing is queued.
 */
void ws_flush(struct ws *ws);
/* The next ws_service does not wait. */
void ws_service_again(struct ws *ws);
/* Have `woken` called soon. Any thread. */
void ws_wake(struct ws *ws);
/* Have `due` called once after so many milliseconds; replaces the last arming. Negative: never. */
void ws_set_timer(struct ws *ws, int64_t ms);

struct ws_preauth_counts {
	size_t count;
	uint64_t evicted; /* total, to make room */
};
struct ws_preauth_counts ws_preauth_counts(const struct ws *ws);

/* How many more connections there is room for. */
size_t ws_connections_left(const struct ws *ws);
/* The longest message the peer may send from now on; at first 0. */
void ws_set_message_max(struct ws_connection *connection, size_t size);
/* The peer is authenticated: before, it may be evicted (preauth.h). */
void ws_set_authenticated(struct ws_connection *connection);
/* One of very many viewers: served after all others. */
void ws_set_low_priority(struct ws_connection *connection);
/* See outbox_push: 0, a refusal or -ENOMEM. */
int ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct shared_buf *payload);
void ws_ping(struct ws_connection *connection);
/* Drop what waits, send `bye` (may be NULL), close. */
void ws_close(struct ws_connection *connection, struct shared_buf *bye);
/* Close now, without `bye`. */
void ws_abort(struct ws_connection *connection);
size_t ws_waiting(const struct ws_connection *connection);
uint64_t ws_dropped(const struct ws_connection *connection);

/* Whether the client still waits for this answer. */
bool ws_exchange_is_open(const struct ws *ws, uint64_t exchange);
/* Takes answer->body and answer->source over. */
void ws_respond(struct ws *ws, uint64_t exchange, const struct http_response *answer);
/*
 * The next piece of an answer with a source, after its pull; takes the reference over. NULL: there
 * is none, and the connection ends.
 */
void ws_feed(struct ws *ws, uint64_t exchange, struct shared_buf *piece);

#endif
