/*
 * The client's end of the control protocol: one websocket to the coordinator, reconnected forever.
 *
 * A hub owns one service thread that holds all sockets; a link is one peer's connection in it, so a
 * program may hold one link (endpoint, relay, autopilot) or ten thousand (fleet). The service
 * thread moves bytes only. All callbacks run on the program's own thread:
 *
 *	hub = ws_client_hub_create(...);         starts the service thread
 *	link = ws_client_open(hub, &config);     starts to connect; succeeds without a server
 *	poll(ws_client_hub_fd(hub)) -> readable  an eventfd: poll it, or use it in a GLib loop
 *	ws_client_hub_dispatch(hub);             calls on_up, on_message, on_frame, on_down
 *	ws_client_send(link, &message);          from the dispatching thread only
 *
 * The link itself sends and answers pings and handles `bye`; all other messages after welcome go to
 * on_message. `refused` without an id before welcome is a refused hello.
 *
 * A link that is down retries without end: each address in turn, exponential back-off with full
 * jitter between 0 and WS_CLIENT_BACKOFF_MAX_MS. A dead server is detected within 5 s (websocket
 * ping after WS_CLIENT_PING_S of silence, closed at WS_CLIENT_HANGUP_S). TLS trusts the CA of the
 * join file and no other.
 */
#ifndef DIEMCAU_PROTO_CLIENT_WS_CLIENT_H
#define DIEMCAU_PROTO_CLIENT_WS_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/client/connect_error.h"
#include "units.h"
#include "wire_msg.h"

struct ws_client;
struct ws_client_hub;

enum {
	WS_CLIENT_ADDRESS_MAX = 8, /* addresses of one link; further ones are ignored */
	WS_CLIENT_BACKOFF_MIN_MS = 250, /* the first delay is random in 0..this */
	WS_CLIENT_BACKOFF_MAX_MS =
		1000, /* and doubles up to this: below the time a restart may interrupt a hall */
	WS_CLIENT_PING_S = 2, /* silence before a ping */
	WS_CLIENT_HANGUP_S = 4, /* silence before the connection is closed */
	WS_CLIENT_CONNECT_MAX_MS = 3000, /* TCP, TLS and upgrade; the same again for the welcome */
	WS_CLIENT_INBOX_MAX = 4096, /* messages waiting for dispatch, per link */
};

/* Refusals of ws_client_send: the caller decides which messages to drop. */
enum ws_client_refusal {
	WS_CLIENT_DOWN = 1, /* not connected and welcomed: messages are not stored for later */
	WS_CLIENT_FULL, /* outbox_max bytes are already queued */
};

/* Why a link went down, for logs and decisions (ws_client_reason_name gives the text). */
enum ws_client_reason {
	WS_CLIENT_REASON_UNSET,
	WS_CLIENT_UNREACHABLE, /* no TCP connection, or it was lost before the upgrade */
	WS_CLIENT_UNTRUSTED, /* the server's certificate is of another CA or name */
	WS_CLIENT_LOST, /* closed or silent after it was up */
	WS_CLIENT_REFUSED, /* the server refused the hello; the notice has the code */
	WS_CLIENT_MALFORMED, /* the server sent a message that the codec refuses: text says where */
	WS_CLIENT_SLOW, /* our own inbox overflowed: the program does not dispatch */
	WS_CLIENT_REASON_COUNT
};

/* The argument of on_down. Strings are valid during the call only. */
struct ws_client_notice {
	enum ws_client_reason reason;
	enum refusal code; /* with WS_CLIENT_REFUSED; otherwise unset */
	const char *text; /* a sentence for a log; never NULL */
	const struct connect_failure *failure; /* of a connection that failed; otherwise NULL */
	bool was_up; /* the link was welcomed: on_up was called before */
};

/*
 * Callbacks, all on the dispatching thread. Any may be NULL. Messages are valid during the call
 * only. A callback may call ws_client_send and ws_client_close (of any link).
 */
struct ws_client_events {
	/* The hello about to be sent may be completed: last sequence number, a fresh session. */
	void (*on_hello)(void *user, struct wire_hello *hello);
	void (*on_up)(void *user, const struct wire_welcome *welcome);
	void (*on_message)(void *user, const struct wire_message *message);
	/* A binary frame, as received. */
	void (*on_frame)(void *user, const uint8_t *bytes, size_t size);
	/* Also after each failed attempt (was_up false); the link keeps retrying by itself. */
	void (*on_down)(void *user, const struct ws_client_notice *notice);
};

struct ws_client_config {
	/* "wss://host:port[/path]", or "ws://" on loopback only. Copied. */
	const char *const *addresses;
	size_t n_addresses;
	/* Sent on each connection, after on_hello. Copied; versions may be empty. */
	const struct wire_hello *hello;
	const struct ws_client_events *events; /* must outlive the link */
	void *user;
	size_t outbox_max; /* bytes; 0 means 1 MiB */
};

struct ws_client_hub_config {
	/* PEM of the CA to trust, copied; NULL if only ws:// is used. */
	const char *ca;
	size_t links_max; /* 0 means 16: sizes the descriptor table */
};

/*
 * Starts a hub. 0; -EINVAL for a CA that does not parse; -ENOMEM. The caller owns *ret_hub and
 * calls ws_client_hub_destroy, which closes all links, calls no callback, and takes NULL.
 */
int ws_client_hub_create(const struct ws_client_hub_config *config, struct ws_client_hub **ret_hub);
void ws_client_hub_destroy(struct ws_client_hub *hub);

/* An eventfd, readable while events wait for ws_client_hub_dispatch. Owned by the hub. */
int ws_client_hub_fd(const struct ws_client_hub *hub);

/* Delivers all waiting events. Never blocks. */
void ws_client_hub_dispatch(struct ws_client_hub *hub);

/*
 * Begins a connection. 0; -EINVAL for an address that is not a ws(s) URL, for ws:// to a host other
 * than loopback, or for no address; -ENOMEM. The hub owns the link: ws_client_close ends it early
 * (NULL is allowed), and no callback of it follows.
 */
int ws_client_open(struct ws_client_hub *hub, const struct ws_client_config *config,
	struct ws_client **ret_link);
void ws_client_close(struct ws_client *link);

/*
 * Encodes and queues. 0, WS_CLIENT_DOWN, WS_CLIENT_FULL; -EINVAL for a message that breaks the
 * schema.
 */
int ws_client_send(struct ws_client *link, const struct wire_message *message);
/* Queues a binary frame (thumbnails); copied. 0, WS_CLIENT_DOWN, WS_CLIENT_FULL. */
int ws_client_send_frame(struct ws_client *link, const uint8_t *bytes, size_t size);

/* Microseconds of the monotonic clock that links use. */
int64_t ws_client_clock_us(void);

bool ws_client_is_up(const struct ws_client *link);
/* Drops the connection now, without a close frame, as if it were lost (tests, scripts). */
void ws_client_abort(struct ws_client *link);
/* Suspends reconnecting (true) or resumes it (false): a simulated site that is switched off. */
void ws_client_hold(struct ws_client *link, bool held);

/*
 * The server's clocks now, from the ping/pong of this link (minus half the round trip); they
 * continue through outages. False: never welcomed yet. *ret_round_trip may be NULL.
 */
bool ws_client_server_now(
	const struct ws_client *link, struct now *ret_now, struct span *ret_round_trip);

/* "unreachable", "untrusted" ...: a stable machine-readable word. */
const char *ws_client_reason_name(enum ws_client_reason reason);

#endif
