/*
 * Who is on and who directs: the message `present` to staff, complete, whenever it changes. Known
 * from the connections, never journalled; who directed last is not known after a start.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_PRESENCE_H
#define DIEMCAU_COORDINATOR_PEERS_PRESENCE_H

#include "coordinator/engine/engine.h"
#include "coordinator/peers/clients.h"

/* An account that is on, in one role. */
struct present_account {
	char account[ACCOUNT_NAME_SIZE];
	enum role role;
	struct instant since; /* its oldest connection */
	uint32_t connections;
};

struct present {
	struct present_account accounts[WIRE_PRESENT_PEOPLE_MAX]; /* the oldest first; no viewers */
	size_t n_accounts;
	uint64_t viewers; /* connections */
	char director[ACCOUNT_NAME_SIZE]; /* gave the last command about the floor; "": not known */
	struct stamp directed;
};

/* All zeroes except the first two members: nothing sent yet. */
struct presence {
	struct engine *engine; /* borrowed, like the next */
	const struct clients *clients;
	struct present now; /* room for the next look */
	struct present sent;
};

/* An event is in the journal: was it a command about the floor? */
void presence_committed(struct presence *presence, const struct mtg_record *record);

/*
 * The message for staff if it has changed since the last call (NULL: it has not), and the present
 * one for a client that has just joined. The caller's.
 */
struct shared_buf *presence_fresh(struct presence *presence);
struct shared_buf *presence_all(struct presence *presence);

#endif
