/*
 * What the log says of those who come, are turned away and shown out. Whoever hammers is told of
 * once in a while, so that his lines hide nobody else's: those who were not let in by where they
 * come from (host, network, region), people by their account. Sites and the relay have a pace of
 * coming already (join_rate.h).
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_CONNECTION_LOG_H
#define DIEMCAU_COORDINATOR_PEERS_CONNECTION_LOG_H

#include "coordinator/engine/engine.h"
#include "coordinator/identity/login_backoff.h"
#include "coordinator/peers/clients.h"

struct connection_log {
	struct engine *engine; /* for the time */
	struct login_backoff *backoff; /* of whom a line was written lately */
	uint64_t turned_away;
};

/* 0 or -ENOMEM; finish it then too. */
int connection_log_init(struct connection_log *log, struct engine *engine, uint64_t seed);
void connection_log_finish(struct connection_log *log);

/* It `how` ("is on"), and why, where a reason was given for its end. */
void connection_log_arrival(
	struct connection_log *log, const struct client *client, const char *how);

/* It has been let in, and is closed. */
void connection_log_closed(
	struct connection_log *log, const struct client *client, enum refusal code);

/* It has not been let in; it said that it is a `role`, or nothing yet. */
void connection_log_turned_away(
	struct connection_log *log, const struct client *client, enum role role, enum refusal code);

#endif
