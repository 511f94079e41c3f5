/*
 * Incoming messages: passes what the websocket server reports to the part it concerns. The
 * functions are those of struct ws_callbacks. delivery.h sends.
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
void dispatch_alive(struct peers *peers, struct client *client);

/* ---- periodically ---- */

/*
 * Call often. Finds silent peers; each second sends telemetry and forecasts to people; every other
 * second closes connections that are no longer valid.
 */
void dispatch_tick(struct peers *peers);
/* Send `bye` to all clients. */
void dispatch_close_all(struct peers *peers, enum refusal code);

#endif
