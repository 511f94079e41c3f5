/*
 * A pass goes through all watchers once and brings each up to the latest telling; when there have
 * been more meanwhile, another one follows.
 */
#include "coordinator/peers/viewers.h"

void viewers_finish(struct viewers *viewers)
{
	for (size_t i = 0; i < VIEWERS_BACKLOG_MAX; i++) {
		shared_buf_unref(viewers->kept[i]);
		viewers->kept[i] = NULL;
	}
}

void viewers_join(struct viewers *viewers, struct clients *clients, struct client *client)
{
	ws_set_low_priority(client->connection);
	clients_move_last(clients, client);
	client->heard = viewers->told;
}

void viewers_leave(struct viewers *viewers, struct client *client)
{
	if (viewers->at == client) {
		viewers->at = client->next;
		viewers->heard = viewers->at ? viewers->heard : viewers->aim;
	}
}

static void bring_up(struct viewers *viewers, struct clients *clients, struct client *client)
{
	for (; client->heard < viewers->told; client->heard++) {
		client_send(clients, client, OUTBOX_RELIABLE, 0,
			viewers->kept[client->heard % VIEWERS_BACKLOG_MAX]);
	}
}

/* False: everybody has heard everything. */
static bool begin_pass(struct viewers *viewers, struct clients *clients)
{
	if (!viewers->at && viewers->heard < viewers->told) {
		viewers->aim = viewers->told;
		viewers->at = clients->watchers;
		viewers->heard = viewers->at ? viewers->heard : viewers->aim;
	}
	return viewers->at != NULL;
}

static void serve_some(struct viewers *viewers, struct clients *clients, size_t max)
{
	for (size_t i = 0; i < max && begin_pass(viewers, clients); i++) {
		struct client *client = viewers->at;
		viewers->at = client->next;
		bring_up(viewers, clients, client);
		viewers->heard = viewers->at ? viewers->heard : viewers->aim;
	}
}

void viewers_tell(
	struct viewers *viewers, struct clients *clients, int64_t seq, struct shared_buf *payload)
{
	while (viewers->told - viewers->heard >= VIEWERS_BACKLOG_MAX) {
		serve_some(viewers, clients, clients->count + 1);
	}
	struct shared_buf **place = &viewers->kept[viewers->told % VIEWERS_BACKLOG_MAX];
	shared_buf_unref(*place);
	*place = shared_buf_ref(payload);
	viewers->told++;
	viewers->seq = seq;
}

void viewers_serve(struct viewers *viewers, struct clients *clients, struct ws *ws)
{
	serve_some(viewers, clients, WS_LOW_PRIORITY_PER_ROUND);
	if (begin_pass(viewers, clients)) {
		ws_service_again(ws);
	}
}
