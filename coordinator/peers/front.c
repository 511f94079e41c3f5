#include "coordinator/peers/front.h"

#include <stdio.h>
#include <string.h>

#include "coordinator/api/api.h"
#include "coordinator/peers/gate.h"
#include "coordinator/host/log.h"
#include "coordinator/peers/notices.h"
#include "coordinator/peers/publish.h"
#include "coordinator/peers/reports.h"

enum { SECOND_MS = TELEMETRY_SPAN_MS, REVIEW_MS = 2000 };

int64_t coordinator_seq(const struct coordinator *coordinator)
{
	return mtg_last_seq(turn_told(coordinator->turn));
}

/* ---- messages ---- */

static void pass_command(
	struct coordinator *coordinator, struct client *client, const struct wire_command *command)
{
	char name[PEER_CLIENT_SIZE];
	peer_client(&client->peer, name);
	struct mtg_order order;
	memset(&order, 0, sizeof(order));
	order.by = peer_actor(&client->peer);
	order.has_expect = command->has_expect;
	order.expect = (int64_t)command->expect;
	order.command = command->body;
	peer_command_passes(&client->peer);
	turn_order(coordinator->turn, &order,
		&(struct turn_source){
			.peer = client->number, .client = name, .command = command->id});
	peer_command_passed(&client->peer);
}

static void pass_report(
	struct coordinator *coordinator, struct client *client, const struct wire_message *message)
{
	if (message->type == WIRE_SITE_REPORT) {
		report_of_site(coordinator, client, &message->site_report);
	} else {
		report_of_relay(coordinator, client, &message->relay_report);
	}
}

static void tell_time(
	struct coordinator *coordinator, struct client *client, const struct wire_ping *ping)
{
	struct now now = turn_now(coordinator->turn);
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
		notice_turned_away(coordinator, client, ROLE_UNSET, code);
	} else {
		notice_closed(coordinator, client, code);
	}
	client_bye(client, code);
}

static void greet(
	struct coordinator *coordinator, struct client *client, const struct wire_hello *hello)
{
	ws_greeted(client->connection);
	gate_greet(coordinator, client, hello);
}

static void take_step(struct coordinator *coordinator, struct client *client,
	const struct peer_step *step, const struct wire_message *message)
{
	switch (step->kind) {
	case PEER_IGNORE:
		break;
	case PEER_GREETS:
		greet(coordinator, client, &message->hello);
		break;
	case PEER_COMMANDS:
		pass_command(coordinator, client, &message->command);
		break;
	case PEER_REPORTS:
		pass_report(coordinator, client, message);
		break;
	case PEER_ASKS_TIME:
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
		turn_now(coordinator->turn).at, &coordinator->arena, &message);
	take_step(coordinator, client, &step, &message);
}

static void on_frame(void *user, void *peer, const uint8_t *bytes, size_t size)
{
	struct coordinator *coordinator = user;
	struct client *client = peer;
	struct instant now = turn_now(coordinator->turn).at;
	struct peer_step step = peer_receive_frame(&client->peer, size, now);
	if (step.kind == PEER_COMMANDS) {
		step = report_frame(coordinator, client, bytes, size)
			       ? (struct peer_step){.kind = PEER_IGNORE}
			       : peer_unfit_frame(&client->peer, now);
	}
	take_step(coordinator, client, &step, NULL);
}

static void on_oversized(void *user, void *peer)
{
	struct coordinator *coordinator = user;
	struct client *client = peer;
	struct peer_step step = peer_oversized(&client->peer, turn_now(coordinator->turn).at);
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
	void *user, struct ws_connection *connection, const struct ws_visitor *visitor)
{
	struct coordinator *coordinator = user;
	return clients_add(
		&coordinator->clients, connection, visitor, turn_now(coordinator->turn).at);
}

static void on_closed(void *user, void *peer)
{
	struct coordinator *coordinator = user;
	gate_gone(coordinator, peer);
	audience_leave(&coordinator->audience, peer);
	clients_remove(&coordinator->clients, peer);
}

static void on_lives(void *user, void *peer)
{
	struct coordinator *coordinator = user;
	struct client *client = peer;
	peer_lives(&client->peer, turn_now(coordinator->turn).at);
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
		client->farewell = msg_enum_name(&msg_refusal, REFUSAL_SILENT);
		peer_leave(&client->peer);
		ws_cut(client->connection);
		break;
	}
}

static void on_beat(void *user)
{
	struct coordinator *coordinator = user;
	struct instant now = turn_now(coordinator->turn).at;
	for (struct client *client = coordinator->clients.first; client; client = client->next) {
		if (client->peer.state != PEER_LEAVING) {
			watch_over(coordinator, client, now);
		}
	}
	api_logins_serve(coordinator);
	if (span_between(coordinator->second, now).ms >= SECOND_MS) {
		coordinator->second = now;
		publish_second(coordinator);
		report_telemetry(coordinator);
		guessing_tell(coordinator);
	}
	if (span_between(coordinator->reviewed, now).ms >= REVIEW_MS) {
		coordinator->reviewed = now;
		gate_review(coordinator);
	}
	notify_alive(&coordinator->notify, now);
}

void front_dismiss(struct coordinator *coordinator, enum refusal code)
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
	int fault = turn_commit(coordinator->turn);
	if (fault < 0 && coordinator->health != HEALTH_BROKEN) {
		log_line(LOG_LINE_ERROR, "the journal failed: %s", strerror(-fault));
		coordinator->health = HEALTH_BROKEN;
	}
}

static void on_due(void *user)
{
	(void)user; /* the loop ticks after every round */
}

static void on_told(void *user, const struct mtg_record *record)
{
	gate_told(user, record);
	publish_told(user, record);
}

static void accepted(struct wire_accepted *ret, const struct turn_answer *answer)
{
	snprintf(ret->id, sizeof(ret->id), "%s", answer->command);
	ret->seq = (uint64_t)answer->answer.seq;
	ret->has_turn = answer->answer.turn[0] != '\0';
	memcpy(ret->turn, answer->answer.turn, sizeof(ret->turn));
	ret->has_take = answer->answer.take != 0;
	ret->take = answer->answer.take;
}

static void on_answered(void *user, const struct turn_answer *answer)
{
	struct coordinator *coordinator = user;
	struct client *client = clients_find(&coordinator->clients, answer->peer);
	if (!client) {
		return; /* it will ask again */
	}
	peer_command_answered(&client->peer);
	if (answer->refusal != REFUSAL_UNSET) {
		struct peer_step step = {.kind = PEER_REFUSE, .code = answer->refusal};
		snprintf(step.id, sizeof(step.id), "%s", answer->command);
		client_refuse(&coordinator->clients, client, &step, coordinator_seq(coordinator));
		return;
	}
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_ACCEPTED;
	accepted(&message.accepted, answer);
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

const struct ws_port front_ws_port = {
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
	.beat = on_beat,
	.warn = on_warning,
};

const struct turn_port front_turn_port = {
	.told = on_told,
	.answered = on_answered,
	.settled = on_settled,
	.wake = wake,
};
