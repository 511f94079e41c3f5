/*
 * Broadcasts, in journal order: events to the peers that may see them, views to people. A message
 * is encoded once and shared by all receivers. `derived` is the derived view of the meeting:
 * publish_update and publish_second use it as it is, the others update it first.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_PUBLISH_H
#define DIEMCAU_COORDINATOR_PEERS_PUBLISH_H

#include "coordinator/engine/engine.h"
#include "coordinator/peers/clients.h"
#include "coordinator/peers/viewers.h"
#include "coordinator/view/view.h"

struct publisher;

/* All of it outlives the publisher. */
struct publisher_config {
	struct engine *engine;
	struct view_derived *derived;
	const char *boot; /* this run, as welcomes carry it */
	struct clients *clients;
	struct viewers *viewers;
};

/* NULL without memory. */
struct publisher *publisher_create(const struct publisher_config *config);
void publisher_destroy(struct publisher *publisher);

/*
 * Before the first client: what the meeting is at a start, a snapshot tells each of them, and no
 * update tells it again.
 */
void publish_begin(struct publisher *publisher);

/* A client has been admitted: its welcome, and the events it missed. */
void publish_welcome(struct publisher *publisher, struct client *client);

/* The meeting is of another time than what was told last: every client is welcomed again. */
void publish_anew(struct publisher *publisher);

/* An event is in the fold `committed`, and in the journal as `entry`. */
void publish_event(struct publisher *publisher, const struct mtg_record *record,
	const struct journal_entry *entry);
/* Sends changed views to people. */
void publish_update(struct publisher *publisher);

/* Once a second: forecasts at their next step, and event numbers that a client has not got. */
void publish_second(struct publisher *publisher);

/* To all staff. */
void publish_to_staff(struct publisher *publisher, enum outbox_class class, uint32_t key,
	struct shared_buf *payload);

/*
 * The snapshot for this role, as its message: of the last event, at most a second old. One
 * reference, the caller's. NULL without memory.
 */
struct shared_buf *publish_snapshot(struct publisher *publisher, enum role role);

#endif
