#include "coordinator/peers/dispatch.h"

#include <string.h>

#include "coordinator/peers/delivery.h"
#include "coordinator/peers/replaying.h"

enum { SECOND_MS = TELEMETRY_SPAN_MS };

/* ---- messages ---- */

/* Whatever a client says of it: it is said where people are kept. */
static void clear_digest(struct command *body)
{
	if (body->name == CMD_SITE_REGISTER) {
		body->site_register.has_people_digest = false;
	} else if (body->name == CMD_SITE_ATTEND) {
		body->site_attend.has_people_digest = false;
	}
}

/* Nobody is stored whom the record will not have. */
static void submit(
	struct peers *peers, const struct mtg_command *command, const struct engine_source *source)
{
	if (!people_are_brought(&command->body) ||
		engine_adds_nothing(peers->engine, command, source)) {
		engine_submit(peers->engine, command, source);
	} else if (!peers->people || !people_submit(peers->people, command, source)) {
		engine_refuse(peers->engine, source, REFUSAL_BUSY);
	}
}

static void pass_command(
	struct peers *peers, struct client *client, const struct wire_command *message)
{
	char name[PEER_CLIENT_KEY_SIZE];
	peer_client_key(&client->peer, name);
	struct mtg_command command;
	memset(&command, 0, sizeof(command));
	command.by = peer_actor(&client->peer);
	command.has_expect = message->has_expect;
	command.expect = (int64_t)message->expect;
	command.body = message->body;
	clear_digest(&command.body);
	peer_command_begins(&client->peer);
	submit(peers, &command,
		&(struct engine_source){
			.peer = client->number, .client = name, .command = message->id});
	peer_command_handled(&client->peer);
}

static void pass_report(
	struct peers *peers, const struct client *client, const struct wire_message *message)
{
	const struct peer *peer = &client->peer;
	if (message->type == WIRE_SITE_REPORT) {
		uint64_t version = desired_states_version(peers->desired_states, peer->number);
		telemetry_of_site(peers->telemetry, peer->number, version, &message->site_report);
	} else {
		telemetry_of_relay(peers->telemetry, peer->instance, &message->relay_report);
	}
}

static void send_time(struct peers *peers, struct client *client, const struct wire_ping *ping)
{
	struct now now = engine_meeting_now(peers->engine);
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_PONG;
	message.pong.t = ping->t;
	message.pong.at = now.at;
	message.pong.wall = now.wall;
	message.pong.rate = engine_meeting_rate(peers->engine);
	message.pong.has_rate = message.pong.rate != 1;
	message.pong.seq = (uint64_t)engine_seq(peers->engine);
	client_say(&peers->clients, client, &message);
}

static void close_client(struct peers *peers, struct client *client, enum refusal code)
{
	if (client->peer.role == ROLE_UNSET) {
		connection_log_rejected(&peers->connection_log, client, ROLE_UNSET, code);
	} else {
		connection_log_closed(&peers->connection_log, client, code);
	}
	client_bye(client, code);
}

static void greet(struct peers *peers, struct client *client, const struct wire_hello *hello)
{
	ws_set_authenticated(client->connection);
	admission_hello(&peers->admission, client, hello);
}

static void take_step(struct peers *peers, struct client *client, const struct peer_step *step,
	const struct wire_message *message)
{
	switch (step->kind) {
	case PEER_IGNORE:
		break;
	case PEER_HELLO:
		greet(peers, client, &message->hello);
		break;
	case PEER_ACCEPT:
		pass_command(peers, client, &message->command);
		break;
	case PEER_REPORT:
		pass_report(peers, client, message);
		break;
	case PEER_TIME_REQUEST:
		send_time(peers, client, &message->ping);
		break;
	case PEER_STEER:
		replaying_steer(&peers->clients, client, peers->engine, &message->steer);
		break;
	case PEER_REFUSE:
		client_refuse(&peers->clients, client, step, engine_seq(peers->engine));
		break;
	case PEER_BYE:
		close_client(peers, client, step->code);
		break;
	}
}

void dispatch_text(struct peers *peers, struct client *client, const char *text, size_t size)
{
	msg_arena_reset(&peers->arena);
	struct wire_message message;
	struct peer_step step = peer_receive(&client->peer, text, size,
		engine_service_now(peers->engine).at, &peers->arena, &message);
	take_step(peers, client, &step, &message);
}

/* False: not a thumbnail. */
static bool pass_thumbnail(
	struct peers *peers, const struct client *client, const uint8_t *bytes, size_t size)
{
	uint32_t number = client->peer.number;
	struct shared_buf *thumbnail;
	bool is_thumbnail =
		telemetry_of_thumbnail(peers->telemetry, number, bytes, size, &thumbnail);
	if (thumbnail) {
		publish_to_staff(peers->publisher, OUTBOX_THUMBNAIL, number, thumbnail);
	}
	return is_thumbnail;
}

void dispatch_binary(struct peers *peers, struct client *client, const uint8_t *bytes, size_t size)
{
	struct instant now = engine_service_now(peers->engine).at;
	struct peer_step step = peer_receive_binary(&client->peer, size, now);
	if (step.kind == PEER_ACCEPT) {
		step = pass_thumbnail(peers, client, bytes, size)
			       ? (struct peer_step){.kind = PEER_IGNORE}
			       : peer_bad_thumbnail(&client->peer, now);
	}
	take_step(peers, client, &step, NULL);
}

void dispatch_oversized(struct peers *peers, struct client *client)
{
	struct peer_step step = peer_oversized(&client->peer, engine_service_now(peers->engine).at);
	take_step(peers, client, &step, NULL);
}

/* ---- opened, closed, alive ---- */

struct client *dispatch_opened(
	struct peers *peers, struct ws_connection *connection, const struct ws_upgrade *visitor)
{
	struct instant now = engine_service_now(peers->engine).at;
	struct client *client = clients_add(&peers->clients, connection, visitor, now);
	if (client) {
		ws_set_message_max(connection, peer_bytes_max(&client->peer));
	}
	return client;
}

void dispatch_closed(struct peers *peers, struct client *client)
{
	admission_closed(&peers->admission, client);
	viewers_leave(&peers->viewers, client);
	clients_remove(&peers->clients, client);
}

void dispatch_alive(struct peers *peers, struct client *client)
{
	peer_is_alive_again(&client->peer, engine_service_now(peers->engine).at);
}

static void watch_over(struct client *client, struct instant now)
{
	switch (peer_due(&client->peer, now)) {
	case PEER_DUE_NOTHING:
		break;
	case PEER_DUE_PING:
		peer_was_pinged(&client->peer, now);
		ws_ping(client->connection);
		break;
	case PEER_DUE_LATE:
		client_bye(client, REFUSAL_TOO_LATE);
		break;
	case PEER_DUE_DEAD:
		client->bye_reason = msg_enum_name(&msg_refusal, REFUSAL_SILENT);
		peer_leave(&client->peer);
		ws_abort(client->connection);
		break;
	}
}

void dispatch_tick(struct peers *peers)
{
	struct instant now = engine_service_now(peers->engine).at;
	for (struct client *client = peers->clients.first; client; client = client->next) {
		if (client->peer.state != PEER_LEAVING) {
			watch_over(client, now);
		}
	}
	if (span_between(peers->second, now).ms >= SECOND_MS) {
		peers->second = now;
		delivery_second(peers);
	}
	if (span_between(peers->reviewed, now).ms >= REVIEW_SPAN_MS) {
		peers->reviewed = now;
		admission_review(&peers->admission);
	}
}

void dispatch_close_all(struct peers *peers, enum refusal code)
{
	for (struct client *client = peers->clients.first; client; client = client->next) {
		client_bye(client, code);
	}
}
