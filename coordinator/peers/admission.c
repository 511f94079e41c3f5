#include "coordinator/peers/admission.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/peers/link_state.h"
#include "coordinator/peers/credentials.h"
#include "coordinator/peers/connection_log.h"
#include "coordinator/peers/publish.h"
#include "coordinator/telemetry/telemetry.h"

/* ---- who it is ---- */

static enum refusal identify_site(struct coordinator *coordinator, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	if (!identity_verify_token(coordinator->registry, ROLE_SITE, hello->site, hello->token,
		    &client->credential)) {
		return REFUSAL_UNAUTHORISED;
	}
	const struct site *site = mtg_site_by_id(engine_pending(coordinator->engine), hello->site);
	if (!site) {
		return REFUSAL_NOT_FOUND;
	}
	ret->role = ROLE_SITE;
	ret->number = site->number;
	memcpy(ret->site, site->id, sizeof(ret->site));
	return REFUSAL_UNSET;
}

static enum refusal identify_relay(struct coordinator *coordinator, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	ret->role = ROLE_RELAY;
	return identity_verify_token(coordinator->registry, ROLE_RELAY, IDENTITY_RELAY,
		       hello->token, &client->credential)
		       ? REFUSAL_UNSET
		       : REFUSAL_UNAUTHORISED;
}

/* The role is the account's, whatever the hello says. */
static enum refusal identify_person(struct coordinator *coordinator, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	const char *secret = hello->has_session ? hello->session : client->visitor.session;
	struct session session;
	if (!sessions_find(
		    coordinator->sessions, secret, engine_now(coordinator->engine).at, &session)) {
		return REFUSAL_UNAUTHORISED;
	}
	ret->role = session.role;
	memcpy(ret->account, session.account, sizeof(ret->account));
	client->session = session.number;
	client->expires = session.expires;
	client->changed = session.changed;
	return REFUSAL_UNSET;
}

static enum refusal identify(struct coordinator *coordinator, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	memset(ret, 0, sizeof(*ret));
	if (hello->role == ROLE_SITE) {
		return identify_site(coordinator, client, hello, ret);
	}
	if (hello->role == ROLE_RELAY) {
		return identify_relay(coordinator, client, hello, ret);
	}
	return identify_person(coordinator, client, hello, ret);
}

/* ---- coming ---- */

static bool has_seat(const struct peer_identity *identity)
{
	return identity->role == ROLE_SITE || identity->role == ROLE_RELAY;
}

static void displace(struct coordinator *coordinator, uint64_t number)
{
	struct client *displaced = clients_find(&coordinator->clients, number);
	if (displaced) {
		client_bye(displaced, REFUSAL_REPLACED);
	}
}

static void turn_away(struct coordinator *coordinator, struct client *client, enum role role,
	enum refusal refusal)
{
	connection_log_turned_away(coordinator, client, role, refusal);
	client_bye(client, refusal);
}

static enum refusal refuse_seat(struct coordinator *coordinator, const struct client *client,
	const struct peer_identity *identity)
{
	const char *instance = client->peer.instance;
	if (standby_is_full(&coordinator->standbys[identity->number], instance)) {
		return REFUSAL_SPARE;
	}
	return join_rate_take(&coordinator->join_rate[identity->number], instance,
		       engine_now(coordinator->engine).at)
		       ? REFUSAL_UNSET
		       : REFUSAL_RATE_LIMITED;
}

static void sit(struct coordinator *coordinator, struct client *client,
	const struct peer_identity *identity)
{
	uint64_t displaced;
	enum refusal refusal = refuse_seat(coordinator, client, identity);
	if (refusal != REFUSAL_UNSET) {
		turn_away(coordinator, client, identity->role, refusal);
		return;
	}
	bool waits = standby_connect(&coordinator->standbys[identity->number],
			     client->peer.instance, client->number, &displaced) == STANDBY_WAITING;
	displace(coordinator, displaced);
	if (!waits) {
		join_rate_admitted(
			&coordinator->join_rate[identity->number], client->peer.instance);
	}
	peer_admit(&client->peer, identity, waits);
	connection_log_arrival(coordinator, client, waits ? "waits as spare" : "is on");
	publish_welcome(coordinator, client);
	if (waits) {
		link_state_report_spare(coordinator, client, true);
	} else {
		link_state_report(coordinator, client, LINK_STATE_ONLINE, NULL);
	}
}

/*
 * An account may have as many websockets as are left: half of all if it is alone, and whatever it
 * does there is room for another account, and for sites.
 */
static bool has_room(struct coordinator *coordinator, const char *account)
{
	size_t left = ws_connections_left(atomic_load(&coordinator->ws));
	return coordinator->clients.count < left ||
	       clients_of_account(&coordinator->clients, account) < left;
}

void admission_hello(
	struct coordinator *coordinator, struct client *client, const struct wire_hello *hello)
{
	struct peer_identity identity;
	enum refusal refusal = coordinator->health == HEALTH_SERVING
				       ? identify(coordinator, client, hello, &identity)
				       : REFUSAL_STOPPING;
	if (refusal != REFUSAL_UNSET) {
		turn_away(coordinator, client, hello->role, refusal);
		return;
	}
	client->told = hello->has_last_seq ? (int64_t)hello->last_seq : 0;
	if (has_seat(&identity)) {
		sit(coordinator, client, &identity);
		return;
	}
	if (!has_room(coordinator, identity.account)) {
		turn_away(coordinator, client, identity.role, REFUSAL_BUSY);
		return;
	}
	peer_admit(&client->peer, &identity, false);
	if (identity.role == ROLE_VIEWER) {
		viewers_join(&coordinator->viewers, &coordinator->clients, client);
	}
	connection_log_arrival(coordinator, client, "is on");
	publish_welcome(coordinator, client);
	if (peer_is_staff(&client->peer)) {
		telemetry_send_to(coordinator, client);
		login_alerts_send_to(coordinator, client);
	}
}

/* ---- going ---- */

static void take_over(struct coordinator *coordinator, struct standby *standby)
{
	struct client *new_holder = clients_find(&coordinator->clients, standby->holder.connection);
	if (!new_holder) {
		return;
	}
	peer_promote(&new_holder->peer);
	join_rate_admitted(
		&coordinator->join_rate[new_holder->peer.number], new_holder->peer.instance);
	connection_log_arrival(coordinator, new_holder, "takes over");
	link_state_report_spare(coordinator, new_holder, false);
	link_state_report(coordinator, new_holder, LINK_STATE_ONLINE, NULL);
	publish_desired_to(coordinator, new_holder);
}

void admission_closed(struct coordinator *coordinator, struct client *client)
{
	const struct peer *peer = &client->peer;
	bool seated = peer->role == ROLE_SITE || peer->role == ROLE_RELAY;
	/* When the coordinator stops, nobody is lost: the next start tells who was on. */
	if (!seated || coordinator->health != HEALTH_SERVING) {
		return;
	}
	struct standby *standby = &coordinator->standbys[peer->number];
	switch (standby_disconnect(standby, client->number)) {
	case STANDBY_UNCHANGED:
		break;
	case STANDBY_EMPTY:
		connection_log_arrival(coordinator, client, "is gone");
		link_state_report(coordinator, client, LINK_STATE_LOST, client->bye_reason);
		break;
	case STANDBY_TOOK_OVER:
		take_over(coordinator, standby);
		break;
	case STANDBY_SPARE_LEFT:
		link_state_report_spare(coordinator, client, false);
		break;
	}
}

/*
 * The instance meant may have gone since, or have taken over by itself, and another one wait now:
 * then whoever holds the seat keeps it, and the meeting is told who that is.
 */
static void promote(struct coordinator *coordinator, struct standby *standby, const char *instance)
{
	if (strcmp(standby->spare.instance, instance) != 0) {
		struct client *holder =
			clients_find(&coordinator->clients, standby->holder.connection);
		if (holder) {
			link_state_report(coordinator, holder, LINK_STATE_ONLINE, NULL);
		}
		return;
	}
	struct client *former = clients_find(&coordinator->clients, standby_promote(standby));
	if (former) {
		client_bye(former, REFUSAL_REPLACED);
	}
	take_over(coordinator, standby);
}

void admission_committed(struct coordinator *coordinator, const struct mtg_record *record)
{
	if (record->event.name != EV_SITE_PROMOTED) {
		return;
	}
	const struct site *site = mtg_site_by_id(
		engine_committed(coordinator->engine), record->event.site_promoted.site);
	promote(coordinator, &coordinator->standbys[site->number], site->instance);
}

/* ---- staying ---- */

static bool is_still_good(struct coordinator *coordinator, const struct client *client)
{
	if (client->peer.role == ROLE_SITE || client->peer.role == ROLE_RELAY) {
		return identity_holds(coordinator->registry, &client->credential);
	}
	return identity_account_holds(coordinator->registry, client->peer.account,
		       client->peer.role, client->changed) &&
	       !instant_reached(client->expires, engine_now(coordinator->engine).at);
}

static bool is_in(const struct client *client)
{
	return client->peer.state == PEER_ADMITTED || client->peer.state == PEER_STANDBY;
}

static void show_out(struct coordinator *coordinator, struct client *client)
{
	connection_log_arrival(coordinator, client, "is shown out");
	client_bye(client, REFUSAL_UNAUTHORISED);
}

void admission_logged_out(struct coordinator *coordinator, uint64_t session)
{
	for (struct client *client = coordinator->clients.first; client; client = client->next) {
		if (is_in(client) && client->session == session) {
			show_out(coordinator, client);
		}
	}
}

void admission_review(struct coordinator *coordinator)
{
	bool changed = false;
	int fault = identity_refresh(coordinator->registry, &changed);
	if (fault < 0) {
		log_line(LOG_LINE_WARNING, "identity.json cannot be read: %s", strerror(-fault));
	}
	if (changed) {
		sessions_review(coordinator->sessions, coordinator->registry);
	}
	credentials_review(coordinator, changed);
	session_store_review(coordinator);
	link_state_review(coordinator);
	for (struct client *client = coordinator->clients.first; client; client = client->next) {
		if (is_in(client) && !is_still_good(coordinator, client)) {
			show_out(coordinator, client);
		}
	}
}
