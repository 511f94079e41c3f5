/*
 * The front: what the websocket server and the turn tell, passed to the part it concerns.
 */
#ifndef DIEMCAU_COORDINATOR_FRONT_H
#define DIEMCAU_COORDINATOR_FRONT_H

#include "coordinator/coordinator.h"

/* Their `user` is the struct coordinator. */
extern const struct ws_port front_ws_port;
extern const struct turn_port front_turn_port;

/* Say `bye` to everybody. */
void front_dismiss(struct coordinator *coordinator, enum refusal code);

#endif
