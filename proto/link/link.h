/*
 * The client's end of the control protocol: one websocket to the coordinator, kept up for ever.
 *
 * A hub owns one service thread that holds all sockets; a link is one peer's connection in it, so a
 * program may hold one link (endpoint, relay, autopilot) or ten thousand (simulator). The service
 * thread moves bytes and nothing else. Everything a program sees happens on its own thread:
 *
 *	hub = link_hub_create(...);              starts the service thread
 *	link = link_open(hub, &config);          begins to connect; never fails for want of a server
 *	poll(link_hub_fd(hub)) -> readable       an eventfd: poll it, or give it to a GLib loop
 *	link_hub_dispatch(hub);                  calls on_up, on_message, on_frame, on_down here
 *	link_send(link, &message);               from the dispatching thread only
 *
 * Answers to pings, the pings themselves and `bye` are the link's own; all other messages after
 * welcome go to on_message. `refused` without an id before welcome is a refused hello.
 *
 * A link that is down is tried again without end: each address in turn, exponential back-off with
 * full jitter between 0 and LINK_BACKOFF_MAX_MS. A server that has stopped answering is noticed
 * within 5 s (websocket ping after LINK_PING_S of silence, hang-up at LINK_HANGUP_S). TLS trusts
 * the authority of the join file and nothing else.
 */
#ifndef DIEMCAU_LINK_H
#define DIEMCAU_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/link/trouble.h"
#include "units.h"
#include "wire_msg.h"

struct link;
struct link_hub;

enum {
	LINK_ADDRESS_MAX = 8, /* addresses of one link; more are not tried */
	LINK_BACKOFF_MIN_MS = 250, /* first waiting time is drawn from 0..this */
	LINK_BACKOFF_MAX_MS =
		1000, /* and doubles up to this: less than a restart may cost the hall */
	LINK_PING_S = 2, /* silence before we ping */
	LINK_HANGUP_S = 4, /* silence before we hang up */
	LINK_CONNECT_MAX_MS = 3000, /* TCP, TLS and upgrade; as much again for the welcome */
	LINK_INBOX_MAX = 4096, /* messages waiting for dispatch, per link */
};

/* Refusals of link_send: the caller decides what to drop. */
enum link_refusal {
	LINK_DOWN = 1, /* not connected and welcomed: nothing is kept for later */
	LINK_FULL, /* outbox_max bytes wait already */
};

/* Why a link went down, for logs and decisions (the reason's text is link_reason_name). */
enum link_reason {
	LINK_REASON_UNSET,
	LINK_UNREACHABLE, /* no TCP connection, or lost before the upgrade */
	LINK_UNTRUSTED, /* the server's certificate is not by our authority, or of another name */
	LINK_LOST, /* closed or silent after it had been up */
	LINK_REFUSED, /* the server answered hello with a refusal; its code is in the notice */
	LINK_GARBLED, /* the server sent what the codec refuses: text tells where */
	LINK_SLOW, /* our own inbox overflowed: the program does not dispatch */
	LINK_REASON_COUNT
};

/* What on_down is told. Strings live for the call only. */
struct link_notice {
	enum link_reason reason;
	enum refusal code; /* with LINK_REFUSED; else unset */
	const char *text; /* a sentence for a log; never NULL */
	const struct link_verdict *verdict; /* of a connection that came to nothing; else NULL */
	bool was_up; /* it had been welcomed: on_up was called before */
};

/*
 * What the program is told, all on the dispatching thread. Any may be NULL. Messages live for the
 * call only. Inside a call link_send and link_close (of any link) are allowed.
 */
struct link_events {
	/* The hello about to be sent may be completed: last sequence number, a fresh session. */
	void (*on_hello)(void *user, struct wire_hello *hello);
	void (*on_up)(void *user, const struct wire_welcome *welcome);
	void (*on_message)(void *user, const struct wire_message *message);
	/* A binary frame, as it came. */
	void (*on_frame)(void *user, const uint8_t *bytes, size_t size);
	/* After each failed attempt too (was_up false); the link goes on trying by itself. */
	void (*on_down)(void *user, const struct link_notice *notice);
};

struct link_config {
	/* "wss://host:port[/path]", or "ws://" on loopback only. Copied. */
	const char *const *addresses;
	size_t n_addresses;
	/* Sent on each connection after on_hello has seen it. Copied; versions may be empty. */
	const struct wire_hello *hello;
	const struct link_events *events; /* must outlive the link */
	void *user;
	size_t outbox_max; /* bytes; 0 means 1 MiB */
};

struct link_hub_config {
	/* PEM of the authority to trust, copied; NULL where only ws:// is used. */
	const char *ca;
	size_t links_max; /* 0 means 16: sizes the descriptor table */
};

/*
 * Start a hub. 0; -EINVAL for an authority that does not parse; -ENOMEM. *ret_hub is the caller's,
 * for link_hub_destroy, which closes whatever is open, calls nobody, and takes NULL.
 */
int link_hub_create(const struct link_hub_config *config, struct link_hub **ret_hub);
void link_hub_destroy(struct link_hub *hub);

/* An eventfd, readable when something waits for link_hub_dispatch. Owned by the hub. */
int link_hub_fd(const struct link_hub *hub);

/* Deliver all that waits. Never blocks. */
void link_hub_dispatch(struct link_hub *hub);

/*
 * Begin a connection. 0; -EINVAL for an address that is no ws(s) URL, for ws:// to another host
 * than loopback, or none at all; -ENOMEM. The link belongs to the hub: link_close ends it early
 * (NULL is fine), no callback of it comes afterwards.
 */
int link_open(struct link_hub *hub, const struct link_config *config, struct link **ret_link);
void link_close(struct link *link);

/* Encode and queue. 0, LINK_DOWN, LINK_FULL; -EINVAL for a message that breaks the schema. */
int link_send(struct link *link, const struct wire_message *message);
/* Queue a binary frame (thumbnails); copied. 0, LINK_DOWN, LINK_FULL. */
int link_send_frame(struct link *link, const uint8_t *bytes, size_t size);

/* Microseconds of the monotonic clock that links measure with. */
int64_t link_clock_us(void);

bool link_is_up(const struct link *link);
/* Cut the connection now, without farewell, and go the usual way of a lost one (tests, scripts). */
void link_cut(struct link *link);
/* Hold off reconnecting (true) or try again (false): a simulated site that is switched off. */
void link_hold(struct link *link, bool held);

/*
 * The server's clocks as they stand now, from the ping/pong of this link (half the round trip is
 * taken off); they run on through outages. False: never welcomed yet. *ret_round_trip may be NULL.
 */
bool link_server_now(const struct link *link, struct now *ret_now, struct span *ret_round_trip);

/* "unreachable", "untrusted" ...: a stable machine word. */
const char *link_reason_name(enum link_reason reason);

#endif
