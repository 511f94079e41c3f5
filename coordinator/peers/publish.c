#include "coordinator/peers/publish.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/meeting/rights.h"
#include "coordinator/ws/shared_buf.h"

enum {
	RECENT_MAX = 512,
	SNAPSHOT_SPAN_MS = 1000, /* it changes no faster without an event */
};

/* An encoded event, for clients that reconnect. */
struct recent {
	int64_t seq;
	struct shared_buf *payload;
	struct event event;
};

/* The last snapshot for a role over HTTP. */
struct answered {
	struct shared_buf *payload; /* NULL: none */
	int64_t seq;
	struct instant at;
};

struct publisher {
	struct publisher_config config;
	struct answered answered[ROLE_END];
	struct view_shown *shown;
	struct instant foreseen; /* for which the forecasts of the last update were */
	struct msg_arena arena;
	struct wire_message message; /* too large for the stack of each caller */
	struct wire_update whole; /* the update as it was before anything was left out of it */
	struct recent recent[RECENT_MAX]; /* by number */
};

struct publisher *publisher_create(const struct publisher_config *config)
{
	struct publisher *publisher = calloc(1, sizeof(*publisher));
	if (!publisher) {
		return NULL;
	}
	publisher->config = *config;
	publisher->shown = view_shown_create();
	if (!publisher->shown) {
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

static void take_derived(struct publisher *publisher)
{
	view_derived_take(publisher->config.derived, engine_committed(publisher->config.engine),
		engine_meeting_now(publisher->config.engine));
}

void publish_to_staff(struct publisher *publisher, enum outbox_class class, uint32_t key,
	struct shared_buf *payload)
{
	struct clients *clients = publisher->config.clients;
	for (struct client *client = clients->first; client != clients->viewers;
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
	return peer->state == PEER_ADMITTED && mtg_is_visible(peer->role, own, event);
}

/* Actor and data are sent as encoded for the journal. */
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
	int r = shared_buf_encode_around(
		&msg_wire_event, event, written, sizeof(written) / sizeof(written[0]), &payload);
	if (r < 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be sent: %s", entry->name, strerror(-r));
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
	struct clients *clients = publisher->config.clients;
	for (struct client *client = clients->first; client != clients->viewers;
		client = client->next) {
		if (may_see(client, &record->event)) {
			client->last_seq = record->seq;
			client_send(clients, client, OUTBOX_RELIABLE, 0, payload);
		}
	}
	if (mtg_is_visible(ROLE_VIEWER, NULL, &record->event)) {
		viewers_broadcast(publisher->config.viewers, clients, record->seq, payload);
	}
}

static void send_missed(struct publisher *publisher, struct client *client)
{
	int64_t last = engine_seq(publisher->config.engine);
	int64_t from =
		client->last_seq > last - RECENT_MAX ? client->last_seq + 1 : last - RECENT_MAX + 1;
	for (int64_t seq = from > 0 ? from : 1; seq <= last; seq++) {
		struct recent *recent = &publisher->recent[seq % RECENT_MAX];
		if (recent->seq == seq && may_see(client, &recent->event)) {
			client_send(publisher->config.clients, client, OUTBOX_RELIABLE, 0,
				recent->payload);
		}
	}
}

/* ---- views ---- */

/* Each change is sent once. A client that missed one reconnects, and gets a snapshot. */
static void cut_readers(struct client *first, const struct client *end)
{
	for (struct client *client = first; client != end; client = client->next) {
		if (peer_is_shown_meeting(&client->peer)) {
			ws_abort(client->connection);
		}
	}
}

/* Of staff the chair is not told whom to ring. */
static bool is_told_whom_to_ring(const struct peer *peer)
{
	return peer_is_staff(peer) && peer->role != ROLE_CHAIR;
}

static bool reads_opinions(const struct peer *peer)
{
	return is_told_whom_to_ring(peer) && mtg_role_sees(peer->role, EV_OPINION_GIVEN);
}

static bool reads_no_opinions(const struct peer *peer)
{
	return is_told_whom_to_ring(peer) && !mtg_role_sees(peer->role, EV_OPINION_GIVEN);
}

static bool is_chair(const struct peer *peer)
{
	return peer_is_staff(peer) && peer->role == ROLE_CHAIR;
}

/* An update carries its event number, so its receiver knows of every event up to it. */
static void send_update(struct publisher *publisher, const struct wire_message *message,
	bool (*reads)(const struct peer *peer))
{
	struct shared_buf *payload cleanup(shared_buf_unref) = client_encode(message);
	struct clients *clients = publisher->config.clients;
	if (!payload) {
		cut_readers(clients->first, clients->viewers);
		return;
	}
	for (struct client *client = clients->first; client != clients->viewers;
		client = client->next) {
		if (reads(&client->peer)) {
			client->last_seq = (int64_t)message->update.seq;
			client_send(clients, client, OUTBOX_RELIABLE, 0, payload);
		}
	}
}

/* All of the update; written opinions, which are rare, for those who read them. */
static void update_centre(struct publisher *publisher, struct wire_message *message)
{
	struct wire_update *update = &message->update;
	size_t n = update->n_opinions;

	if (!update->has_opinions) {
		send_update(publisher, message, is_told_whom_to_ring);
		return;
	}
	send_update(publisher, message, reads_opinions);
	update->has_opinions = false;
	update->n_opinions = 0;
	send_update(publisher, message, reads_no_opinions);
	update->has_opinions = true;
	update->n_opinions = n;
}

static bool is_display(const struct peer *peer)
{
	return peer_is_screen(peer) && peer->role == ROLE_DISPLAY;
}

static bool is_lectern(const struct peer *peer)
{
	return peer_is_screen(peer) && peer->role == ROLE_LECTERN;
}

static bool has_reader(const struct clients *clients, bool (*reads)(const struct peer *peer))
{
	for (const struct client *client = clients->first; client != clients->viewers;
		client = client->next) {
		if (reads(&client->peer)) {
			return true;
		}
	}
	return false;
}

/* Leaves in the update what the chair may read. */
static void update_chair(struct publisher *publisher, struct wire_message *message)
{
	struct clients *clients = publisher->config.clients;
	bool says = true;
	if (!has_reader(clients, is_chair)) {
		return;
	}
	if (view_update_for(ROLE_CHAIR, &publisher->arena, &message->update, &says) == 0) {
		send_update(publisher, message, is_chair);
	} else {
		cut_readers(clients->first, clients->viewers);
	}
}

/* Of the whole update what screens in this role may read. */
static void update_screens(struct publisher *publisher, struct wire_message *message,
	enum role role, bool (*reads)(const struct peer *peer))
{
	struct clients *clients = publisher->config.clients;
	bool says = true;
	if (!has_reader(clients, reads)) {
		return;
	}
	message->update = publisher->whole;
	if (view_update_for(role, &publisher->arena, &message->update, &says) < 0) {
		cut_readers(clients->first, clients->viewers);
	} else if (says) {
		send_update(publisher, message, reads);
	}
}

/* Leaves in the update what viewers may read. */
static void update_audience(struct publisher *publisher, struct wire_message *message)
{
	struct clients *clients = publisher->config.clients;
	bool says = true;
	if (!clients->viewers) {
		return;
	}
	int r = view_update_for(ROLE_VIEWER, &publisher->arena, &message->update, &says);
	if (r == 0 && !says) {
		return;
	}
	struct shared_buf *payload cleanup(shared_buf_unref) =
		r == 0 ? client_encode(message) : NULL;
	if (payload) {
		viewers_broadcast(
			publisher->config.viewers, clients, (int64_t)message->update.seq, payload);
	} else {
		cut_readers(clients->viewers, NULL);
	}
}

void publish_begin(struct publisher *publisher)
{
	struct wire_message *message = begin(publisher, WIRE_UPDATE);
	bool changed = false;
	take_derived(publisher);
	msg_arena_reset(&publisher->arena);
	view_update(publisher->shown, publisher->config.derived, &publisher->arena,
		&message->update, &changed);
}

void publish_update(struct publisher *publisher)
{
	struct wire_message *message = begin(publisher, WIRE_UPDATE);
	bool changed = false;
	publisher->foreseen = view_forecast_moment(engine_committed(publisher->config.engine),
		engine_meeting_now(publisher->config.engine).at);
	msg_arena_reset(&publisher->arena);
	int r = view_update(publisher->shown, publisher->config.derived, &publisher->arena,
		&message->update, &changed);
	if (r < 0 || !changed) {
		return;
	}
	publisher->whole = message->update;
	update_centre(publisher, message);
	update_chair(publisher, message);
	update_audience(publisher, message);
	update_screens(publisher, message, ROLE_DISPLAY, is_display);
	update_screens(publisher, message, ROLE_LECTERN, is_lectern);
}

/* ---- welcome ---- */

static void fill_welcome(const struct publisher *publisher, const struct client *client,
	struct now now, struct wire_welcome *welcome)
{
	const struct peer *peer = &client->peer;
	welcome->version = PEER_VERSION;
	welcome->role = peer->role;
	welcome->seq = (uint64_t)engine_seq(publisher->config.engine);
	welcome->at = now.at;
	welcome->wall = now.wall;
	welcome->rate = engine_meeting_rate(publisher->config.engine);
	welcome->has_rate = welcome->rate != 1;
	memcpy(welcome->boot, publisher->config.boot, sizeof(welcome->boot));
	welcome->spare = peer->state == PEER_STANDBY;
	welcome->has_site = peer->role == ROLE_SITE;
	memcpy(welcome->site, peer->site, sizeof(welcome->site));
	welcome->has_number = peer->role == ROLE_SITE;
	welcome->number = peer->number;
	welcome->has_account = peer->account[0] != '\0';
	memcpy(welcome->account, peer->account, sizeof(welcome->account));
}

/* The meeting as a reader in this role may see it, in the publisher's arena. */
static int show_meeting(
	struct publisher *publisher, enum role role, struct wire_snapshot *ret_snapshot)
{
	msg_arena_reset(&publisher->arena);
	int r = view_snapshot(publisher->config.derived, &publisher->arena, ret_snapshot);
	return r < 0 ? r : view_snapshot_for(role, &publisher->arena, ret_snapshot);
}

void publish_welcome(struct publisher *publisher, struct client *client)
{
	struct now now = engine_meeting_now(publisher->config.engine);
	struct wire_message *message = begin(publisher, WIRE_WELCOME);
	fill_welcome(publisher, client, now, &message->welcome);
	if (peer_is_shown_meeting(&client->peer)) {
		take_derived(publisher);
		if (show_meeting(publisher, client->peer.role, &message->welcome.snapshot) < 0) {
			ws_abort(client->connection);
			return;
		}
		message->welcome.has_snapshot = true;
	}
	client_say(publisher->config.clients, client, message);
	if (client->last_seq > 0 && peer_is_shown_meeting(&client->peer)) {
		send_missed(publisher, client);
	}
	client->last_seq = engine_seq(publisher->config.engine);
}

static void forget_snapshots(struct publisher *publisher)
{
	for (size_t i = 0; i < ROLE_END; i++) {
		shared_buf_unref(publisher->answered[i].payload);
		publisher->answered[i].payload = NULL;
	}
}

void publish_anew(struct publisher *publisher)
{
	forget_snapshots(publisher);
	publish_begin(publisher);
	struct clients *clients = publisher->config.clients;
	for (struct client *client = clients->first; client; client = client->next) {
		if (peer_is_shown_meeting(&client->peer)) {
			client->last_seq = 0;
			viewers_skip(publisher->config.viewers, client);
			publish_welcome(publisher, client);
		}
	}
	publisher->config.viewers->seq = engine_seq(publisher->config.engine);
}

static struct shared_buf *make_snapshot(struct publisher *publisher, enum role role)
{
	struct wire_snapshot *snapshot = &begin(publisher, WIRE_WELCOME)->welcome.snapshot;
	struct shared_buf *payload = NULL;
	take_derived(publisher);
	int r = show_meeting(publisher, role, snapshot);
	if (r == 0) {
		r = shared_buf_encode(&msg_wire_snapshot, snapshot, &payload);
	}
	if (r < 0) {
		log_line(LOG_LINE_ERROR, "a snapshot cannot be made: %s", strerror(-r));
	}
	return payload;
}

/*
 * Repeated requests get the same text: the whole meeting is encoded at most once for each event,
 * and otherwise once a second.
 */
struct shared_buf *publish_snapshot(struct publisher *publisher, enum role role)
{
	struct answered *last = &publisher->answered[role];
	struct instant now = engine_service_now(publisher->config.engine).at;
	int64_t seq = engine_seq(publisher->config.engine);
	if (!last->payload || last->seq != seq ||
		span_between(last->at, now).ms >= SNAPSHOT_SPAN_MS) {
		shared_buf_unref(last->payload);
		*last = (struct answered){make_snapshot(publisher, role), seq, now};
	}
	return last->payload ? shared_buf_ref(last->payload) : NULL;
}

/* ---- periodically ---- */

static void tell_passed(struct publisher *publisher)
{
	int64_t last = engine_seq(publisher->config.engine);
	struct wire_message *message = begin(publisher, WIRE_PASSED);
	message->passed.seq = (uint64_t)last;
	struct shared_buf *payload cleanup(shared_buf_unref) = client_encode(message);
	struct clients *clients = publisher->config.clients;
	for (struct client *client = clients->first; payload && client != clients->viewers;
		client = client->next) {
		if (client->peer.state == PEER_ADMITTED && client->last_seq < last) {
			client->last_seq = last;
			client_send(clients, client, OUTBOX_RELIABLE, WIRE_PASSED, payload);
		}
	}
	if (payload && publisher->config.viewers->seq < last) {
		viewers_broadcast(publisher->config.viewers, clients, last, payload);
	}
}

void publish_second(struct publisher *publisher)
{
	struct instant moment = view_forecast_moment(engine_committed(publisher->config.engine),
		engine_meeting_now(publisher->config.engine).at);
	if (moment.ms != publisher->foreseen.ms) {
		publish_update(publisher);
	}
	tell_passed(publisher);
}
