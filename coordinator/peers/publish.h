/*
 * Telling everybody, in journal order: events to whom they are visible, views to people, desired
 * states to sites and the relay. A message is encoded once and shared by all who get it.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_PUBLISH_H
#define DIEMCAU_COORDINATOR_PEERS_PUBLISH_H

#include "coordinator/coordinator.h"

struct publisher *publisher_create(void);
void publisher_destroy(struct publisher *publisher);

/* A client has been admitted: its welcome, and all that belongs to it now. */
void publish_welcome(struct coordinator *coordinator, struct client *client);

/* An event is in `committed`; later, that was the last of them for now. */
void publish_told(struct coordinator *coordinator, const struct mtg_record *record);
void publish_settled(struct coordinator *coordinator);

/* Desired states where they have changed, when coordinator->desired_stale; to one, always. */
void publish_desired(struct coordinator *coordinator);
void publish_desired_to(struct coordinator *coordinator, struct client *client);

/* Once a second: forecasts at their next step, event numbers that a client has not seen pass. */
void publish_second(struct coordinator *coordinator);

/* To everybody who sees to the sites. */
void publish_to_staff(struct coordinator *coordinator, enum outbox_class class, uint32_t key,
	struct shared_buf *payload);

/* The latest desired version that the live instance of a site was sent; spares do not count. 0:
 * none.
 */
uint64_t publish_version(const struct coordinator *coordinator, uint32_t number);

/*
 * The snapshot for somebody of this role, as its message: of the last event, a second old at most.
 * One reference, the caller's. NULL without memory.
 */
struct shared_buf *publish_snapshot(struct coordinator *coordinator, enum role role);

#endif
