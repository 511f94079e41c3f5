/*
 * Log lines about connections that join, are rejected and are closed. Repeated lines are limited,
 * so that one client does not hide the lines of others: rejected ones by origin (host, network,
 * region), people by account. Sites and the relay are limited already (join_rate.h).
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_CONNECTION_LOG_H
#define DIEMCAU_COORDINATOR_PEERS_CONNECTION_LOG_H

#include "coordinator/engine/engine.h"
#include "coordinator/identity/login_backoff.h"
#include "coordinator/peers/clients.h"

struct connection_log {
	struct engine *engine; /* for the time */
	struct login_backoff *backoff; /* of recent lines */
	uint64_t turned_away;
};

/* 0 or -ENOMEM; finish it then too. */
int connection_log_init(struct connection_log *log, struct engine *engine, uint64_t seed);
void connection_log_finish(struct connection_log *log);

/* Logs that it `how` ("is on"), with the reason where it was closed. */
void connection_log_presence(
	struct connection_log *log, const struct client *client, const char *how);

/* An admitted client is closed. */
void connection_log_closed(
	struct connection_log *log, const struct client *client, enum refusal code);

/* A client was rejected; `role` is from its hello, or unset. */
void connection_log_rejected(
	struct connection_log *log, const struct client *client, enum role role, enum refusal code);

#endif
