/*
 * Private to coordinator/ws: what lws.c (context, websockets), loop.c, acceptor.c,
 * response_writer.c, ws_writer.c, lws_preauth.c, warning.c and lws_http.c (requests) share.
 */
#ifndef DIEMCAU_COORDINATOR_WS_WS_PRIVATE_H
#define DIEMCAU_COORDINATOR_WS_WS_PRIVATE_H

#include <libwebsockets.h>

#include "coordinator/ws/acceptor.h"
#include "coordinator/ws/loop.h"
#include "coordinator/ws/preauth.h"
#include "coordinator/ws/warning.h"
#include "coordinator/ws/ws.h"
#include "coordinator/ws/ws_writer.h"

struct exchange;

struct ws {
	struct lws_context *context;
	struct lws_vhost *vhost;
	struct ws_callbacks port;
	void *user;
	struct http_hosts hosts;
	struct forwarded_proxies proxies;
	const char *mark; /* of the installation, for its cookie's name */
	bool tls;
	const char *certificate, *key; /* borrowed; NULL without TLS */
	struct loop loop;
	lws_sorted_usec_list_t tick;
	struct exchange *exchanges;
	uint64_t last_exchange;
	size_t pieces; /* of files, that are being read */
	struct ws_writer ws_writer;
	struct preauth preauth;
	struct acceptor acceptor;
	struct warnings warnings;
	int64_t ticks;
};

struct ws_connection {
	struct ws *ws;
	struct lws *wsi;
	void *peer;
	lws_dll2_t scheduled; /* has something to send at the end of the round */
	struct outbox outbox;
	size_t message_max;
	uint8_t *message; /* received so far */
	size_t size;
	size_t room;
	bool low_priority; /* served after the others */
	bool oversized; /* skip the rest of this message */
	bool ping;
	bool write_blocked; /* the socket was full; when it is writable again, the reader is alive
			     */
	bool closing;
};

/* The data of each connection in libwebsockets: connection or exchange, by its protocol. */
struct ws_user_data {
	struct ws_connection *connection;
	struct exchange *exchange;
	struct ws_upgrade visitor; /* between upgrade and established */
};

static inline struct ws *ws_of(struct lws *wsi)
{
	return lws_context_user(lws_get_context(wsi));
}

/* lws_headers.c: a header by token, "" when it is missing or does not fit. */
void ws_header(struct lws *wsi, enum lws_token_indexes token, char *ret, size_t size);
void ws_read_caller(struct lws *wsi, struct http_caller *ret);
/* The session by Authorization or else by cookie; "": none. */
void ws_read_session(struct lws *wsi, bool secure, char ret[TOKEN_SIZE]);
/* A cookie of ours, of exactly this size; "": none. */
void ws_read_cookie(struct lws *wsi, enum http_cookie kind, bool secure, char *ret, size_t size);
void ws_read_query(struct lws *wsi, struct http_query *ret);
/* Are all headers together more than HTTP_HEADERS_MAX? */
bool ws_headers_too_long(struct lws *wsi);

/* The client's address, as trusted proxies report it. */
void ws_real_address(struct lws *wsi, char ret[WS_ADDRESS_SIZE]);
/* From this machine, and without a proxy. */
bool ws_is_local(struct lws *wsi);

/*
 * lws_preauth.c: a connection counts there (preauth.h) from accept until its hello or its end. It
 * is marked as served while its request is being answered; after the answer its time restarts.
 */
bool ws_preauth_has_room(const struct ws *ws);
void ws_preauth_add(struct lws *wsi);
void ws_preauth_remove(struct lws *wsi);
void ws_preauth_set_serving(struct lws *wsi);
void ws_preauth_restart(struct lws *wsi);
void ws_preauth_evict(struct ws *ws);

/* lws_http.c: answers and returns -1, so that the library closes the connection. */
int ws_refuse(struct lws *wsi, int status);
int ws_http_callback(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len);

#endif
