/*
 * Requests: their headers and bodies in, one answer out. An answer may be given much later (a
 * worker hashes a password), so a request has a number that outlives its socket.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bounds.h"
#include "coordinator/ws/http_body.h"
#include "coordinator/ws/response_head.h"
#include "coordinator/ws/response_writer.h"
#include "coordinator/ws/ws_private.h"
#include "proto/system/memory.h"
#include "text_copy.h"

enum {
	ANSWER_S = 60, /* a worker has this long */
	BODY_S = 10, /* a client, for all of a body */
	PIECE_S = 60, /* the same, of a piece of a file: 1 MiB at 140 kbit/s */
};

struct exchange {
	struct exchange *next;
	uint64_t number;
	struct lws *wsi;
	struct ws *ws;
	struct http_request request;
	char *body; /* content_length and NUL, once some of it has come */
	bool brings_piece; /* of a file: one of ws->pieces */
	size_t size;
	size_t content_length; /* by Content-Length */
	bool read; /* all of the request that will be read: see stop_reading */
	bool answered;
	ev_timer deadline; /* for the client, then for the worker; an answer has its own */
	struct response_writer response_writer;
};

static const char continue_line[] = "HTTP/1.1 100 Continue\r\n\r\n";

/* ---- requests ---- */

static enum http_method method_of(struct lws *wsi)
{
	static const struct {
		enum lws_token_indexes token;
		enum http_method method;
	} methods[] = {
		{WSI_TOKEN_GET_URI, HTTP_GET},
		{WSI_TOKEN_HEAD_URI, HTTP_HEAD},
		{WSI_TOKEN_POST_URI, HTTP_POST},
		{WSI_TOKEN_PATCH_URI, HTTP_PATCH},
		{WSI_TOKEN_DELETE_URI, HTTP_DELETE},
	};
	for (size_t i = 0; i < sizeof(methods) / sizeof(methods[0]); i++) {
		if (lws_hdr_total_length(wsi, methods[i].token) > 0) {
			return methods[i].method;
		}
	}
	return HTTP_METHOD_UNSET;
}

static void read_request(struct lws *wsi, const char *path, struct http_request *request)
{
	request->method = method_of(wsi);
	request->too_long = ws_headers_too_long(wsi);
	TEXT_COPY(request->path, path);
	request->route = http_route(request->path);
	ws_read_caller(wsi, &request->caller);
	ws_real_address(wsi, request->address);
	request->local = ws_is_local(wsi);
	ws_read_query(wsi, &request->query);
	ws_read_session(wsi, request->caller.secure, request->session);
	ws_read_cookie(wsi, HTTP_COOKIE_DEVICE, request->caller.secure, request->device,
		sizeof(request->device));
	ws_header(wsi, WSI_TOKEN_HTTP_ACCEPT, request->accept, sizeof(request->accept));
	ws_header(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE, request->type, sizeof(request->type));
	ws_header(wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, request->tags, sizeof(request->tags));
	ws_header(wsi, WSI_TOKEN_HTTP_RANGE, request->range, sizeof(request->range));
	ws_header(wsi, WSI_TOKEN_HTTP_IF_RANGE, request->if_range, sizeof(request->if_range));
}

static void on_deadline(struct ev_loop *ev, ev_timer *deadline, int events);

static struct exchange *exchange_create(struct lws *wsi, const char *path)
{
	struct exchange *exchange = calloc(1, sizeof(*exchange));

	if (!exchange) {
		return NULL;
	}
	struct ws *ws = ws_of(wsi);
	exchange->ws = ws;
	exchange->wsi = wsi;
	exchange->number = ++ws->last_exchange;
	exchange->next = ws->exchanges;
	ws->exchanges = exchange;
	response_writer_init(&exchange->response_writer, wsi, ws->loop.ev);
	ev_timer_init(&exchange->deadline, on_deadline, 0, 0);
	exchange->deadline.data = exchange;
	read_request(wsi, path, &exchange->request);
	return exchange;
}

static void free_body(struct exchange *exchange)
{
	if (exchange->body && !exchange->brings_piece) {
		memory_wipe(exchange->body, exchange->content_length); /* a password, perhaps */
	}
	free(exchange->body);
	exchange->body = NULL;
	exchange->ws->pieces -= exchange->brings_piece;
	exchange->brings_piece = false;
}

static void exchange_destroy(struct exchange *exchange)
{
	if (!exchange) {
		return;
	}
	struct exchange **at = &exchange->ws->exchanges;
	while (*at != exchange) {
		at = &(*at)->next;
	}
	*at = exchange->next;
	response_writer_finish(&exchange->response_writer);
	ev_timer_stop(exchange->ws->loop.ev, &exchange->deadline);
	free_body(exchange);
	free(exchange);
}

static void set_deadline(struct exchange *exchange, double seconds)
{
	struct ev_loop *ev = exchange->ws->loop.ev;

	ev_now_update(ev);
	ev_timer_stop(ev, &exchange->deadline);
	ev_timer_set(&exchange->deadline, seconds, 0);
	ev_timer_start(ev, &exchange->deadline);
}

/*
 * The library (4.1.6) must not read further input of this connection: after a body with more bytes
 * behind it, it reports the end of the body again and again, and it takes the headers of a buffered
 * second request for a body (lws_http_action).
 */
static void stop_reading(struct exchange *exchange)
{
	exchange->read = true;
	response_writer_stop_reading(exchange->wsi);
	set_deadline(exchange, ANSWER_S);
}

static void answer_status(struct exchange *exchange, int status)
{
	const char *advice = http_advice(status);
	char allowed[HTTP_ALLOW_SIZE];

	http_allowed(exchange->request.route, allowed);
	stop_reading(exchange);
	ws_respond(exchange->ws, exchange->number,
		&(struct http_response){.status = status,
			.type = "text/plain",
			.allow = status == 405 ? allowed : NULL,
			.body = shared_buf_copy(advice, strlen(advice), false)});
}

static void on_deadline(struct ev_loop *ev, ev_timer *deadline, int events)
{
	struct exchange *exchange = deadline->data;

	(void)ev;
	(void)events;
	answer_status(exchange, exchange->read ? 503 : 408);
}

static void pass_on(struct exchange *exchange)
{
	struct ws *ws = exchange->ws;

	stop_reading(exchange);
	exchange->request.body = exchange->body;
	exchange->request.body_size = exchange->size;
	ws_preauth_set_serving(exchange->wsi);
	ws->port.request(ws->user, exchange->number, &exchange->request);
	free_body(exchange);
}

static void read_framing(struct lws *wsi, enum http_method method, struct http_body *http_body)
{
	*http_body = (struct http_body){.takes_body = method == HTTP_POST || method == HTTP_PATCH,
		.most = method == HTTP_PATCH ? UPLOAD_PIECE_MAX : HTTP_BODY_MAX,
		.has_length = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH) > 0,
		.has_encoding = lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_TRANSFER_ENCODING) > 0};
	ws_header(wsi, WSI_TOKEN_HTTP_CONTENT_LENGTH, http_body->length, sizeof(http_body->length));
	ws_header(wsi, WSI_TOKEN_HTTP_EXPECT, http_body->expect, sizeof(http_body->expect));
}

/* A piece of a file takes memory that not everybody is given, so who brings it is looked at first.
 */
static bool admits(struct exchange *exchange)
{
	struct ws *ws = exchange->ws;

	return exchange->request.method != HTTP_PATCH ||
	       (ws->pieces < UPLOAD_BODIES_MAX && ws->port.admits(ws->user, &exchange->request));
}

static void await_body(struct exchange *exchange, const struct http_body *http_body)
{
	exchange->brings_piece = exchange->request.method == HTTP_PATCH;
	exchange->ws->pieces += exchange->brings_piece;
	set_deadline(exchange, exchange->brings_piece ? PIECE_S : BODY_S);
	if (http_body_expects_continue(http_body)) {
		response_writer_write_now(exchange->wsi, continue_line, sizeof(continue_line) - 1);
	}
}

/* One connection, one request: the library does not handle a second one reliably. */
static int on_request(struct lws *wsi, struct ws_user_data *slot, const char *path)
{
	if (slot->exchange) {
		return -1;
	}
	struct exchange *exchange = exchange_create(wsi, path);
	if (!exchange) {
		return -1;
	}
	slot->exchange = exchange;
	lws_set_timeout(wsi, NO_PENDING_TIMEOUT, 0);
	struct http_body http_body;
	read_framing(wsi, exchange->request.method, &http_body);
	int r = http_vet(&exchange->request, &exchange->ws->hosts);
	if (r == 0) {
		r = http_body_check(&http_body, &exchange->content_length);
	}
	if (r != 0) {
		answer_status(exchange, r);
	} else if (exchange->content_length > 0 && admits(exchange)) {
		await_body(exchange, &http_body);
	} else {
		pass_on(exchange); /* without its body, where it is to be refused */
	}
	return 0;
}

static int on_body(struct exchange *exchange, const void *bytes, size_t size)
{
	if (exchange->read || size == 0) {
		return 0;
	}
	if (exchange->size + size > exchange->content_length) {
		answer_status(exchange, 400);
		return 0;
	}
	if (!exchange->body) {
		exchange->body = calloc(1, exchange->content_length + 1);
	}
	if (!exchange->body) {
		return -1;
	}
	memcpy(exchange->body + exchange->size, bytes, size);
	exchange->size += size;
	return 0;
}

/* The library reports it repeatedly. */
static void on_body_end(struct exchange *exchange)
{
	if (!exchange->read && exchange->size == exchange->content_length) {
		pass_on(exchange);
	}
}

/* ---- answers ---- */

static struct exchange *exchange_find(const struct ws *ws, uint64_t number)
{
	struct exchange *exchange = ws->exchanges;

	while (exchange && exchange->number != number) {
		exchange = exchange->next;
	}
	return exchange;
}

bool ws_exchange_is_open(const struct ws *ws, uint64_t number)
{
	const struct exchange *exchange = exchange_find(ws, number);

	return exchange && !exchange->answered;
}

void ws_respond(struct ws *ws, uint64_t number, const struct http_response *answer)
{
	struct exchange *exchange = exchange_find(ws, number);

	if (exchange && !exchange->answered) {
		bool headed = exchange->request.method == HTTP_HEAD;
		char head[HEAD_SIZE];
		size_t size = head_make(answer, exchange->request.caller.secure, head);

		exchange->answered = true;
		ev_timer_stop(ws->loop.ev, &exchange->deadline);
		ws_preauth_restart(exchange->wsi);
		response_writer_begin(
			&exchange->response_writer, head, size, headed ? NULL : answer->body);
		if (answer->source && !headed) {
			response_writer_follow(
				&exchange->response_writer, answer->source, answer->source_size);
			return;
		}
	}
	if (answer->source) {
		answer->source->ended(answer->source);
	}
	shared_buf_unref(answer->body);
}

void ws_feed(struct ws *ws, uint64_t number, struct shared_buf *piece)
{
	struct exchange *exchange = exchange_find(ws, number);

	if (exchange) {
		response_writer_feed(&exchange->response_writer, piece);
	} else {
		shared_buf_unref(piece);
	}
}

int ws_refuse(struct lws *wsi, int status)
{
	const char *advice = http_advice(status);
	struct http_response answer = {.status = status,
		.type = "text/plain",
		.body = shared_buf_copy(advice, strlen(advice), false)};
	char head[HEAD_SIZE];
	size_t size = head_make(&answer, ws_of(wsi)->tls, head);

	response_writer_write_now(wsi, head, size);
	response_writer_write_now(wsi, advice, answer.body ? answer.body->size : 0);
	shared_buf_unref(answer.body);
	response_writer_shutdown(wsi);
	return -1;
}

/* ---- upgrades and raw bytes ---- */

/* An upgrade is a GET without a body; the library checks neither. */
static int on_confirm_upgrade(struct lws *wsi, const char *protocol)
{
	if (strcasecmp(protocol, "h2c") == 0) {
		return ws_refuse(wsi, 501); /* HTTP/2 is not supported */
	}
	if (strcasecmp(protocol, "websocket") != 0) {
		return -1; /* the library has answered, and would answer again */
	}
	struct http_body http_body;
	read_framing(wsi, HTTP_GET, &http_body);
	size_t size;
	bool sound = method_of(wsi) == HTTP_GET && http_body_check(&http_body, &size) == 0;
	return sound ? 0 : ws_refuse(wsi, 400);
}

/* An unknown method (TRACE), or CONNECT: the library reports it as raw bytes. */
static int on_raw(struct lws *wsi)
{
	ws_refuse(wsi, 501);
	lws_set_timeout(wsi, PENDING_TIMEOUT_CLOSE_SEND, RESPONSE_LINGER_S);
	return 0;
}

/* True: it concerns the connection, not a request. */
static bool on_connection(
	struct lws *wsi, enum lws_callback_reasons reason, void *in, int *ret_result)
{
	*ret_result = 0;
	switch ((int)reason) {
	case LWS_CALLBACK_WSI_CREATE:
		ws_of(wsi)->acceptor.connections++;
		return true;
	case LWS_CALLBACK_WSI_DESTROY:
		ws_of(wsi)->acceptor.connections--;
		ws_preauth_remove(wsi);
		return true;
	case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED:
		ws_preauth_add(wsi);
		return true;
	case LWS_CALLBACK_HTTP_CONFIRM_UPGRADE:
		*ret_result = on_confirm_upgrade(wsi, in);
		return true;
	case LWS_CALLBACK_RAW_ADOPT:
		*ret_result = on_raw(wsi);
		return true;
	case LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION:
		/* An upgrade without our subprotocol. */
		*ret_result = ws_refuse(wsi, 400);
		return true;
	default:
		return false;
	}
}

/* The key exchanges of TLS. */
static int set_groups(SSL_CTX *tls)
{
	char list[] = "X25519:P-256"; /* the macro takes it for writable */

	return SSL_CTX_set1_groups_list(tls, list) != 1;
}

int ws_http_callback(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
	struct ws_user_data *slot = user;

	if (reason == LWS_CALLBACK_OPENSSL_LOAD_EXTRA_SERVER_VERIFY_CERTS) {
		return set_groups(user);
	}
	int r;
	if (on_connection(wsi, reason, in, &r)) {
		return r;
	}
	if (reason == LWS_CALLBACK_HTTP) {
		return on_request(wsi, slot, in);
	}
	if (!slot || !slot->exchange) {
		return 0;
	}
	if (reason == LWS_CALLBACK_HTTP_BODY) {
		return on_body(slot->exchange, in, len);
	}
	if (reason == LWS_CALLBACK_HTTP_BODY_COMPLETION) {
		on_body_end(slot->exchange);
	} else if (reason == LWS_CALLBACK_CLOSED_HTTP ||
		   reason == LWS_CALLBACK_HTTP_DROP_PROTOCOL) {
		exchange_destroy(slot->exchange);
		slot->exchange = NULL;
	}
	return 0;
}
