/*
 * The server's end of websocket and HTTP: one libwebsockets context, one thread, one loop.
 *
 * It moves bytes and tells the program of them through struct ws_callbacks; what they mean is
 * peer.h, http.h and the program's business. Everything happens on the thread that calls
 * ws_service, but for ws_wake, which any thread may call. Inside a callback every function here may
 * be called.
 *
 * A connection is good from `opened` until `closed` returns; an exchange (one HTTP request) is
 * known by its number, and answering one that is gone does nothing.
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
	WS_TICK_MS = 250, /* how often `beat` is called */
	WS_ADDRESS_SIZE = HTTP_ADDRESS_SIZE,
	WS_LOW_PRIORITY_PER_ROUND =
		32, /* of the patient are told in one round: a quarter of a millisecond */
	WS_BYE_MS = 1000, /* a `bye` has this long to get out */
};

struct ws_upgrade {
	char address[WS_ADDRESS_SIZE];
	char session[TOKEN_SIZE]; /* from the cookie, "" without one */
};

struct ws_callbacks {
	/* What `opened` returns is handed to the others as `peer`; NULL turns the visitor away. */
	void *(*opened)(
		void *user, struct ws_connection *connection, const struct ws_upgrade *visitor);
	void (*closed)(void *user, void *peer);
	/* A message longer than ws_set_message_max allows is `oversized` instead. */
	void (*text)(void *user, void *peer, const char *text, size_t size);
	void (*frame)(void *user, void *peer, const uint8_t *bytes, size_t size);
	void (*oversized)(void *user, void *peer);
	/* It answered our ping, or took what had been stuck. */
	void (*lives)(void *user, void *peer);
	/* A request that http_vet lets pass; the strings are good for the call. Answer: ws_respond.
	 */
	void (*request)(void *user, uint64_t exchange, const struct http_request *request);
	/* After ws_wake; when the timer of ws_set_timer is due; every WS_TICK_MS. */
	void (*woken)(void *user);
	void (*due)(void *user);
	void (*tick)(void *user);
	/* A line for the log, not more than one a minute of each kind. */
	void (*warn)(void *user, const char *line);
};

struct ws_config {
	struct listen_sockets sockets; /* taken over, also where nothing comes of it */
	/* PEM files. NULL: plain HTTP, for loopback only. */
	const char *certificate;
	const char *key;
	struct http_hosts hosts; /* strings are not copied */
	struct forwarded_proxies proxies;
	const char *mark; /* names the session's cookie, see http_cookie_name; not copied */
	const struct ws_callbacks *callbacks;
	void *user;
};

/* 0; -ENOMEM; -EIO where the library cannot: it has said why through `warn`. */
int ws_create(const struct ws_config *config, struct ws **ret_ws);
/* Closes everything, calling `closed` for each. NULL is allowed. */
void ws_destroy(struct ws *ws);

/* Waits for something to do and does it. */
void ws_service(struct ws *ws);
/*
 * Sends what was said since, to WS_LOW_PRIORITY_PER_ROUND of the patient at most: at the end of
 * every round, and cheap where nothing was.
 */
void ws_flush(struct ws *ws);
/* The next ws_service does what there is to do, and does not wait for more. */
void ws_service_again(struct ws *ws);
/* Have `woken` called soon. Any thread. */
void ws_wake(struct ws *ws);
/* Have `due` called once after so many milliseconds; replaces the last arming. Negative: never. */
void ws_set_timer(struct ws *ws, int64_t ms);

struct ws_preauth_counts {
	size_t count;
	uint64_t evicted; /* ever, to make room */
};
struct ws_preauth_counts ws_preauth_counts(const struct ws *ws);

/* How many more connections there is room for. */
size_t ws_connections_left(const struct ws *ws);
/* The longest message it may send from now on; at first none. */
void ws_set_message_max(struct ws_connection *connection, size_t size);
/* It has said who it is: until then it is a guest, and may have to make room (preauth.h). */
void ws_set_authenticated(struct ws_connection *connection);
/* One of very many, who only watches: it is told after all others. */
void ws_set_low_priority(struct ws_connection *connection);
/* See outbox_push: 0, a refusal or -ENOMEM. */
int ws_send(struct ws_connection *connection, enum outbox_class class, uint32_t key,
	struct shared_buf *payload);
void ws_ping(struct ws_connection *connection);
/* Drop what waits, send `bye` (may be NULL), close. */
void ws_close(struct ws_connection *connection, struct shared_buf *bye);
/* Close now, without a word. */
void ws_abort(struct ws_connection *connection);
size_t ws_waiting(const struct ws_connection *connection);
uint64_t ws_dropped(const struct ws_connection *connection);

/* Does anybody still wait for this answer? */
bool ws_exchange_is_open(const struct ws *ws, uint64_t exchange);
/* Takes answer->body over. */
void ws_respond(struct ws *ws, uint64_t exchange, const struct http_response *answer);

#endif
