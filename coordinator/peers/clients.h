/*
 * All connected clients, by number and in a list, and sending to one or many. A client exists from
 * the opening of its websocket to its end.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_CLIENTS_H
#define DIEMCAU_COORDINATOR_PEERS_CLIENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/peers/peer.h"
#include "coordinator/ws/ws.h"
#include "identity_msg.h"
#include "wire_msg.h"

enum { CLIENTS_BUCKETS = 4096 };

/* Of what a site was told its registration, last. All zeroes: of nothing. */
struct told_mark {
	int64_t site, terms; /* seqs of their last change */
	enum meeting_state state;
	uint64_t people; /* people_generation() */
};

struct client {
	struct client *next;
	struct client **link; /* where the list points at this one */
	struct client *chained;
	uint64_t number; /* never used again */
	struct ws_connection *connection;
	struct peer peer;
	struct ws_upgrade visitor;
	struct credential credential; /* of a site or the relay */
	char display[DIGEST_SIZE]; /* of a screen: the digest of its link; "" */
	uint64_t session; /* of a person: its number */
	struct instant expires; /* the session */
	struct stamp changed; /* its account, as it was then */
	int64_t last_seq; /* last event number sent to it; for a viewer see viewers.h */
	uint64_t n_broadcasts; /* of a viewer: broadcasts sent to it */
	bool desired_state_due; /* of a site or the relay: its desired state must be sent, changed
				   or not */
	struct told_mark registration; /* of a site */
	const char *bye_reason; /* why we close it: a static word; NULL: the peer closed */
};

/* All zeroes is an empty one. */
struct clients {
	struct client *first;
	struct client **end; /* where the next one is appended; NULL: no client ever */
	struct client *viewers; /* the first of them: they are behind all others */
	struct client *buckets[CLIENTS_BUCKETS];
	size_t count;
	uint64_t last_number;
	uint64_t refused;
	uint64_t dropped; /* telemetry and thumbnails dropped for slow readers, of closed clients */
	uint64_t too_slow;
};

struct client *clients_add(struct clients *clients, struct ws_connection *connection,
	const struct ws_upgrade *visitor, struct instant now);
void clients_remove(struct clients *clients, struct client *client);
/* Makes it a viewer: the last in the list. */
void clients_move_last(struct clients *clients, struct client *client);
/* How many an account has. */
size_t clients_of_account(const struct clients *clients, const char *account);
/* How many screens a display link has. */
size_t clients_of_display(const struct clients *clients, const char *digest);
/* NULL: closed. */
struct client *clients_find(const struct clients *clients, uint64_t number);

/* Send a payload, which stays the caller's; a reader that is too slow gets `bye too_slow`. */
void client_send(struct clients *clients, struct client *client, enum outbox_class class,
	uint32_t key, struct shared_buf *payload);
/* One reference, the caller's. NULL after an encoding fault or without memory; both are logged. */
struct shared_buf *client_encode(const struct wire_message *message);
/* Encode for this client only, and send. */
void client_say(struct clients *clients, struct client *client, const struct wire_message *message);

void client_refuse(
	struct clients *clients, struct client *client, const struct peer_step *step, int64_t seq);
/* Send the reason and close; queued messages are dropped, input is ignored. */
void client_bye(struct client *client, enum refusal code);

#endif
