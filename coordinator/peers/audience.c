/*
 * A pass goes through all watchers once and brings each up to the latest telling; when there have
 * been more meanwhile, another one follows.
 */
#include "coordinator/peers/audience.h"

void audience_finish(struct audience *audience)
{
	for (size_t i = 0; i < AUDIENCE_KEPT; i++) {
		payload_drop(audience->kept[i]);
		audience->kept[i] = NULL;
	}
}

void audience_join(struct audience *audience, struct clients *clients, struct client *client)
{
	ws_be_patient(client->connection);
	clients_seat_last(clients, client);
	client->heard = audience->told;
}

void audience_leave(struct audience *audience, struct client *client)
{
	if (audience->at == client) {
		audience->at = client->next;
		audience->heard = audience->at ? audience->heard : audience->aim;
	}
}

static void bring_up(struct audience *audience, struct clients *clients, struct client *client)
{
	for (; client->heard < audience->told; client->heard++) {
		client_send(clients, client, OUTBOX_KEPT, 0,
			audience->kept[client->heard % AUDIENCE_KEPT]);
	}
}

/* False: everybody has heard everything. */
static bool begin_pass(struct audience *audience, struct clients *clients)
{
	if (!audience->at && audience->heard < audience->told) {
		audience->aim = audience->told;
		audience->at = clients->watchers;
		audience->heard = audience->at ? audience->heard : audience->aim;
	}
	return audience->at != NULL;
}

static void serve_some(struct audience *audience, struct clients *clients, size_t max)
{
	for (size_t i = 0; i < max && begin_pass(audience, clients); i++) {
		struct client *client = audience->at;
		audience->at = client->next;
		bring_up(audience, clients, client);
		audience->heard = audience->at ? audience->heard : audience->aim;
	}
}

void audience_tell(
	struct audience *audience, struct clients *clients, int64_t seq, struct payload *payload)
{
	while (audience->told - audience->heard >= AUDIENCE_KEPT) {
		serve_some(audience, clients, clients->count + 1);
	}
	struct payload **place = &audience->kept[audience->told % AUDIENCE_KEPT];
	payload_drop(*place);
	*place = payload_hold(payload);
	audience->told++;
	audience->seq = seq;
}

void audience_serve(struct audience *audience, struct clients *clients, struct ws *ws)
{
	serve_some(audience, clients, WS_SLICE);
	if (begin_pass(audience, clients)) {
		ws_come_round(ws);
	}
}
