/*
 * What the log says of those who come, are turned away and shown out. Whoever hammers is told of
 * once in a while, so that his lines hide nobody else's: those who were not let in by where they
 * come from (host, network, region), people by their account. Sites and the relay have a pace of
 * coming already (join_rate.h).
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_CONNECTION_LOG_H
#define DIEMCAU_COORDINATOR_PEERS_CONNECTION_LOG_H

#include "coordinator/coordinator.h"

/* It `how` ("is on"), and why, where a reason was given for its end. */
void connection_log_arrival(
	struct coordinator *coordinator, const struct client *client, const char *how);

/* It has been let in, and is closed. */
void connection_log_closed(
	struct coordinator *coordinator, const struct client *client, enum refusal code);

/* It has not been let in; it said that it is a `role`, or nothing yet. */
void connection_log_turned_away(struct coordinator *coordinator, const struct client *client,
	enum role role, enum refusal code);

#endif
