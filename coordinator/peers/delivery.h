/*
 * The way out: what the engine has committed goes to those it concerns, and what nobody asked for
 * goes when its time has come. The first three functions are those of struct engine_port.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_DELIVERY_H
#define DIEMCAU_COORDINATOR_PEERS_DELIVERY_H

#include "coordinator/peers/peers.h"

/* An event: to all who may see it. */
void delivery_committed(
	struct peers *peers, const struct mtg_record *record, const struct journal_entry *entry);
/* An answer: to whom it was a command of. */
void delivery_replied(struct peers *peers, const struct engine_reply *reply);
/* After the last event of several: updates to people, desired states to sites and the relay. */
void delivery_settled(struct peers *peers);

/* Once a second: what moves by itself, and figures. */
void delivery_second(struct peers *peers);
/* At the end of each round: desired states if keys have changed, and some of the viewers. */
void delivery_round(struct peers *peers);

#endif
