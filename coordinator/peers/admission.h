/*
 * Admission: authenticates a peer, and makes an instance of a site or the relay active or standby.
 * link_state.h reports the result to the meeting.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_ADMISSION_H
#define DIEMCAU_COORDINATOR_PEERS_ADMISSION_H

#include "coordinator/identity/sessions.h"
#include "coordinator/peers/certificate_alert.h"
#include "coordinator/peers/connection_log.h"
#include "coordinator/peers/credentials.h"
#include "coordinator/peers/desired_states.h"
#include "coordinator/peers/join_rate.h"
#include "coordinator/peers/link_state.h"
#include "coordinator/peers/login_alerts.h"
#include "coordinator/peers/presence.h"
#include "coordinator/peers/publish.h"
#include "coordinator/telemetry/telemetry.h"

struct admission {
	struct ws *ws; /* for the connections left; borrowed, like the members that follow */
	struct engine *engine;
	struct identity_registry *registry;
	struct sessions *sessions;
	struct clients *clients;
	struct viewers *viewers;
	struct connection_log *connection_log;
	struct login_alerts *login_alerts;
	struct presence *presence;
	struct certificate_alert *certificate_alert;
	struct publisher *publisher;
	struct desired_states *desired_states;
	struct telemetry *telemetry;
	struct link_states links;
	struct credentials credentials;
	struct standby standbys[SITES_MAX + 1]; /* by site number; 0 is the relay's */
	struct join_rate join_rate[SITES_MAX + 1]; /* the same */
	bool open; /* peers are admitted, and links are reported to the meeting */
};

/* Handles a valid hello: welcome, or bye. */
void admission_hello(
	struct admission *admission, struct client *client, const struct wire_hello *hello);

/* Handles a closed connection: reports the link. The caller removes the client. */
void admission_closed(struct admission *admission, struct client *client);

/* Handles an event that concerns standby instances (a spare was promoted). */
void admission_committed(struct admission *admission, const struct mtg_record *record);

/* A session has ended: its connections are closed. */
void admission_logged_out(struct admission *admission, uint64_t session);

/*
 * Accounts or tokens may have changed: connections that are no longer valid are closed. Call
 * periodically.
 */
void admission_review(struct admission *admission);

#endif
