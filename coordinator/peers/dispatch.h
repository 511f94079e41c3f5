/*
 * The front: what the websocket server and the turn tell, passed to the part it concerns.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_DISPATCH_H
#define DIEMCAU_COORDINATOR_PEERS_DISPATCH_H

#include "coordinator/coordinator.h"

/* Their `user` is the struct coordinator. */
extern const struct ws_callbacks dispatch_ws_port;
extern const struct engine_port dispatch_engine_port;

/* Say `bye` to everybody. */
void dispatch_dismiss(struct coordinator *coordinator, enum refusal code);

#endif
