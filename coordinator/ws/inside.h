/*
 * Inside of coordinator/ws: what lws.c (context, websockets), loop.c, accepting.c, answering.c,
 * sending.c, door.c, warning.c and lws_http.c (requests) share.
 */
#ifndef DIEMCAU_WS_INSIDE_H
#define DIEMCAU_WS_INSIDE_H

#include <libwebsockets.h>

#include "coordinator/ws/accepting.h"
#include "coordinator/ws/lobby.h"
#include "coordinator/ws/loop.h"
#include "coordinator/ws/sending.h"
#include "coordinator/ws/warning.h"
#include "coordinator/ws/ws.h"

struct exchange;

struct ws {
	struct lws_context *context;
	struct lws_vhost *vhost;
	struct ws_port port;
	void *user;
	struct http_hosts hosts;
	struct forwarded_proxies proxies;
	const char *mark; /* of the installation, for its cookie's name */
	bool tls;
	struct loop loop;
	lws_sorted_usec_list_t beat;
	struct exchange *exchanges;
	uint64_t last_exchange;
	struct sending sending;
	struct lobby lobby;
	struct accepting accepting;
	struct warnings warnings;
	int64_t beats;
};

struct ws_connection {
	struct ws *ws;
	struct lws *wsi;
	void *peer;
	lws_dll2_t soon; /* has something to send at the end of the round */
	struct outbox outbox;
	uint8_t *message; /* received so far */
	size_t size;
	size_t room;
	bool patient; /* one of very many, told after the others */
	bool oversized; /* skip the rest of this message */
	bool ping;
	bool choked; /* the socket took no more; if it is writable again, the reader lives */
	bool closing;
};

/* What libwebsockets keeps for each connection: one of the two, by its protocol. */
struct ws_slot {
	struct ws_connection *connection;
	struct exchange *exchange;
	struct ws_visitor visitor; /* between upgrade and established */
};

struct ws *ws_of(struct lws *wsi);

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

/* The address of who asks: not a trusted proxy's, but whom that one names. */
void ws_client_of(struct lws *wsi, char ret[WS_ADDRESS_SIZE]);
/* From this machine, as far as can be seen: nobody passed it on. */
bool ws_is_local(struct lws *wsi);

/* The address at the other end of the connection: a proxy's, where there is one. */
void ws_address_of(struct lws *wsi, char ret[WS_ADDRESS_SIZE]);

/*
 * door.c: a connection is a guest (lobby.h) from its coming until it has said hello or is gone. It
 * is served while its request is being answered; with the answer it is as if it had just come.
 */
bool door_is_open(const struct ws *ws);
void door_enter(struct lws *wsi);
void door_leave(struct lws *wsi);
void door_serve(struct lws *wsi);
void door_come_anew(struct lws *wsi);
void door_make_room(struct ws *ws);

/* lws.c: the key exchanges of TLS. */
int ws_set_groups(SSL_CTX *tls);

/* lws_http.c: answers and returns -1, for the library to hang up. */
int ws_refuse(struct lws *wsi, int status);
int ws_http_callback(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len);

#endif
