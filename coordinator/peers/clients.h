/*
 * Everybody who is connected, by number and in a list, and what can be said to one of them or to
 * many. A client lives from the opening of its websocket to its end.
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

struct client {
	struct client *next;
	struct client **link; /* where the list points at this one */
	struct client *chained;
	uint64_t number; /* never used again */
	struct ws_connection *connection;
	struct peer peer;
	struct ws_upgrade visitor;
	struct credential credential; /* of a site or the relay */
	uint64_t session; /* of a person: its number */
	struct instant expires; /* the session */
	struct stamp changed; /* its account, as it was then */
	int64_t told; /* last event number it knows of; of a watcher see viewers.h */
	uint64_t heard; /* of a watcher: tellings to the audience */
	bool owed; /* a site or the relay: a desired state, whether it has changed or not */
	const char *bye_reason; /* why we end it: a word that lives for ever; NULL: it went */
};

/* All zeroes is an empty one. */
struct clients {
	struct client *first;
	struct client **end; /* where the next at the end goes; NULL: nobody ever came */
	struct client *watchers; /* the first of them: they stand behind all others */
	struct client *buckets[CLIENTS_BUCKETS];
	size_t count;
	uint64_t last_number;
	uint64_t refused;
	uint64_t dropped; /* telemetry and frames that slow readers were not sent, of those gone */
	uint64_t too_slow;
};

struct client *clients_add(struct clients *clients, struct ws_connection *connection,
	const struct ws_upgrade *visitor, struct instant now);
void clients_remove(struct clients *clients, struct client *client);
/* It becomes a watcher: the last in the list. */
void clients_move_last(struct clients *clients, struct client *client);
/* How many an account has. */
size_t clients_of_account(const struct clients *clients, const char *account);
/* NULL: gone. */
struct client *clients_find(const struct clients *clients, uint64_t number);

/* Send a payload that the caller keeps; a reader that cannot follow is said `bye too_slow`. */
void client_send(struct clients *clients, struct client *client, enum outbox_class class,
	uint32_t key, struct shared_buf *payload);
/* One reference, the caller's. NULL is our own mistake or the end of memory; both are logged. */
struct shared_buf *client_encode(const struct wire_message *message);
/* Encode for this one alone, and send. */
void client_say(struct clients *clients, struct client *client, const struct wire_message *message);

void client_refuse(
	struct clients *clients, struct client *client, const struct peer_step *step, int64_t seq);
/* Say why and close; what waits is dropped, what comes is ignored. */
void client_bye(struct client *client, enum refusal code);

#endif
