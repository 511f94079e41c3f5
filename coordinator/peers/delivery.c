#include "coordinator/peers/delivery.h"

#include <string.h>

#include "coordinator/peers/replaying.h"
#include "coordinator/peers/told_registrations.h"
#include "text_copy.h"

/* ---- from the engine ---- */

/* An event: to all who may see it. */
static void on_committed(
	void *user, const struct mtg_record *record, const struct journal_entry *entry)
{
	struct peers *peers = user;
	admission_committed(&peers->admission, record);
	presence_committed(&peers->presence, record);
	if (peers->people) {
		people_committed(peers->people, record);
	}
	publish_event(peers->publisher, record, entry);
}

static void accepted(struct wire_accepted *ret, const struct engine_reply *reply)
{
	TEXT_COPY(ret->id, reply->command);
	ret->seq = (uint64_t)reply->reply.seq;
	ret->has_turn = reply->reply.turn[0] != '\0';
	memcpy(ret->turn, reply->reply.turn, sizeof(ret->turn));
	ret->has_take = reply->reply.take != 0;
	ret->take = reply->reply.take;
}

/* An answer: to the peer that gave the command. */
static void on_replied(void *user, const struct engine_reply *reply)
{
	struct peers *peers = user;
	struct client *client = clients_find(&peers->clients, reply->peer);
	if (!client) {
		return; /* it will ask again */
	}
	peer_command_answered(&client->peer);
	if (reply->refusal != REFUSAL_UNSET) {
		struct peer_step step = {.kind = PEER_REFUSE, .code = reply->refusal};
		TEXT_COPY(step.id, reply->command);
		client_refuse(&peers->clients, client, &step, engine_seq(peers->engine));
		return;
	}
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_ACCEPTED;
	accepted(&message.accepted, reply);
	client_say(&peers->clients, client, &message);
}

static void take_derived(struct peers *peers)
{
	view_derived_take(
		peers->derived, engine_committed(peers->engine), engine_meeting_now(peers->engine));
}

/* After the last event of several: updates to people, desired states to sites and the relay. */
static void on_settled(void *user)
{
	struct peers *peers = user;
	take_derived(peers);
	publish_update(peers->publisher);
	desired_states_send(peers->desired_states);
	told_registrations_send(&peers->clients, peers->engine, peers->people);
}

static void on_moved(void *user)
{
	struct peers *peers = user;
	take_derived(peers);
	publish_anew(peers->publisher);
}

static void on_steered(void *user)
{
	struct peers *peers = user;
	replaying_tell_all(&peers->clients, peers->engine);
}

const struct engine_port delivery_port = {
	.committed = on_committed,
	.replied = on_replied,
	.settled = on_settled,
	.moved = on_moved,
	.steered = on_steered,
};

/* ---- periodically ---- */

static void send_figures(struct peers *peers)
{
	struct shared_buf *figures cleanup(shared_buf_unref) = telemetry_fresh(peers->telemetry);
	if (figures) {
		publish_to_staff(peers->publisher, OUTBOX_TELEMETRY, 0, figures);
	}
	struct shared_buf *alerts cleanup(shared_buf_unref) =
		login_alerts_fresh(&peers->login_alerts);
	if (alerts) {
		publish_to_staff(peers->publisher, OUTBOX_RELIABLE, WIRE_GUESSING, alerts);
	}
	struct shared_buf *present cleanup(shared_buf_unref) = presence_fresh(&peers->presence);
	if (present) {
		publish_to_staff(peers->publisher, OUTBOX_RELIABLE, WIRE_PRESENT, present);
	}
	struct shared_buf *certificate cleanup(shared_buf_unref) =
		certificate_alert_fresh(&peers->certificate_alert);
	if (certificate) {
		publish_to_staff(peers->publisher, OUTBOX_RELIABLE, WIRE_CERTIFICATE, certificate);
	}
}

void delivery_second(struct peers *peers)
{
	take_derived(peers);
	publish_second(peers->publisher);
	desired_states_send(peers->desired_states);
	told_registrations_send(&peers->clients, peers->engine, peers->people);
	send_figures(peers);
}

void delivery_round(struct peers *peers)
{
	desired_states_follow_keys(peers->desired_states);
	viewers_serve(&peers->viewers, &peers->clients, peers->ws);
}
