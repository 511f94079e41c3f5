#include "coordinator/peers/clients.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "proto/gen/words.h"
#include "text_copy.h"

static struct client **bucket_of(struct clients *clients, uint64_t number)
{
	return &clients->buckets[number % CLIENTS_BUCKETS];
}

static void link_at(struct clients *clients, struct client *client, struct client **link)
{
	client->next = *link;
	client->link = link;
	*(client->next ? &client->next->link : &clients->end) = &client->next;
	*link = client;
}

static void unlink_from(struct clients *clients, struct client *client)
{
	*client->link = client->next;
	*(client->next ? &client->next->link : &clients->end) = client->link;
	if (clients->viewers == client) {
		clients->viewers = client->next;
	}
}

struct client *clients_add(struct clients *clients, struct ws_connection *connection,
	const struct ws_upgrade *visitor, struct instant now)
{
	struct client *client = calloc(1, sizeof(*client));
	if (!client) {
		return NULL;
	}
	client->number = ++clients->last_number;
	client->connection = connection;
	client->visitor = *visitor;
	peer_open(&client->peer, now);
	link_at(clients, client, &clients->first);
	client->chained = *bucket_of(clients, client->number);
	*bucket_of(clients, client->number) = client;
	clients->count++;
	return client;
}

void clients_remove(struct clients *clients, struct client *client)
{
	struct client **at = bucket_of(clients, client->number);
	while (*at != client) {
		at = &(*at)->chained;
	}
	*at = client->chained;
	unlink_from(clients, client);
	clients->count--;
	clients->dropped += ws_dropped(client->connection);
	free(client);
}

void clients_move_last(struct clients *clients, struct client *client)
{
	unlink_from(clients, client);
	link_at(clients, client, clients->end);
	if (!clients->viewers) {
		clients->viewers = client;
	}
}

size_t clients_of_account(const struct clients *clients, const char *account)
{
	size_t count = 0;
	for (const struct client *client = clients->first; client; client = client->next) {
		count += strcmp(client->peer.account, account) == 0;
	}
	return count;
}

size_t clients_of_display(const struct clients *clients, const char *digest)
{
	size_t count = 0;
	for (const struct client *client = clients->first; client; client = client->next) {
		count += peer_is_screen(&client->peer) && strcmp(client->display, digest) == 0;
	}
	return count;
}

struct client *clients_find(const struct clients *clients, uint64_t number)
{
	struct client *client = clients->buckets[number % CLIENTS_BUCKETS];
	while (client && client->number != number) {
		client = client->chained;
	}
	return client;
}

void client_send(struct clients *clients, struct client *client, enum outbox_class class,
	uint32_t key, struct shared_buf *payload)
{
	int r = ws_send(client->connection, class, key, payload);
	if (r == OUTBOX_FULL) {
		clients->too_slow++;
		client_bye(client, REFUSAL_TOO_SLOW);
	} else if (r < 0) {
		ws_abort(client->connection);
	}
}

struct shared_buf *client_encode(const struct wire_message *message)
{
	struct shared_buf *payload = NULL;
	int r = shared_buf_encode(&msg_wire_message, message, &payload);
	if (r < 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be encoded: %s",
			msg_enum_name(&msg_wire_message_type, (int)message->type), strerror(-r));
	}
	return payload;
}

void client_say(struct clients *clients, struct client *client, const struct wire_message *message)
{
	struct shared_buf *payload cleanup(shared_buf_unref) = client_encode(message);
	if (payload) {
		client_send(clients, client, OUTBOX_RELIABLE, 0, payload);
	} else {
		ws_abort(client->connection);
	}
}

void client_refuse(
	struct clients *clients, struct client *client, const struct peer_step *step, int64_t seq)
{
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_REFUSED;
	struct wire_refused *refused = &message.refused;
	refused->code = step->code;
	refused->seq = (uint64_t)seq;
	TEXT_COPY(refused->text, sentence_of_refusal(step->code, client->peer.language));
	refused->has_id = step->id[0] != '\0';
	TEXT_COPY(refused->id, step->id);
	refused->has_field = step->field[0] != '\0';
	TEXT_COPY(refused->field, step->field);
	clients->refused++;
	client_say(clients, client, &message);
}

void client_bye(struct client *client, enum refusal code)
{
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_BYE;
	message.bye.code = code;
	TEXT_COPY(message.bye.text, sentence_of_refusal(code, client->peer.language));
	struct shared_buf *payload cleanup(shared_buf_unref) = client_encode(&message);
	client->bye_reason = msg_enum_name(&msg_refusal, (int)code);
	peer_leave(&client->peer);
	ws_close(client->connection, payload);
}
