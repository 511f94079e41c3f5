/*
 * A meeting that is played, towards people: whoever sees it may steer it, and all are told how it
 * goes (`steer` and `replay` of the protocol).
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_REPLAYING_H
#define DIEMCAU_COORDINATOR_PEERS_REPLAYING_H

#include "coordinator/engine/engine.h"
#include "coordinator/peers/clients.h"

/* Refused where the meeting is held, and what lacks its time or speed. */
void replaying_steer(struct clients *clients, struct client *client, struct engine *engine,
	const struct wire_steer *steer);

/* How it goes; only of a replay. */
void replaying_tell(struct clients *clients, struct client *client, struct engine *engine);
void replaying_tell_all(struct clients *clients, struct engine *engine);

#endif
