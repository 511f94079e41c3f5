/*
 * The way in: what the websocket server tells of peers goes to the part it concerns. The functions
 * are those of struct ws_callbacks. What goes out is delivery.h.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_DISPATCH_H
#define DIEMCAU_COORDINATOR_PEERS_DISPATCH_H

#include "coordinator/peers/peers.h"

/* ---- from the server ---- */

/* Returns the client; NULL without memory. */
struct client *dispatch_opened(
	struct peers *peers, struct ws_connection *connection, const struct ws_upgrade *visitor);
void dispatch_closed(struct peers *peers, struct client *client);
void dispatch_text(struct peers *peers, struct client *client, const char *text, size_t size);
void dispatch_binary(struct peers *peers, struct client *client, const uint8_t *bytes, size_t size);
void dispatch_oversized(struct peers *peers, struct client *client);
void dispatch_lives(struct peers *peers, struct client *client);

/* ---- now and then ---- */

/*
 * Often. Whoever has fallen silent is found; each second, people are told figures and forecasts;
 * every other one, whoever may not stay any more is shown out.
 */
void dispatch_tick(struct peers *peers);
/* Say `bye` to everybody. */
void dispatch_dismiss(struct peers *peers, enum refusal code);

#endif
