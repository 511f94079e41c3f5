/*
 * A pass goes through all viewers once and sends each up to the latest broadcast; if there were
 * more meanwhile, another pass follows.
 */
#include "coordinator/peers/viewers.h"

void viewers_finish(struct viewers *viewers)
{
	for (size_t i = 0; i < VIEWERS_BACKLOG_MAX; i++) {
		shared_buf_unref(viewers->backlog[i]);
		viewers->backlog[i] = NULL;
	}
}

void viewers_join(struct viewers *viewers, struct clients *clients, struct client *client)
{
	ws_set_low_priority(client->connection);
	clients_move_last(clients, client);
	viewers_skip(viewers, client);
}

void viewers_skip(const struct viewers *viewers, struct client *client)
{
	client->n_broadcasts = viewers->n_broadcasts;
}

void viewers_leave(struct viewers *viewers, struct client *client)
{
	if (viewers->next_in_pass == client) {
		viewers->next_in_pass = client->next;
		viewers->n_sent_to_all =
			viewers->next_in_pass ? viewers->n_sent_to_all : viewers->pass_end;
	}
}

static void send_backlog(struct viewers *viewers, struct clients *clients, struct client *client)
{
	for (; client->n_broadcasts < viewers->n_broadcasts; client->n_broadcasts++) {
		client_send(clients, client, OUTBOX_RELIABLE, 0,
			viewers->backlog[client->n_broadcasts % VIEWERS_BACKLOG_MAX]);
	}
}

/* False: all viewers have everything. */
static bool start_pass(struct viewers *viewers, struct clients *clients)
{
	if (!viewers->next_in_pass && viewers->n_sent_to_all < viewers->n_broadcasts) {
		viewers->pass_end = viewers->n_broadcasts;
		viewers->next_in_pass = clients->viewers;
		viewers->n_sent_to_all =
			viewers->next_in_pass ? viewers->n_sent_to_all : viewers->pass_end;
	}
	return viewers->next_in_pass != NULL;
}

static void serve_next(struct viewers *viewers, struct clients *clients, size_t max)
{
	for (size_t i = 0; i < max && start_pass(viewers, clients); i++) {
		struct client *client = viewers->next_in_pass;
		viewers->next_in_pass = client->next;
		send_backlog(viewers, clients, client);
		viewers->n_sent_to_all =
			viewers->next_in_pass ? viewers->n_sent_to_all : viewers->pass_end;
	}
}

void viewers_broadcast(
	struct viewers *viewers, struct clients *clients, int64_t seq, struct shared_buf *payload)
{
	while (viewers->n_broadcasts - viewers->n_sent_to_all >= VIEWERS_BACKLOG_MAX) {
		serve_next(viewers, clients, clients->count + 1);
	}
	struct shared_buf **place = &viewers->backlog[viewers->n_broadcasts % VIEWERS_BACKLOG_MAX];
	shared_buf_unref(*place);
	*place = shared_buf_ref(payload);
	viewers->n_broadcasts++;
	viewers->seq = seq;
}

void viewers_serve(struct viewers *viewers, struct clients *clients, struct ws *ws)
{
	serve_next(viewers, clients, WS_LOW_PRIORITY_PER_ROUND);
	if (start_pass(viewers, clients)) {
		ws_service_again(ws);
	}
}
