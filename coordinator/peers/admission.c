#include "coordinator/peers/admission.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/peers/replaying.h"
#include "text_copy.h"

/* ---- authentication ---- */

static enum refusal identify_site(struct admission *admission, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	if (!identity_verify_token(admission->registry, ROLE_SITE, hello->site, hello->token,
		    &client->credential)) {
		return REFUSAL_UNAUTHORISED;
	}
	const struct site *site = mtg_site_by_id(engine_pending(admission->engine), hello->site);
	if (!site) {
		return REFUSAL_NOT_IN_ROSTER;
	}
	ret->role = ROLE_SITE;
	ret->number = site->number;
	memcpy(ret->site, site->id, sizeof(ret->site));
	return REFUSAL_UNSET;
}

static enum refusal identify_relay(struct admission *admission, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	ret->role = ROLE_RELAY;
	return identity_verify_token(admission->registry, ROLE_RELAY, IDENTITY_RELAY, hello->token,
		       &client->credential)
		       ? REFUSAL_UNSET
		       : REFUSAL_UNAUTHORISED;
}

/* The role is the account's, whatever the hello says. */
static enum refusal identify_person(struct admission *admission, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	const char *secret = hello->has_session ? hello->session : client->visitor.session;
	struct session session;
	if (!sessions_find(admission->sessions, secret, engine_service_now(admission->engine).at,
		    &session)) {
		return REFUSAL_UNAUTHORISED;
	}
	ret->role = session.role;
	memcpy(ret->account, session.account, sizeof(ret->account));
	client->session = session.number;
	client->expires = session.expires;
	client->changed = session.changed;
	return REFUSAL_UNSET;
}

/* One that was made this second on the command line is opened at once, and asks only once. What a
 * stranger makes up costs a look at the file, no more. */
static const struct display *display_of(struct admission *admission, const char *token)
{
	const struct display *display = identity_display_of(admission->registry, token);
	if (!display && identity_is_stale(admission->registry)) {
		admission_review(admission);
		display = identity_display_of(admission->registry, token);
	}
	return display;
}

/* What it may see is its link's, whatever the hello says. */
static enum refusal identify_screen(struct admission *admission, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	const struct display *display = display_of(admission, hello->token);
	if (!display) {
		return REFUSAL_UNAUTHORISED;
	}
	ret->role = identity_display_role(display->view);
	ARRAY_COPY(client->display, display->digest);
	return REFUSAL_UNSET;
}

static bool is_of_media(enum role role)
{
	return role == ROLE_SITE || role == ROLE_RELAY;
}

static enum refusal identify(struct admission *admission, struct client *client,
	const struct wire_hello *hello, struct peer_identity *ret)
{
	memset(ret, 0, sizeof(*ret));
	if (engine_is_replay(admission->engine) && is_of_media(hello->role)) {
		return REFUSAL_REPLAY;
	}
	if (hello->role == ROLE_SITE) {
		return identify_site(admission, client, hello, ret);
	}
	if (hello->role == ROLE_RELAY) {
		return identify_relay(admission, client, hello, ret);
	}
	return peer_role_is_screen(hello->role) ? identify_screen(admission, client, hello, ret)
						: identify_person(admission, client, hello, ret);
}

/* ---- joining ---- */

static void displace(struct admission *admission, uint64_t number)
{
	struct client *displaced = clients_find(admission->clients, number);
	if (displaced) {
		client_bye(displaced, REFUSAL_REPLACED);
	}
}

static void turn_away(
	struct admission *admission, struct client *client, enum role role, enum refusal refusal)
{
	connection_log_rejected(admission->connection_log, client, role, refusal);
	client_bye(client, refusal);
}

static enum refusal refuse_standby(struct admission *admission, const struct client *client,
	const struct peer_identity *identity)
{
	const char *instance = client->peer.instance;
	if (standby_is_full(&admission->standbys[identity->number], instance)) {
		return REFUSAL_SPARE;
	}
	return join_rate_take(&admission->join_rate[identity->number], instance,
		       engine_service_now(admission->engine).at)
		       ? REFUSAL_UNSET
		       : REFUSAL_RATE_LIMITED;
}

static void connect_standby(
	struct admission *admission, struct client *client, const struct peer_identity *identity)
{
	enum refusal refusal = refuse_standby(admission, client, identity);
	if (refusal != REFUSAL_UNSET) {
		turn_away(admission, client, identity->role, refusal);
		return;
	}
	uint64_t displaced;
	bool waits = standby_connect(&admission->standbys[identity->number], client->peer.instance,
			     client->number, &displaced) == STANDBY_WAITING;
	displace(admission, displaced);
	if (!waits) {
		join_rate_admitted(&admission->join_rate[identity->number], client->peer.instance);
	}
	peer_admit(&client->peer, identity, waits);
	ws_set_message_max(client->connection, peer_bytes_max(&client->peer));
	connection_log_presence(
		admission->connection_log, client, waits ? "waits as spare" : "is on");
	publish_welcome(admission->publisher, client);
	desired_states_send_to(admission->desired_states, client);
	if (waits) {
		link_state_report_spare(&admission->links, client, true);
	} else {
		link_state_report(&admission->links, client, LINK_STATE_ONLINE, NULL);
	}
}

/* The current state of what staff get on change, for a client that has just joined. */
static void show_figures(struct admission *admission, struct client *client)
{
	struct clients *clients = admission->clients;
	struct shared_buf *figures cleanup(shared_buf_unref) = telemetry_all(admission->telemetry);
	struct shared_buf *alerts cleanup(shared_buf_unref) =
		login_alerts_all(admission->login_alerts);
	struct shared_buf *present cleanup(shared_buf_unref) = presence_all(admission->presence);
	struct shared_buf *certificate cleanup(shared_buf_unref) =
		certificate_alert_now(admission->certificate_alert);
	if (figures) {
		client_send(clients, client, OUTBOX_TELEMETRY, 0, figures);
	}
	for (uint32_t i = 0; i <= SITES_MAX; i++) {
		struct shared_buf *thumbnail = admission->telemetry->thumbnails.latest[i];
		if (thumbnail) {
			client_send(clients, client, OUTBOX_THUMBNAIL, i, thumbnail);
		}
	}
	if (present) {
		client_send(clients, client, OUTBOX_RELIABLE, WIRE_PRESENT, present);
	}
	if (alerts) {
		client_send(clients, client, OUTBOX_RELIABLE, WIRE_GUESSING, alerts);
	}
	if (certificate) {
		client_send(clients, client, OUTBOX_RELIABLE, WIRE_CERTIFICATE, certificate);
	}
}

/*
 * An account may have at most as many websockets as are left: half of all if it is alone, so that
 * there is always room for other accounts, and for sites.
 */
static bool has_room_for_account(struct admission *admission, const char *account)
{
	size_t left = ws_connections_left(admission->ws);
	return admission->clients->count < left ||
	       clients_of_account(admission->clients, account) < left;
}

/* And a link as many screens as there are halls. */
static bool has_room_for_screen(struct admission *admission, const char *digest)
{
	size_t screens = clients_of_display(admission->clients, digest);
	return screens < DISPLAY_SCREENS_MAX && screens < ws_connections_left(admission->ws);
}

static bool has_room(struct admission *admission, const struct client *client,
	const struct peer_identity *identity)
{
	return peer_role_is_screen(identity->role)
		       ? has_room_for_screen(admission, client->display)
		       : has_room_for_account(admission, identity->account);
}

void admission_hello(
	struct admission *admission, struct client *client, const struct wire_hello *hello)
{
	struct peer_identity identity;
	enum refusal refusal =
		admission->open ? identify(admission, client, hello, &identity) : REFUSAL_STOPPING;
	if (refusal != REFUSAL_UNSET) {
		turn_away(admission, client, hello->role, refusal);
		return;
	}
	client->last_seq = hello->has_last_seq ? (int64_t)hello->last_seq : 0;
	if (is_of_media(identity.role)) {
		connect_standby(admission, client, &identity);
		return;
	}
	if (!has_room(admission, client, &identity)) {
		turn_away(admission, client, identity.role, REFUSAL_BUSY);
		return;
	}
	peer_admit(&client->peer, &identity, false);
	if (identity.role == ROLE_VIEWER) {
		viewers_join(admission->viewers, admission->clients, client);
	}
	connection_log_presence(admission->connection_log, client, "is on");
	publish_welcome(admission->publisher, client);
	if (peer_is_staff(&client->peer)) {
		show_figures(admission, client);
	}
	if (engine_is_replay(admission->engine)) {
		replaying_tell(admission->clients, client, admission->engine);
	}
}

/* ---- leaving ---- */

static void activate_spare(struct admission *admission, struct standby *standby)
{
	struct client *successor = clients_find(admission->clients, standby->holder.connection);
	if (!successor) {
		return;
	}
	peer_promote(&successor->peer);
	ws_set_message_max(successor->connection, peer_bytes_max(&successor->peer));
	join_rate_admitted(&admission->join_rate[successor->peer.number], successor->peer.instance);
	connection_log_presence(admission->connection_log, successor, "takes over");
	link_state_report_spare(&admission->links, successor, false);
	link_state_report(&admission->links, successor, LINK_STATE_ONLINE, NULL);
	desired_states_send_to(admission->desired_states, successor);
}

void admission_closed(struct admission *admission, struct client *client)
{
	const struct peer *peer = &client->peer;
	bool seated = peer->role == ROLE_SITE || peer->role == ROLE_RELAY;
	/*
	 * When the coordinator stops, no link is reported as lost: the next start handles the
	 * links.
	 */
	if (!seated || !admission->open) {
		return;
	}
	struct standby *standby = &admission->standbys[peer->number];
	switch (standby_disconnect(standby, client->number)) {
	case STANDBY_UNCHANGED:
		break;
	case STANDBY_EMPTY:
		connection_log_presence(admission->connection_log, client, "is gone");
		link_state_report(&admission->links, client, LINK_STATE_LOST, client->bye_reason);
		break;
	case STANDBY_TOOK_OVER:
		activate_spare(admission, standby);
		break;
	case STANDBY_SPARE_LEFT:
		link_state_report_spare(&admission->links, client, false);
		break;
	}
}

/*
 * The promoted instance may have disconnected since, or have taken over by itself: then the active
 * instance stays, and is reported to the meeting.
 */
static void promote(struct admission *admission, struct standby *standby, const char *instance)
{
	if (strcmp(standby->spare.instance, instance) != 0) {
		struct client *holder =
			clients_find(admission->clients, standby->holder.connection);
		if (holder) {
			link_state_report(&admission->links, holder, LINK_STATE_ONLINE, NULL);
		}
		return;
	}
	struct client *former = clients_find(admission->clients, standby_promote(standby));
	if (former) {
		client_bye(former, REFUSAL_REPLACED);
	}
	activate_spare(admission, standby);
}

static const struct site *site_of(const struct admission *admission, const char *id)
{
	return mtg_site_ever(engine_committed(admission->engine), id);
}

/* Its machines, the spare first: it shall not take over. */
static void show_out(struct admission *admission, const struct standby *standby)
{
	const uint64_t connections[] = {standby->spare.connection, standby->holder.connection};
	for (size_t i = 0; i < sizeof(connections) / sizeof(connections[0]); i++) {
		struct client *client = clients_find(admission->clients, connections[i]);
		if (client) {
			connection_log_presence(
				admission->connection_log, client, "is no longer on the roster");
			client_bye(client, REFUSAL_NOT_IN_ROSTER);
		}
	}
}

void admission_committed(struct admission *admission, const struct mtg_record *record)
{
	if (record->event.name == EV_SITE_PROMOTED) {
		const struct site *site = site_of(admission, record->event.site_promoted.site);
		promote(admission, &admission->standbys[site->number], site->instance);
	} else if (record->event.name == EV_SITE_REMOVED) {
		const struct site *site = site_of(admission, record->event.site_removed.site);
		show_out(admission, &admission->standbys[site->number]);
	}
}

/* ---- review ---- */

static bool is_still_good(struct admission *admission, const struct client *client)
{
	if (client->peer.role == ROLE_SITE || client->peer.role == ROLE_RELAY) {
		return identity_holds(admission->registry, &client->credential);
	}
	if (peer_role_is_screen(client->peer.role)) {
		return identity_display_holds(admission->registry, client->display);
	}
	return identity_account_holds(admission->registry, client->peer.account, client->peer.role,
		       client->changed) &&
	       !instant_reached(client->expires, engine_service_now(admission->engine).at);
}

static bool is_in(const struct client *client)
{
	return client->peer.state == PEER_ADMITTED || client->peer.state == PEER_STANDBY;
}

static void close_client(struct admission *admission, struct client *client)
{
	connection_log_presence(admission->connection_log, client, "is shown out");
	client_bye(client, REFUSAL_UNAUTHORISED);
}

void admission_logged_out(struct admission *admission, uint64_t session)
{
	for (struct client *client = admission->clients->first; client; client = client->next) {
		if (is_in(client) && client->session == session) {
			close_client(admission, client);
		}
	}
}

void admission_review(struct admission *admission)
{
	bool changed = false;
	int r = identity_refresh(admission->registry, &changed);
	if (r < 0) {
		log_line(LOG_LINE_WARNING, "identity.json cannot be read: %s", strerror(-r));
	}
	if (changed) {
		sessions_review(admission->sessions, admission->registry);
	}
	credentials_review(&admission->credentials, changed);
	if (admission->open && !engine_is_replay(admission->engine)) {
		link_state_review(&admission->links, admission->clients, admission->standbys);
	}
	for (struct client *client = admission->clients->first; client; client = client->next) {
		if (is_in(client) && !is_still_good(admission, client)) {
			close_client(admission, client);
		}
	}
}
