/*
 * The client's end of the control protocol: one websocket to the coordinator, kept up for ever.
 *
 * A hub owns one service thread that holds all sockets; a link is one peer's connection in it, so a
 * program may hold one link (endpoint, relay, autopilot) or ten thousand (simulator). The service
 * thread moves bytes and nothing else. Everything a program sees happens on its own thread:
 *
 *	hub = ws_client_hub_create(...);              starts the service thread
 *	link = ws_client_open(hub, &config);          begins to connect; never fails for want of a
 *server poll(ws_client_hub_fd(hub)) -> readable       an eventfd: poll it, or give it to a GLib
 *loop ws_client_hub_dispatch(hub);                  calls on_up, on_message, on_frame, on_down here
 *	ws_client_send(link, &message);               from the dispatching thread only
 *
 * Answers to pings, the pings themselves and `bye` are the link's own; all other messages after
 * welcome go to on_message. `refused` without an id before welcome is a refused hello.
 *
 * A link that is down is tried again without end: each address in turn, exponential back-off with
 * full jitter between 0 and WS_CLIENT_BACKOFF_MAX_MS. A server that has stopped answering is
 *noticed within 5 s (websocket ping after WS_CLIENT_PING_S of silence, hang-up at
 *WS_CLIENT_HANGUP_S). TLS trusts the authority of the join file and nothing else.
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
	WS_CLIENT_ADDRESS_MAX = 8, /* addresses of one link; more are not tried */
	WS_CLIENT_BACKOFF_MIN_MS = 250, /* first waiting time is drawn from 0..this */
	WS_CLIENT_BACKOFF_MAX_MS =
		1000, /* and doubles up to this: less than a restart may cost the hall */
	WS_CLIENT_PING_S = 2, /* silence before we ping */
	WS_CLIENT_HANGUP_S = 4, /* silence before we hang up */
	WS_CLIENT_CONNECT_MAX_MS = 3000, /* TCP, TLS and upgrade; as much again for the welcome */
	WS_CLIENT_INBOX_MAX = 4096, /* messages waiting for dispatch, per link */
};

/* Refusals of ws_client_send: the caller decides what to drop. */
enum ws_client_refusal {
	WS_CLIENT_DOWN = 1, /* not connected and welcomed: nothing is kept for later */
	WS_CLIENT_FULL, /* outbox_max bytes wait already */
};

/* Why a link went down, for logs and decisions (the reason's text is ws_client_reason_name). */
enum ws_client_reason {
	WS_CLIENT_REASON_UNSET,
	WS_CLIENT_UNREACHABLE, /* no TCP connection, or lost before the upgrade */
	WS_CLIENT_UNTRUSTED, /* the server's certificate is not by our authority, or of another name
			      */
	WS_CLIENT_LOST, /* closed or silent after it had been up */
	WS_CLIENT_REFUSED, /* the server answered hello with a refusal; its code is in the notice */
	WS_CLIENT_MALFORMED, /* the server sent what the codec refuses: text tells where */
	WS_CLIENT_SLOW, /* our own inbox overflowed: the program does not dispatch */
	WS_CLIENT_REASON_COUNT
};

/* What on_down is told. Strings live for the call only. */
struct ws_client_notice {
	enum ws_client_reason reason;
	enum refusal code; /* with WS_CLIENT_REFUSED; else unset */
	const char *text; /* a sentence for a log; never NULL */
	const struct connect_failure *verdict; /* of a connection that came to nothing; else NULL */
	bool was_up; /* it had been welcomed: on_up was called before */
};

/*
 * What the program is told, all on the dispatching thread. Any may be NULL. Messages live for the
 * call only. Inside a call ws_client_send and ws_client_close (of any link) are allowed.
 */
struct ws_client_events {
	/* The hello about to be sent may be completed: last sequence number, a fresh session. */
	void (*on_hello)(void *user, struct wire_hello *hello);
	void (*on_up)(void *user, const struct wire_welcome *welcome);
	void (*on_message)(void *user, const struct wire_message *message);
	/* A binary frame, as it came. */
	void (*on_frame)(void *user, const uint8_t *bytes, size_t size);
	/* After each failed attempt too (was_up false); the link goes on trying by itself. */
	void (*on_down)(void *user, const struct ws_client_notice *notice);
};

struct ws_client_config {
	/* "wss://host:port[/path]", or "ws://" on loopback only. Copied. */
	const char *const *addresses;
	size_t n_addresses;
	/* Sent on each connection after on_hello has seen it. Copied; versions may be empty. */
	const struct wire_hello *hello;
	const struct ws_client_events *events; /* must outlive the link */
	void *user;
	size_t outbox_max; /* bytes; 0 means 1 MiB */
};

struct ws_client_hub_config {
	/* PEM of the authority to trust, copied; NULL where only ws:// is used. */
	const char *ca;
	size_t links_max; /* 0 means 16: sizes the descriptor table */
};

/*
 * Start a hub. 0; -EINVAL for an authority that does not parse; -ENOMEM. *ret_hub is the caller's,
 * for ws_client_hub_destroy, which closes whatever is open, calls nobody, and takes NULL.
 */
int ws_client_hub_create(const struct ws_client_hub_config *config, struct ws_client_hub **ret_hub);
void ws_client_hub_destroy(struct ws_client_hub *hub);

/* An eventfd, readable when something waits for ws_client_hub_dispatch. Owned by the hub. */
int ws_client_hub_fd(const struct ws_client_hub *hub);

/* Deliver all that waits. Never blocks. */
void ws_client_hub_dispatch(struct ws_client_hub *hub);

/*
 * Begin a connection. 0; -EINVAL for an address that is no ws(s) URL, for ws:// to another host
 * than loopback, or none at all; -ENOMEM. The link belongs to the hub: ws_client_close ends it
 * early (NULL is fine), no callback of it comes afterwards.
 */
int ws_client_open(struct ws_client_hub *hub, const struct ws_client_config *config,
	struct ws_client **ret_link);
void ws_client_close(struct ws_client *link);

/* Encode and queue. 0, WS_CLIENT_DOWN, WS_CLIENT_FULL; -EINVAL for a message that breaks the
 * schema. */
int ws_client_send(struct ws_client *link, const struct wire_message *message);
/* Queue a binary frame (thumbnails); copied. 0, WS_CLIENT_DOWN, WS_CLIENT_FULL. */
int ws_client_send_frame(struct ws_client *link, const uint8_t *bytes, size_t size);

/* Microseconds of the monotonic clock that links measure with. */
int64_t ws_client_clock_us(void);

bool ws_client_is_up(const struct ws_client *link);
/* Cut the connection now, without farewell, and go the usual way of a lost one (tests, scripts). */
void ws_client_abort(struct ws_client *link);
/* Hold off reconnecting (true) or try again (false): a simulated site that is switched off. */
void ws_client_hold(struct ws_client *link, bool held);

/*
 * The server's clocks as they stand now, from the ping/pong of this link (half the round trip is
 * taken off); they run on through outages. False: never welcomed yet. *ret_round_trip may be NULL.
 */
bool ws_client_server_now(
	const struct ws_client *link, struct now *ret_now, struct span *ret_round_trip);

/* "unreachable", "untrusted" ...: a stable machine word. */
const char *ws_client_reason_name(enum ws_client_reason reason);

#endif
