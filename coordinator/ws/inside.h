/* Inside of coordinator/ws: what lws.c (context, websockets) and lws_http.c (requests) share. */
#ifndef DIEMCAU_WS_INSIDE_H
#define DIEMCAU_WS_INSIDE_H

#include <libwebsockets.h>

#include "coordinator/ws/ws.h"

struct exchange;

struct ws {
	struct lws_context *context;
	struct lws_vhost *vhost;
	struct ws_port port;
	void *user;
	struct http_hosts hosts;
	lws_sorted_usec_list_t due;
	lws_sorted_usec_list_t beat;
	struct exchange *exchanges;
	uint64_t last_exchange;
	uint8_t fragment[PAYLOAD_HEADROOM + OUTBOX_FRAGMENT]; /* see send_fragment */
};

/* What libwebsockets keeps for each connection: one of the two, by its protocol. */
struct ws_slot {
	struct ws_connection *connection;
	struct exchange *exchange;
	struct ws_visitor visitor; /* between upgrade and established */
};

struct ws *ws_of(struct lws *wsi);

/* A header by token, "" when it is missing or does not fit. */
void ws_header(struct lws *wsi, enum lws_token_indexes token, char *ret, size_t size);
void ws_address_of(struct lws *wsi, char ret[WS_ADDRESS_SIZE]);

int ws_http_callback(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len);

#endif
