/*
 * Telling everybody, in journal order: events to whom they are visible, views to people, desired
 * states to sites and the relay. A message is encoded once and shared by all who get it.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_PUBLISH_H
#define DIEMCAU_COORDINATOR_PEERS_PUBLISH_H

#include "coordinator/engine/engine.h"
#include "coordinator/peers/clients.h"
#include "coordinator/peers/standby.h"
#include "coordinator/peers/viewers.h"
#include "coordinator/view/media_keys.h"

struct publisher;

/* All of it outlives the publisher. */
struct publisher_config {
	struct engine *engine;
	struct media_keys *media_keys;
	const char *boot; /* this run, as welcomes tell it */
	struct clients *clients;
	struct viewers *viewers;
	const struct standby *relay;
};

/* NULL without memory. */
struct publisher *publisher_create(const struct publisher_config *config);
void publisher_destroy(struct publisher *publisher);

/* A client has been admitted: its welcome, and all that belongs to it now. */
void publish_welcome(struct publisher *publisher, struct client *client);

/* An event is in `committed`; later, that was the last of them for now. */
void publish_event(struct publisher *publisher, const struct mtg_record *record,
	const struct journal_entry *entry);
void publish_settled(struct publisher *publisher);

/*
 * Desired states where they have changed, if anything they are made of has; call in each round. To
 * one, always.
 */
void publish_desired(struct publisher *publisher);
void publish_desired_to(struct publisher *publisher, struct client *client);

/* Once a second: forecasts at their next step, event numbers that a client has not seen pass. */
void publish_second(struct publisher *publisher);

/* To everybody who sees to the sites. */
void publish_to_staff(struct publisher *publisher, enum outbox_class class, uint32_t key,
	struct shared_buf *payload);

/* The latest desired version that the live instance of a site was sent; spares do not count. 0:
 * none.
 */
uint64_t publish_version(const struct publisher *publisher, uint32_t number);

/*
 * The snapshot for somebody of this role, as its message: of the last event, a second old at most.
 * One reference, the caller's. NULL without memory.
 */
struct shared_buf *publish_snapshot(struct publisher *publisher, enum role role);

#endif
