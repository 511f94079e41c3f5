/*
 * Outgoing messages: sends what the engine has committed to the peers it concerns, and periodic
 * messages when they are due.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_DELIVERY_H
#define DIEMCAU_COORDINATOR_PEERS_DELIVERY_H

#include "coordinator/peers/peers.h"

/* Its `user` is the struct peers. */
extern const struct engine_port delivery_port;

/* Once a second: forecasts and telemetry. */
void delivery_second(struct peers *peers);
/* At the end of each round: desired states if keys have changed, and some of the viewers. */
void delivery_round(struct peers *peers);

#endif
