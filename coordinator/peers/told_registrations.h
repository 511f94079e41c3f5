/*
 * What each site is told of its own registration: what it is to register, what it has, and the
 * people that it gave. Sent when a site joins and when something of it changed; no site is told of
 * another.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_TOLD_REGISTRATIONS_H
#define DIEMCAU_COORDINATOR_PEERS_TOLD_REGISTRATIONS_H

#include "coordinator/engine/engine.h"
#include "coordinator/peers/clients.h"
#include "coordinator/people/people.h"

/* people may be NULL: nobody is kept by name. */
void told_registrations_send(
	struct clients *clients, const struct engine *engine, const struct people *people);

#endif
