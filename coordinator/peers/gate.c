#include "coordinator/peers/gate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/peers/attendance.h"
#include "coordinator/peers/credentials.h"
#include "coordinator/peers/notices.h"
#include "coordinator/peers/publish.h"
#include "coordinator/peers/reports.h"

/* ---- who it is ---- */

static enum refusal identify_site(struct coordinator *coordinator, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	if (!identity_verify_token(
		    coordinator->book, ROLE_SITE, hello->site, hello->token, &client->credential)) {
		return REFUSAL_UNAUTHORISED;
	}
	const struct site *site = mtg_site_by_id(turn_ahead(coordinator->turn), hello->site);
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
	return identity_verify_token(coordinator->book, ROLE_RELAY, IDENTITY_RELAY, hello->token,
		       &client->credential)
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
		    coordinator->sessions, secret, turn_now(coordinator->turn).at, &session)) {
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
	notice_turned_away(coordinator, client, role, refusal);
	client_bye(client, refusal);
}

static enum refusal refuse_seat(struct coordinator *coordinator, const struct client *client,
	const struct peer_identity *identity)
{
	const char *instance = client->peer.instance;
	if (seat_is_full(&coordinator->seats[identity->number], instance)) {
		return REFUSAL_SPARE;
	}
	return arrivals_take(&coordinator->arrivals[identity->number], instance,
		       turn_now(coordinator->turn).at)
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
	bool waits = seat_arrive(&coordinator->seats[identity->number], client->peer.instance,
			     client->number, &displaced) == SEAT_WAITS;
	displace(coordinator, displaced);
	if (!waits) {
		arrivals_seated(&coordinator->arrivals[identity->number], client->peer.instance);
	}
	peer_admit(&client->peer, identity, waits);
	notice_arrival(coordinator, client, waits ? "waits as spare" : "is on");
	publish_welcome(coordinator, client);
	if (waits) {
		attendance_tell_spare(coordinator, client, true);
	} else {
		attendance_tell_link(coordinator, client, LINK_STATE_ONLINE, NULL);
	}
}

/*
 * An account may have as many websockets as are left: half of all if it is alone, and whatever it
 * does there is room for another account, and for sites.
 */
static bool has_room(struct coordinator *coordinator, const char *account)
{
	size_t left = ws_room(atomic_load(&coordinator->ws));
	return coordinator->clients.count < left ||
	       clients_of_account(&coordinator->clients, account) < left;
}

void gate_greet(
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
		audience_join(&coordinator->audience, &coordinator->clients, client);
	}
	notice_arrival(coordinator, client, "is on");
	publish_welcome(coordinator, client);
	if (peer_is_staff(&client->peer)) {
		report_all_to(coordinator, client);
		guessing_tell_to(coordinator, client);
	}
}

/* ---- going ---- */

static void inherit(struct coordinator *coordinator, struct seat *seat)
{
	struct client *heir = clients_find(&coordinator->clients, seat->holder.connection);
	if (!heir) {
		return;
	}
	peer_promote(&heir->peer);
	arrivals_seated(&coordinator->arrivals[heir->peer.number], heir->peer.instance);
	notice_arrival(coordinator, heir, "takes over");
	attendance_tell_spare(coordinator, heir, false);
	attendance_tell_link(coordinator, heir, LINK_STATE_ONLINE, NULL);
	publish_desired_to(coordinator, heir);
}

void gate_gone(struct coordinator *coordinator, struct client *client)
{
	const struct peer *peer = &client->peer;
	bool seated = peer->role == ROLE_SITE || peer->role == ROLE_RELAY;
	/* When the coordinator stops, nobody is lost: the next start tells who was on. */
	if (!seated || coordinator->health != HEALTH_SERVING) {
		return;
	}
	struct seat *seat = &coordinator->seats[peer->number];
	switch (seat_leave(seat, client->number)) {
	case SEAT_STAYS:
		break;
	case SEAT_EMPTIED:
		notice_arrival(coordinator, client, "is gone");
		attendance_tell_link(coordinator, client, LINK_STATE_LOST, client->farewell);
		break;
	case SEAT_INHERITED:
		inherit(coordinator, seat);
		break;
	case SEAT_SPARE_GONE:
		attendance_tell_spare(coordinator, client, false);
		break;
	}
}

/*
 * The instance meant may have gone since, or have taken over by itself, and another one wait now:
 * then whoever holds the seat keeps it, and the meeting is told who that is.
 */
static void promote(struct coordinator *coordinator, struct seat *seat, const char *instance)
{
	if (strcmp(seat->spare.instance, instance) != 0) {
		struct client *holder =
			clients_find(&coordinator->clients, seat->holder.connection);
		if (holder) {
			attendance_tell_link(coordinator, holder, LINK_STATE_ONLINE, NULL);
		}
		return;
	}
	struct client *former = clients_find(&coordinator->clients, seat_promote(seat));
	if (former) {
		client_bye(former, REFUSAL_REPLACED);
	}
	inherit(coordinator, seat);
}

void gate_told(struct coordinator *coordinator, const struct mtg_record *record)
{
	if (record->event.name != EV_SITE_PROMOTED) {
		return;
	}
	const struct site *site =
		mtg_site_by_id(turn_told(coordinator->turn), record->event.site_promoted.site);
	promote(coordinator, &coordinator->seats[site->number], site->instance);
}

/* ---- staying ---- */

static bool is_still_good(struct coordinator *coordinator, const struct client *client)
{
	if (client->peer.role == ROLE_SITE || client->peer.role == ROLE_RELAY) {
		return identity_holds(coordinator->book, &client->credential);
	}
	return identity_account_holds(coordinator->book, client->peer.account, client->peer.role,
		       client->changed) &&
	       !instant_reached(client->expires, turn_now(coordinator->turn).at);
}

static bool is_in(const struct client *client)
{
	return client->peer.state == PEER_IN || client->peer.state == PEER_SPARE;
}

static void show_out(struct coordinator *coordinator, struct client *client)
{
	notice_arrival(coordinator, client, "is shown out");
	client_bye(client, REFUSAL_UNAUTHORISED);
}

void gate_logged_out(struct coordinator *coordinator, uint64_t session)
{
	for (struct client *client = coordinator->clients.first; client; client = client->next) {
		if (is_in(client) && client->session == session) {
			show_out(coordinator, client);
		}
	}
}

void gate_review(struct coordinator *coordinator)
{
	bool changed = false;
	int fault = identity_refresh(coordinator->book, &changed);
	if (fault < 0) {
		log_line(LOG_LINE_WARNING, "identity.json cannot be read: %s", strerror(-fault));
	}
	if (changed) {
		sessions_review(coordinator->sessions, coordinator->book);
	}
	credentials_review(coordinator, changed);
	keeping_review(coordinator);
	attendance_review(coordinator);
	for (struct client *client = coordinator->clients.first; client; client = client->next) {
		if (is_in(client) && !is_still_good(coordinator, client)) {
			show_out(coordinator, client);
		}
	}
}
