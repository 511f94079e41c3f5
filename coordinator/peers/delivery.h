/*
 * The way out: what the engine has committed goes to those it concerns, and what nobody asked for
 * goes when its time has come.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_DELIVERY_H
#define DIEMCAU_COORDINATOR_PEERS_DELIVERY_H

#include "coordinator/peers/peers.h"

/* Its `user` is the struct peers. */
extern const struct engine_port delivery_port;

/* Once a second: what moves by itself, and figures. */
void delivery_second(struct peers *peers);
/* At the end of each round: desired states if keys have changed, and some of the viewers. */
void delivery_round(struct peers *peers);

#endif
