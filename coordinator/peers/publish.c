/*
 * A desired state is sent when it differs from the last one sent to that seat. Of a site's only a
 * digest is kept (the state is 25 KB), of the relay's the text.
 */
#include "coordinator/peers/publish.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/meeting/rights.h"
#include "coordinator/view/digest.h"
#include "coordinator/view/view.h"
#include "coordinator/ws/shared_buf.h"

enum {
	RECENT_MAX = 512,
	SNAPSHOT_SPAN_MS = 1000, /* nothing of it moves faster without an event */
};

/* A told event as it was encoded, for clients that come back. */
struct recent {
	int64_t seq;
	struct shared_buf *payload;
	struct event event;
};

struct sent_state {
	uint64_t version; /* of the last one numbered, for the holder of the seat or a spare */
	uint64_t held; /* of the last one that the holder was sent */
	uint64_t digest; /* of the same */
};

/* The meeting as a role was last answered it over HTTP. */
struct answered {
	struct shared_buf *payload; /* NULL: none */
	int64_t seq;
	struct instant at;
};

struct publisher {
	struct engine *engine; /* not ours, like the next five */
	struct media_keys *media_keys;
	const char *boot;
	struct clients *clients;
	struct viewers *viewers;
	const struct standby *relay;
	bool stale; /* something desired states are made of has changed, or a second passed */
	uint64_t keys_revision; /* the same of keys: of which the last desired states were made */
	struct answered answered[ROLE_END];
	struct view_derived *derived;
	struct view_shown *shown;
	struct instant foreseen; /* for which the forecasts of the last update were */
	struct msg_arena arena;
	struct wire_message message; /* too large for the stack of each caller */
	struct recent recent[RECENT_MAX]; /* by number */
	struct sent_state sites[SITES_MAX + 1];
	struct shared_buf *relay_desired; /* version 0 */
	uint64_t relay_version;
};

struct publisher *publisher_create(const struct publisher_config *config)
{
	struct publisher *publisher = calloc(1, sizeof(*publisher));
	if (!publisher) {
		return NULL;
	}
	publisher->engine = config->engine;
	publisher->media_keys = config->media_keys;
	publisher->boot = config->boot;
	publisher->clients = config->clients;
	publisher->viewers = config->viewers;
	publisher->relay = config->relay;
	publisher->derived = view_derived_create();
	publisher->shown = view_shown_create();
	if (!publisher->derived || !publisher->shown) {
		publisher_destroy(publisher);
		return NULL;
	}
	return publisher;
}

void publisher_destroy(struct publisher *publisher)
{
	if (!publisher) {
		return;
	}
	for (size_t i = 0; i < RECENT_MAX; i++) {
		shared_buf_unref(publisher->recent[i].payload);
	}
	for (size_t i = 0; i < ROLE_END; i++) {
		shared_buf_unref(publisher->answered[i].payload);
	}
	shared_buf_unref(publisher->relay_desired);
	view_derived_destroy(publisher->derived);
	view_shown_destroy(publisher->shown);
	msg_arena_finish(&publisher->arena);
	free(publisher);
}

static struct wire_message *begin(struct publisher *publisher, enum wire_message_type type)
{
	struct wire_message *message = &publisher->message;
	memset(message, 0, sizeof(*message));
	message->type = type;
	return message;
}

/* NULL is our own mistake, or the end of memory; both are logged and both are survived. */
static struct shared_buf *encode(const struct msg_type *type, const void *value)
{
	struct shared_buf *payload = NULL;
	int fault = shared_buf_encode(type, value, &payload);
	if (fault < 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be encoded: %s", type->name, strerror(-fault));
	}
	return payload;
}

static void take_frame(struct publisher *publisher)
{
	view_derived_take(publisher->derived, engine_committed(publisher->engine),
		engine_now(publisher->engine));
}

void publish_to_staff(struct publisher *publisher, enum outbox_class class, uint32_t key,
	struct shared_buf *payload)
{
	struct clients *clients = publisher->clients;
	for (struct client *client = clients->first; client != clients->watchers;
		client = client->next) {
		if (peer_is_staff(&client->peer)) {
			client_send(clients, client, class, key, payload);
		}
	}
}

/* ---- events ---- */

static bool may_see(const struct client *client, const struct event *event)
{
	const struct peer *peer = &client->peer;
	const char *own = peer->role == ROLE_SITE ? peer->site : NULL;
	return peer->state == PEER_ADMITTED && mtg_visible(peer->role, own, event);
}

/* Actor and data go out as they stand in the journal: they have been encoded for it. */
static struct shared_buf *encode_event(struct publisher *publisher, const struct mtg_record *record,
	const struct journal_entry *entry)
{
	const struct msg_written written[] = {{"by", entry->by}, {"data", entry->data}};
	struct wire_event *event = &publisher->message.event; /* its `by` and body are not read */
	struct shared_buf *payload = NULL;
	event->seq = (uint64_t)record->seq;
	event->at = record->at;
	event->wall = record->wall;
	event->body.name = record->event.name;
	int fault = shared_buf_encode_around(
		&msg_wire_event, event, written, sizeof(written) / sizeof(written[0]), &payload);
	if (fault < 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be told: %s", entry->name, strerror(-fault));
	}
	return payload;
}

static void remember(
	struct publisher *publisher, const struct mtg_record *record, struct shared_buf *payload)
{
	struct recent *recent = &publisher->recent[record->seq % RECENT_MAX];
	shared_buf_unref(recent->payload);
	recent->seq = record->seq;
	recent->payload = shared_buf_ref(payload);
	recent->event = record->event;
}

void publish_event(struct publisher *publisher, const struct mtg_record *record,
	const struct journal_entry *entry)
{
	struct shared_buf *payload cleanup(shared_buf_unref) =
		encode_event(publisher, record, entry);
	if (!payload) {
		return;
	}
	remember(publisher, record, payload);
	struct clients *clients = publisher->clients;
	for (struct client *client = clients->first; client != clients->watchers;
		client = client->next) {
		if (may_see(client, &record->event)) {
			client->told = record->seq;
			client_send(clients, client, OUTBOX_RELIABLE, 0, payload);
		}
	}
	if (mtg_visible(ROLE_VIEWER, NULL, &record->event)) {
		viewers_tell(publisher->viewers, clients, record->seq, payload);
	}
}

static void send_missed(struct publisher *publisher, struct client *client)
{
	int64_t last = engine_seq(publisher->engine);
	int64_t from = client->told > last - RECENT_MAX ? client->told + 1 : last - RECENT_MAX + 1;
	for (int64_t seq = from > 0 ? from : 1; seq <= last; seq++) {
		struct recent *recent = &publisher->recent[seq % RECENT_MAX];
		if (recent->seq == seq && may_see(client, &recent->event)) {
			client_send(
				publisher->clients, client, OUTBOX_RELIABLE, 0, recent->payload);
		}
	}
}

/* ---- views ---- */

/* What changed is told once. Whoever missed it comes back, and is shown everything. */
static void cut_people(struct client *first, const struct client *end)
{
	for (struct client *client = first; client != end; client = client->next) {
		if (peer_is_person(&client->peer)) {
			ws_abort(client->connection);
		}
	}
}

/* An update tells its number, so whoever gets it knows of every event up to there. */
static void update_staff(struct publisher *publisher, const struct wire_message *message)
{
	struct shared_buf *payload cleanup(shared_buf_unref) = encode(&msg_wire_message, message);
	struct clients *clients = publisher->clients;
	if (!payload) {
		cut_people(clients->first, clients->watchers);
		return;
	}
	for (struct client *client = clients->first; client != clients->watchers;
		client = client->next) {
		if (peer_is_staff(&client->peer)) {
			client->told = (int64_t)message->update.seq;
			client_send(clients, client, OUTBOX_RELIABLE, 0, payload);
		}
	}
}

/* Of the update is left what viewers may read. */
static void update_audience(struct publisher *publisher, struct wire_message *message)
{
	struct clients *clients = publisher->clients;
	bool says = true;
	if (!clients->watchers) {
		return;
	}
	int fault = view_update_for(ROLE_VIEWER, &publisher->arena, &message->update, &says);
	if (fault == 0 && !says) {
		return;
	}
	struct shared_buf *payload cleanup(shared_buf_unref) =
		fault == 0 ? encode(&msg_wire_message, message) : NULL;
	if (payload) {
		viewers_tell(publisher->viewers, clients, (int64_t)message->update.seq, payload);
	} else {
		cut_people(clients->watchers, NULL);
	}
}

static void send_update(struct publisher *publisher)
{
	struct wire_message *message = begin(publisher, WIRE_UPDATE);
	bool changed = false;
	publisher->foreseen = view_forecast_moment(
		engine_committed(publisher->engine), engine_now(publisher->engine).at);
	msg_arena_reset(&publisher->arena);
	int fault = view_update(publisher->shown, publisher->derived, &publisher->arena,
		&message->update, &changed);
	if (fault < 0 || !changed) {
		return;
	}
	update_staff(publisher, message);
	update_audience(publisher, message);
}

void publish_settled(struct publisher *publisher)
{
	take_frame(publisher);
	send_update(publisher);
	publisher->stale = true;
}

/* ---- desired states ---- */

/* A spare is shown what goes on and sends and receives no media. */
static void keep_media_off(struct wire_site_desired *desired)
{
	desired->uplink.camera = UPLINK_LEVEL_OFF;
	desired->uplink.content = UPLINK_LEVEL_OFF;
	desired->uplink.voice = false;
	desired->n_receive = 0;
	memset(desired->receive, 0, sizeof(desired->receive));
	desired->has_relay = false;
	memset(&desired->relay, 0, sizeof(desired->relay));
}

static void send_site_desired(struct publisher *publisher, struct client *client)
{
	struct wire_message *message = &publisher->message; /* the view clears its part of it */
	struct wire_site_desired *desired = &message->site_desired;
	struct sent_state *sent = &publisher->sites[client->peer.number];
	bool spare = client->peer.state == PEER_STANDBY;
	view_site_desired(publisher->derived, client->peer.number, publisher->media_keys, desired);
	if (spare) {
		keep_media_off(desired);
	}
	uint64_t digest = view_digest(desired, sizeof(*desired));
	if (!client->owed && digest == sent->digest) {
		return;
	}
	client->owed = true;
	desired->version = ++sent->version;
	if (!spare) {
		sent->digest = digest;
		sent->held = desired->version;
	}
	message->type = WIRE_SITE_DESIRED;
	struct shared_buf *payload cleanup(shared_buf_unref) = encode(&msg_wire_message, message);
	if (payload) {
		client->owed = false;
		client_send(
			publisher->clients, client, OUTBOX_RELIABLE, WIRE_SITE_DESIRED, payload);
	}
}

static bool relay_state_changed(struct publisher *publisher, struct shared_buf *payload)
{
	const struct shared_buf *before = publisher->relay_desired;
	bool same = before && before->size == payload->size &&
		    memcmp(before->bytes, payload->bytes, payload->size) == 0;
	shared_buf_unref(publisher->relay_desired);
	publisher->relay_desired = shared_buf_ref(payload);
	return !same;
}

static void send_relay_desired(struct publisher *publisher, struct client *client)
{
	struct wire_message *message = begin(publisher, WIRE_RELAY_DESIRED);
	msg_arena_reset(&publisher->arena);
	if (view_relay_desired(publisher->derived, publisher->media_keys, client->peer.instance,
		    &publisher->arena, &message->relay_desired) < 0) {
		return;
	}
	message->relay_desired.version = 1; /* the same in all that are compared */
	struct shared_buf *plain cleanup(shared_buf_unref) = encode(&msg_wire_message, message);
	if (!plain || (!relay_state_changed(publisher, plain) && !client->owed)) {
		return;
	}
	client->owed = true;
	message->relay_desired.version = ++publisher->relay_version;
	struct shared_buf *payload cleanup(shared_buf_unref) = encode(&msg_wire_message, message);
	if (payload) {
		client->owed = false;
		client_send(
			publisher->clients, client, OUTBOX_RELIABLE, WIRE_RELAY_DESIRED, payload);
	}
}

static void send_desired(struct publisher *publisher, struct client *client)
{
	if (client->peer.role == ROLE_SITE) {
		send_site_desired(publisher, client);
	} else if (client->peer.role == ROLE_RELAY && client->peer.state == PEER_ADMITTED) {
		send_relay_desired(publisher, client);
	}
}

void publish_desired_to(struct publisher *publisher, struct client *client)
{
	take_frame(publisher);
	client->owed = true;
	send_desired(publisher, client);
}

/* A spare is told when it comes. */
static bool follows(const struct client *client)
{
	bool in = client->peer.state == PEER_ADMITTED;
	bool waits = client->peer.state == PEER_STANDBY;
	return client->peer.role == ROLE_SITE && (in || (waits && client->owed));
}

/* The relay first: what a site is about to send should find it prepared. */
void publish_desired(struct publisher *publisher)
{
	const struct media_keys *media_keys = publisher->media_keys;
	if (!publisher->stale && publisher->keys_revision == media_keys->revision) {
		return;
	}
	publisher->stale = false;
	publisher->keys_revision = media_keys->revision;
	take_frame(publisher);
	struct client *relay =
		clients_find(publisher->clients, publisher->relay->holder.connection);
	if (relay) {
		send_desired(publisher, relay);
	}
	struct clients *clients = publisher->clients;
	for (struct client *client = clients->first; client != clients->watchers;
		client = client->next) {
		if (follows(client)) {
			send_desired(publisher, client);
		}
	}
}

uint64_t publish_version(const struct publisher *publisher, uint32_t number)
{
	return publisher->sites[number].held;
}

/* ---- welcome ---- */

static void fill_welcome(const struct publisher *publisher, const struct client *client,
	struct now now, struct wire_welcome *welcome)
{
	const struct peer *peer = &client->peer;
	welcome->version = PEER_VERSION;
	welcome->role = peer->role;
	welcome->seq = (uint64_t)engine_seq(publisher->engine);
	welcome->at = now.at;
	welcome->wall = now.wall;
	memcpy(welcome->boot, publisher->boot, sizeof(welcome->boot));
	welcome->spare = peer->state == PEER_STANDBY;
	welcome->has_site = peer->role == ROLE_SITE;
	memcpy(welcome->site, peer->site, sizeof(welcome->site));
	welcome->has_number = peer->role == ROLE_SITE;
	welcome->number = peer->number;
	welcome->has_account = peer->account[0] != '\0';
	memcpy(welcome->account, peer->account, sizeof(welcome->account));
}

/* The meeting as somebody of this role may read it, in the publisher's arena. */
static int show_meeting(
	struct publisher *publisher, enum role role, struct wire_snapshot *ret_snapshot)
{
	msg_arena_reset(&publisher->arena);
	int fault = view_snapshot(publisher->derived, &publisher->arena, ret_snapshot);
	return fault < 0 ? fault : view_snapshot_for(role, &publisher->arena, ret_snapshot);
}

void publish_welcome(struct publisher *publisher, struct client *client)
{
	struct now now = engine_now(publisher->engine);
	view_derived_take(publisher->derived, engine_committed(publisher->engine), now);
	struct wire_message *message = begin(publisher, WIRE_WELCOME);
	fill_welcome(publisher, client, now, &message->welcome);
	if (peer_is_person(&client->peer)) {
		if (show_meeting(publisher, client->peer.role, &message->welcome.snapshot) < 0) {
			ws_abort(client->connection);
			return;
		}
		message->welcome.has_snapshot = true;
	}
	client_say(publisher->clients, client, message);
	if (client->told > 0 && peer_is_person(&client->peer)) {
		send_missed(publisher, client);
	}
	client->told = engine_seq(publisher->engine);
	client->owed = true;
	send_desired(publisher, client);
}

static struct shared_buf *make_snapshot(struct publisher *publisher, enum role role)
{
	struct wire_snapshot *snapshot = &begin(publisher, WIRE_WELCOME)->welcome.snapshot;
	take_frame(publisher);
	if (show_meeting(publisher, role, snapshot) < 0) {
		return NULL;
	}
	return encode(&msg_wire_snapshot, snapshot);
}

/*
 * Whoever asks again and again is given the same again: the whole meeting is encoded once for each
 * event, and otherwise once a second, whatever is asked.
 */
struct shared_buf *publish_snapshot(struct publisher *publisher, enum role role)
{
	struct answered *last = &publisher->answered[role];
	struct instant now = engine_now(publisher->engine).at;
	int64_t seq = engine_seq(publisher->engine);
	if (!last->payload || last->seq != seq ||
		span_between(last->at, now).ms >= SNAPSHOT_SPAN_MS) {
		shared_buf_unref(last->payload);
		*last = (struct answered){make_snapshot(publisher, role), seq, now};
	}
	return last->payload ? shared_buf_ref(last->payload) : NULL;
}

/* ---- now and then ---- */

static void tell_passed(struct publisher *publisher)
{
	int64_t last = engine_seq(publisher->engine);
	struct wire_message *message = begin(publisher, WIRE_PASSED);
	message->passed.seq = (uint64_t)last;
	struct shared_buf *payload cleanup(shared_buf_unref) = encode(&msg_wire_message, message);
	struct clients *clients = publisher->clients;
	for (struct client *client = clients->first; payload && client != clients->watchers;
		client = client->next) {
		if (client->peer.state == PEER_ADMITTED && client->told < last) {
			client->told = last;
			client_send(clients, client, OUTBOX_RELIABLE, WIRE_PASSED, payload);
		}
	}
	if (payload && publisher->viewers->seq < last) {
		viewers_tell(publisher->viewers, clients, last, payload);
	}
}

void publish_second(struct publisher *publisher)
{
	struct instant moment = view_forecast_moment(
		engine_committed(publisher->engine), engine_now(publisher->engine).at);
	if (moment.ms != publisher->foreseen.ms) {
		take_frame(publisher);
		send_update(publisher);
	}
	tell_passed(publisher);
	publisher->stale = true;
}
