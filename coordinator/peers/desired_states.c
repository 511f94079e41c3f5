/* Of a site's desired state only a digest is stored (it is 25 KB), of the relay's the text. */
#include "coordinator/peers/desired_states.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/view/digest.h"

struct sent_state {
	uint64_t version; /* of the last one numbered, for the active instance or a spare */
	uint64_t held; /* of the last one sent to the active instance */
	uint64_t digest; /* of the same */
};

struct desired_states {
	struct desired_states_config config;
	uint64_t keys_revision; /* of the media keys that the last ones were made of */
	struct msg_arena arena;
	struct wire_message message; /* too large for the stack */
	struct sent_state sites[SITES_MAX + 1];
	struct shared_buf *relay_sent; /* with version 1 */
	uint64_t relay_version;
};

struct desired_states *desired_states_create(const struct desired_states_config *config)
{
	struct desired_states *desired_states = calloc(1, sizeof(*desired_states));
	if (desired_states) {
		desired_states->config = *config;
	}
	return desired_states;
}

void desired_states_destroy(struct desired_states *desired_states)
{
	if (!desired_states) {
		return;
	}
	shared_buf_unref(desired_states->relay_sent);
	msg_arena_finish(&desired_states->arena);
	free(desired_states);
}

/* ---- to one ---- */

/* A spare sees the state, but sends and receives no media. */
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

/* Stays due until it is queued. */
static void send_message(struct desired_states *desired_states, struct client *client)
{
	const struct wire_message *message = &desired_states->message;
	struct shared_buf *payload cleanup(shared_buf_unref) = client_encode(message);
	client->desired_state_due = payload == NULL;
	if (payload) {
		client_send(desired_states->config.clients, client, OUTBOX_RELIABLE,
			(uint32_t)message->type, payload);
	}
}

static void send_to_site(struct desired_states *desired_states, struct client *client)
{
	struct wire_site_desired *desired = &desired_states->message.site_desired;
	struct sent_state *sent = &desired_states->sites[client->peer.number];
	bool spare = client->peer.state == PEER_STANDBY;
	desired_states->message.type = WIRE_SITE_DESIRED;
	view_site_desired(desired_states->config.derived, client->peer.number,
		desired_states->config.media_keys, desired);
	if (spare) {
		keep_media_off(desired);
	}
	uint64_t digest = view_digest(desired, sizeof(*desired));
	if (!client->desired_state_due && digest == sent->digest) {
		return;
	}
	desired->version = ++sent->version;
	if (!spare) {
		sent->digest = digest;
		sent->held = desired->version;
	}
	send_message(desired_states, client);
}

static bool relay_state_changed(struct desired_states *desired_states, struct shared_buf *payload)
{
	const struct shared_buf *before = desired_states->relay_sent;
	bool same = before && before->size == payload->size &&
		    memcmp(before->bytes, payload->bytes, payload->size) == 0;
	shared_buf_unref(desired_states->relay_sent);
	desired_states->relay_sent = shared_buf_ref(payload);
	return !same;
}

static void send_to_relay(struct desired_states *desired_states, struct client *client)
{
	struct wire_relay_desired *desired = &desired_states->message.relay_desired;
	memset(desired, 0, sizeof(*desired));
	desired_states->message.type = WIRE_RELAY_DESIRED;
	msg_arena_reset(&desired_states->arena);
	if (view_relay_desired(desired_states->config.derived, desired_states->config.media_keys,
		    client->peer.instance, &desired_states->arena, desired) < 0) {
		return;
	}
	desired->version = 1; /* equal in all that are compared */
	struct shared_buf *plain cleanup(shared_buf_unref) =
		client_encode(&desired_states->message);
	if (!plain || (!relay_state_changed(desired_states, plain) && !client->desired_state_due)) {
		return;
	}
	desired->version = ++desired_states->relay_version;
	send_message(desired_states, client);
}

static void send_to(struct desired_states *desired_states, struct client *client)
{
	if (client->peer.role == ROLE_SITE) {
		send_to_site(desired_states, client);
	} else if (client->peer.role == ROLE_RELAY && client->peer.state == PEER_ADMITTED) {
		send_to_relay(desired_states, client);
	}
}

static void take_derived(struct desired_states *desired_states)
{
	struct engine *engine = desired_states->config.engine;
	view_derived_take(desired_states->config.derived, engine_committed(engine),
		engine_meeting_now(engine));
}

void desired_states_send_to(struct desired_states *desired_states, struct client *client)
{
	take_derived(desired_states);
	client->desired_state_due = true;
	send_to(desired_states, client);
}

/* ---- to all ---- */

/* A spare gets it when it joins. */
static bool follows(const struct client *client)
{
	bool in = client->peer.state == PEER_ADMITTED;
	bool waits = client->peer.state == PEER_STANDBY;
	return client->peer.role == ROLE_SITE && (in || (waits && client->desired_state_due));
}

/* The relay first, so that it is prepared for what sites send. */
void desired_states_send(struct desired_states *desired_states)
{
	struct clients *clients = desired_states->config.clients;
	struct client *relay =
		clients_find(clients, desired_states->config.relay->holder.connection);
	desired_states->keys_revision = desired_states->config.media_keys->revision;
	if (relay) {
		send_to(desired_states, relay);
	}
	for (struct client *client = clients->first; client != clients->viewers;
		client = client->next) {
		if (follows(client)) {
			send_to(desired_states, client);
		}
	}
}

void desired_states_follow_keys(struct desired_states *desired_states)
{
	if (desired_states->keys_revision != desired_states->config.media_keys->revision) {
		take_derived(desired_states);
		desired_states_send(desired_states);
	}
}

uint64_t desired_states_version(const struct desired_states *desired_states, uint32_t number)
{
	return desired_states->sites[number].held;
}
