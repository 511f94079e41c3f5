/*
 * The gate: who a peer is, whether it may come in, and on which seat a site or the relay sits.
 * What comes of it for the meeting is told by link_state.h.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_ADMISSION_H
#define DIEMCAU_COORDINATOR_PEERS_ADMISSION_H

#include "coordinator/identity/sessions.h"
#include "coordinator/peers/connection_log.h"
#include "coordinator/peers/credentials.h"
#include "coordinator/peers/desired_states.h"
#include "coordinator/peers/join_rate.h"
#include "coordinator/peers/link_state.h"
#include "coordinator/peers/login_alerts.h"
#include "coordinator/peers/publish.h"
#include "coordinator/telemetry/telemetry.h"

struct admission {
	struct ws *ws; /* for the room that is left; not ours, like what follows */
	struct engine *engine;
	struct identity_registry *registry;
	struct sessions *sessions;
	struct clients *clients;
	struct viewers *viewers;
	struct connection_log *connection_log;
	struct login_alerts *login_alerts;
	struct publisher *publisher;
	struct desired_states *desired_states;
	struct telemetry *telemetry;
	struct link_states links;
	struct credentials credentials;
	struct standby standbys[SITES_MAX + 1]; /* by site number; 0 is the relay's */
	struct join_rate join_rate[SITES_MAX + 1]; /* the same */
	bool open; /* peers are let in, and the meeting is told of those who come and go */
};

/* A hello in order has come: welcome, or bye. */
void admission_hello(
	struct admission *admission, struct client *client, const struct wire_hello *hello);

/* Its connection is gone; what it was is told. The client is removed by the caller. */
void admission_closed(struct admission *admission, struct client *client);

/* An event that concerns seats has been told (a spare was promoted). */
void admission_committed(struct admission *admission, const struct mtg_record *record);

/* This session has been logged out of: whoever came in by it is shown out. */
void admission_logged_out(struct admission *admission, uint64_t session);

/* Accounts or tokens may have changed: whoever is no longer good is shown out. Call now and then.
 */
void admission_review(struct admission *admission);

#endif
