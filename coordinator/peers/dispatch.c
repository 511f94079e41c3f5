#include "coordinator/peers/dispatch.h"

#include <stdio.h>
#include <string.h>

#include "coordinator/api/api.h"
#include "coordinator/peers/admission.h"
#include "coordinator/host/log.h"
#include "coordinator/peers/connection_log.h"
#include "coordinator/peers/publish.h"
#include "coordinator/telemetry/telemetry.h"

enum { SECOND_MS = TELEMETRY_SPAN_MS, REVIEW_MS = 2000 };

int64_t coordinator_seq(const struct coordinator *coordinator)
{
	return mtg_last_seq(engine_committed(coordinator->engine));
}

/* ---- messages ---- */

static void pass_command(
	struct coordinator *coordinator, struct client *client, const struct wire_command *message)
{
	char name[PEER_CLIENT_KEY_SIZE];
	peer_client_key(&client->peer, name);
	struct mtg_command command;
	memset(&command, 0, sizeof(command));
	command.by = peer_actor(&client->peer);
	command.has_expect = message->has_expect;
	command.expect = (int64_t)message->expect;
	command.body = message->body;
	peer_command_passes(&client->peer);
	engine_submit(coordinator->engine, &command,
		&(struct engine_source){
			.peer = client->number, .client = name, .command = message->id});
	peer_command_passed(&client->peer);
}

static void pass_report(
	struct coordinator *coordinator, struct client *client, const struct wire_message *message)
{
	if (message->type == WIRE_SITE_REPORT) {
		telemetry_of_site(coordinator, client, &message->site_report);
	} else {
		telemetry_of_relay(coordinator, client, &message->relay_report);
	}
}

static void tell_time(
	struct coordinator *coordinator, struct client *client, const struct wire_ping *ping)
{
	struct now now = engine_now(coordinator->engine);
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_PONG;
	message.pong.t = ping->t;
	message.pong.at = now.at;
	message.pong.wall = now.wall;
	message.pong.seq = (uint64_t)coordinator_seq(coordinator);
	client_say(&coordinator->clients, client, &message);
}

static void show_out(struct coordinator *coordinator, struct client *client, enum refusal code)
{
	if (client->peer.role == ROLE_UNSET) {
		connection_log_turned_away(coordinator, client, ROLE_UNSET, code);
	} else {
		connection_log_closed(coordinator, client, code);
	}
	client_bye(client, code);
}

static void greet(
	struct coordinator *coordinator, struct client *client, const struct wire_hello *hello)
{
	ws_set_authenticated(client->connection);
	admission_hello(coordinator, client, hello);
}

static void take_step(struct coordinator *coordinator, struct client *client,
	const struct peer_step *step, const struct wire_message *message)
{
	switch (step->kind) {
	case PEER_IGNORE:
		break;
	case PEER_HELLO:
		greet(coordinator, client, &message->hello);
		break;
	case PEER_ACCEPT:
		pass_command(coordinator, client, &message->command);
		break;
	case PEER_REPORT:
		pass_report(coordinator, client, message);
		break;
	case PEER_TIME_REQUEST:
		tell_time(coordinator, client, &message->ping);
		break;
	case PEER_REFUSE:
		client_refuse(&coordinator->clients, client, step, coordinator_seq(coordinator));
		break;
	case PEER_BYE:
		show_out(coordinator, client, step->code);
		break;
	}
}

static void on_text(void *user, void *peer, const char *text, size_t size)
{
	struct coordinator *coordinator = user;
	struct client *client = peer;
	struct wire_message message;
	msg_arena_reset(&coordinator->arena);
	struct peer_step step = peer_receive(&client->peer, text, size,
		engine_now(coordinator->engine).at, &coordinator->arena, &message);
	take_step(coordinator, client, &step, &message);
}

static void on_frame(void *user, void *peer, const uint8_t *bytes, size_t size)
{
	struct coordinator *coordinator = user;
	struct client *client = peer;
	struct instant now = engine_now(coordinator->engine).at;
	struct peer_step step = peer_receive_binary(&client->peer, size, now);
	if (step.kind == PEER_ACCEPT) {
		step = telemetry_thumbnail(coordinator, client, bytes, size)
			       ? (struct peer_step){.kind = PEER_IGNORE}
			       : peer_bad_thumbnail(&client->peer, now);
	}
	take_step(coordinator, client, &step, NULL);
}

static void on_oversized(void *user, void *peer)
{
	struct coordinator *coordinator = user;
	struct client *client = peer;
	struct peer_step step = peer_oversized(&client->peer, engine_now(coordinator->engine).at);
	take_step(coordinator, client, &step, NULL);
}

static size_t message_max(void *user, void *peer)
{
	(void)user;
	const struct client *client = peer;
	size_t text = peer_message_max(&client->peer);
	return text > FRAME_MAX ? text : (size_t)FRAME_MAX;
}

/* ---- coming, going, living ---- */

static void *on_opened(
	void *user, struct ws_connection *connection, const struct ws_upgrade *visitor)
{
	struct coordinator *coordinator = user;
	return clients_add(
		&coordinator->clients, connection, visitor, engine_now(coordinator->engine).at);
}

static void on_closed(void *user, void *peer)
{
	struct coordinator *coordinator = user;
	admission_closed(coordinator, peer);
	viewers_leave(&coordinator->viewers, peer);
	clients_remove(&coordinator->clients, peer);
}

static void on_lives(void *user, void *peer)
{
	struct coordinator *coordinator = user;
	struct client *client = peer;
	peer_heard(&client->peer, engine_now(coordinator->engine).at);
}

static void watch_over(struct coordinator *coordinator, struct client *client, struct instant now)
{
	(void)coordinator;
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

static void on_beat(void *user)
{
	struct coordinator *coordinator = user;
	struct instant now = engine_now(coordinator->engine).at;
	for (struct client *client = coordinator->clients.first; client; client = client->next) {
		if (client->peer.state != PEER_LEAVING) {
			watch_over(coordinator, client, now);
		}
	}
	api_logins_serve(coordinator);
	if (span_between(coordinator->second, now).ms >= SECOND_MS) {
		coordinator->second = now;
		publish_second(coordinator);
		telemetry_send(coordinator);
		login_alerts_send(coordinator);
	}
	if (span_between(coordinator->reviewed, now).ms >= REVIEW_MS) {
		coordinator->reviewed = now;
		admission_review(coordinator);
	}
	notify_alive(&coordinator->notify, now);
}

void dispatch_dismiss(struct coordinator *coordinator, enum refusal code)
{
	for (struct client *client = coordinator->clients.first; client; client = client->next) {
		client_bye(client, code);
	}
}

/* ---- the turn ---- */

static void on_woken(void *user)
{
	struct coordinator *coordinator = user;
	worker_collect(coordinator->worker);
	worker_collect(coordinator->reader);
	int fault = engine_deliver(coordinator->engine);
	if (fault < 0 && coordinator->health != HEALTH_BROKEN) {
		log_line(LOG_LINE_ERROR, "the journal failed: %s", strerror(-fault));
		coordinator->health = HEALTH_BROKEN;
	}
}

static void on_due(void *user)
{
	(void)user; /* the loop ticks after every round */
}

static void on_committed(void *user, const struct mtg_record *record)
{
	admission_committed(user, record);
	publish_told(user, record);
}

static void accepted(struct wire_accepted *ret, const struct engine_reply *reply)
{
	snprintf(ret->id, sizeof(ret->id), "%s", reply->command);
	ret->seq = (uint64_t)reply->reply.seq;
	ret->has_turn = reply->reply.turn[0] != '\0';
	memcpy(ret->turn, reply->reply.turn, sizeof(ret->turn));
	ret->has_take = reply->reply.take != 0;
	ret->take = reply->reply.take;
}

static void on_replied(void *user, const struct engine_reply *reply)
{
	struct coordinator *coordinator = user;
	struct client *client = clients_find(&coordinator->clients, reply->peer);
	if (!client) {
		return; /* it will ask again */
	}
	peer_command_answered(&client->peer);
	if (reply->refusal != REFUSAL_UNSET) {
		struct peer_step step = {.kind = PEER_REFUSE, .code = reply->refusal};
		snprintf(step.id, sizeof(step.id), "%s", reply->command);
		client_refuse(&coordinator->clients, client, &step, coordinator_seq(coordinator));
		return;
	}
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_ACCEPTED;
	accepted(&message.accepted, reply);
	client_say(&coordinator->clients, client, &message);
}

static void on_settled(void *user)
{
	publish_settled(user);
}

static void wake(void *user)
{
	struct coordinator *coordinator = user;
	struct ws *ws = atomic_load(&coordinator->ws);
	if (ws) {
		ws_wake(ws);
	}
}

static void on_warning(void *user, const char *line)
{
	(void)user;
	log_line(LOG_LINE_WARNING, "%s", line);
}

const struct ws_callbacks dispatch_ws_port = {
	.opened = on_opened,
	.closed = on_closed,
	.message_max = message_max,
	.text = on_text,
	.frame = on_frame,
	.oversized = on_oversized,
	.lives = on_lives,
	.request = api_request,
	.woken = on_woken,
	.due = on_due,
	.tick = on_beat,
	.warn = on_warning,
};

const struct engine_port dispatch_engine_port = {
	.committed = on_committed,
	.replied = on_replied,
	.settled = on_settled,
	.wake = wake,
};
