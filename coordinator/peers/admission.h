/*
 * The gate: who a peer is, whether it may come in, and on which seat a site or the relay sits.
 * What comes of it for the meeting is told by link_state.h.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_ADMISSION_H
#define DIEMCAU_COORDINATOR_PEERS_ADMISSION_H

#include "coordinator/coordinator.h"

/* A hello in order has come: welcome, or bye. */
void admission_hello(
	struct coordinator *coordinator, struct client *client, const struct wire_hello *hello);

/* Its connection is gone; what it was is told. The client is removed by the caller. */
void admission_closed(struct coordinator *coordinator, struct client *client);

/* An event that concerns seats has been told (a spare was promoted). */
void admission_committed(struct coordinator *coordinator, const struct mtg_record *record);

/* This session has been logged out of: whoever came in by it is shown out. */
void admission_logged_out(struct coordinator *coordinator, uint64_t session);

/* Accounts or tokens may have changed: whoever is no longer good is shown out. Call now and then.
 */
void admission_review(struct coordinator *coordinator);

#endif
