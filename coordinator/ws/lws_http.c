/*
 * Requests: their headers and bodies in, one answer out. An answer may come long after (a worker
 * hashes a password), so a request is known by a number that outlives its socket.
 */
#include "coordinator/ws/inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bounds.h"
#include "system/memory.h"

enum {
	ANSWER_S = 60, /* a worker has this long */
	HEADERS_SIZE = 2048,
	PIECE = 64 * 1024,
};

struct exchange {
	struct exchange *next;
	uint64_t number;
	struct lws *wsi;
	struct ws *ws;
	struct http_request request;
	char *body; /* HTTP_BODY_MAX and NUL, with POST */
	size_t size;
	bool answered;
	bool headed; /* the headers have been sent */
	bool hang_up; /* the rest of the request was not read */
	size_t sent;
	struct http_answer answer;
};

static const char page_policy[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
	"font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
	"frame-ancestors 'none'";
static const char styled_policy[] = "default-src 'none'; style-src 'unsafe-inline'; "
				    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static const struct {
	const char *name;
	const char *value;
} security_headers[] = {
	{"x-content-type-options:", "nosniff"},
	{"x-frame-options:", "DENY"},
	{"referrer-policy:", "no-referrer"},
	{"cross-origin-opener-policy:", "same-origin"},
	{"cross-origin-resource-policy:", "same-origin"},
};

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
	char cookie[HTTP_ACCEPT_SIZE], authorization[HTTP_TAG_SIZE];
	request->method = method_of(wsi);
	snprintf(request->path, sizeof(request->path), "%s", path);
	request->route = http_route(request->path);
	ws_header(wsi, WSI_TOKEN_HTTP_URI_ARGS, request->query, sizeof(request->query));
	ws_header(wsi, WSI_TOKEN_HOST, request->host, sizeof(request->host));
	ws_header(wsi, WSI_TOKEN_ORIGIN, request->origin, sizeof(request->origin));
	ws_header(wsi, WSI_TOKEN_HTTP_ACCEPT, request->accept, sizeof(request->accept));
	ws_header(wsi, WSI_TOKEN_HTTP_CONTENT_TYPE, request->type, sizeof(request->type));
	ws_header(wsi, WSI_TOKEN_HTTP_IF_NONE_MATCH, request->tag, sizeof(request->tag));
	ws_header(wsi, WSI_TOKEN_HTTP_COOKIE, cookie, sizeof(cookie));
	ws_header(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, authorization, sizeof(authorization));
	http_session_of(cookie, authorization, request->session);
	ws_address_of(wsi, request->address);
	request->loopback =
		strncmp(request->address, "127.", 4) == 0 || strcmp(request->address, "::1") == 0;
}

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
	read_request(wsi, path, &exchange->request);
	return exchange;
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
	payload_drop(exchange->answer.body);
	if (exchange->body) {
		memory_wipe(exchange->body, HTTP_BODY_MAX); /* a password, perhaps */
	}
	free(exchange->body);
	free(exchange);
}

static void answer_status(struct exchange *exchange, int status)
{
	exchange->hang_up = exchange->request.method == HTTP_POST;
	ws_answer(exchange->ws, exchange->number,
		&(struct http_answer){.status = status, .type = "text/plain"});
}

static void pass_on(struct exchange *exchange)
{
	struct ws *ws = exchange->ws;
	exchange->request.body = exchange->body;
	exchange->request.body_size = exchange->size;
	door_serve(exchange->wsi);
	ws->port.request(ws->user, exchange->number, &exchange->request);
}

static int on_request(struct lws *wsi, struct ws_slot *slot, const char *path)
{
	exchange_destroy(slot->exchange);
	slot->exchange = exchange_create(wsi, path);
	if (!slot->exchange) {
		return -1;
	}
	lws_set_timeout(wsi, PENDING_TIMEOUT_HTTP_CONTENT, ANSWER_S);
	int status = http_vet(&slot->exchange->request, &slot->exchange->ws->hosts);
	if (status != 0) {
		answer_status(slot->exchange, status);
	} else if (slot->exchange->request.method != HTTP_POST) {
		pass_on(slot->exchange);
	}
	return 0;
}

static int on_body(struct exchange *exchange, const void *bytes, size_t size)
{
	if (exchange->answered || size == 0) {
		return 0;
	}
	if (exchange->size + size > HTTP_BODY_MAX) {
		answer_status(exchange, 413);
		return 0;
	}
	if (!exchange->body) {
		exchange->body = calloc(1, HTTP_BODY_MAX + 1);
	}
	if (!exchange->body) {
		return -1;
	}
	memcpy(exchange->body + exchange->size, bytes, size);
	exchange->size += size;
	return 0;
}

/* ---- answers ---- */

void ws_answer(struct ws *ws, uint64_t number, const struct http_answer *answer)
{
	struct exchange *exchange = ws->exchanges;
	while (exchange && exchange->number != number) {
		exchange = exchange->next;
	}
	if (!exchange || exchange->answered) {
		payload_drop(answer->body);
		return;
	}
	exchange->answer = *answer;
	exchange->answered = true;
	door_come_anew(exchange->wsi);
	lws_callback_on_writable(exchange->wsi);
}

static int add_header(
	struct lws *wsi, const char *name, const char *value, uint8_t **at, uint8_t *end)
{
	return lws_add_http_header_by_name(
		wsi, (const uint8_t *)name, (const uint8_t *)value, (int)strlen(value), at, end);
}

static const char *caching_of(const struct http_answer *answer)
{
	if (!answer->tag[0]) {
		return "no-store";
	}
	return answer->immutable ? "public, max-age=31536000, immutable" : "no-cache";
}

static int add_own_headers(
	struct lws *wsi, const struct http_answer *answer, uint8_t **at, uint8_t *end)
{
	int bad = 0;
	size_t n = sizeof(security_headers) / sizeof(security_headers[0]);
	for (size_t i = 0; i < n; i++) {
		bad |= add_header(
			wsi, security_headers[i].name, security_headers[i].value, at, end);
	}
	bad |= add_header(wsi,
		"content-security-policy:", answer->styled ? styled_policy : page_policy, at, end);
	bad |= add_header(wsi, "cache-control:", caching_of(answer), at, end);
	if (answer->tag[0]) {
		bad |= add_header(wsi, "etag:", answer->tag, at, end);
	}
	if (answer->cookie[0]) {
		bad |= add_header(wsi, "set-cookie:", answer->cookie, at, end);
	}
	if (answer->retry_after > 0) {
		char seconds[16];
		snprintf(seconds, sizeof(seconds), "%u", answer->retry_after);
		bad |= add_header(wsi, "retry-after:", seconds, at, end);
	}
	return bad;
}

static int send_headers(struct exchange *exchange)
{
	uint8_t room[LWS_PRE + HEADERS_SIZE];
	uint8_t *start = room + LWS_PRE, *at = start, *end = room + sizeof(room) - 1;
	const struct http_answer *answer = &exchange->answer;
	size_t size = answer->body ? answer->body->size : 0;
	struct lws *wsi = exchange->wsi;
	const char *type = answer->type ? answer->type : "text/plain";
	if (lws_add_http_common_headers(wsi, (unsigned int)answer->status, type, size, &at, end) ||
		add_own_headers(wsi, answer, &at, end) ||
		lws_finalize_write_http_header(wsi, start, &at, end)) {
		return -1;
	}
	exchange->headed = true;
	return 0;
}

/* The next piece of the body. Negative: lost; positive: that was all. */
static int send_piece(struct exchange *exchange)
{
	const struct payload *body = exchange->answer.body;
	if (!body || exchange->request.method == HTTP_HEAD || exchange->sent == body->size) {
		return 1;
	}
	size_t left = body->size - exchange->sent;
	size_t size = left < PIECE ? left : (size_t)PIECE;
	enum lws_write_protocol kind = size == left ? LWS_WRITE_HTTP_FINAL : LWS_WRITE_HTTP;
	if (lws_write(exchange->wsi, body->bytes + exchange->sent, size, kind) < (int)size) {
		return -1;
	}
	exchange->sent += size;
	return size == left;
}

static int on_writable(struct ws_slot *slot)
{
	struct exchange *exchange = slot->exchange;
	if (!exchange->answered) {
		return 0;
	}
	struct lws *wsi = exchange->wsi;
	int result = exchange->headed ? send_piece(exchange) : send_headers(exchange);
	if (result < 0) {
		return -1;
	}
	if (result == 0) {
		lws_callback_on_writable(wsi);
		return 0;
	}
	bool hang_up = exchange->hang_up;
	slot->exchange = NULL;
	exchange_destroy(exchange);
	door_come_anew(wsi);
	return hang_up || lws_http_transaction_completed(wsi) ? -1 : 0;
}

int ws_http_callback(
	struct lws *wsi, enum lws_callback_reasons reason, void *user, void *in, size_t len)
{
	struct ws_slot *slot = user;
	if (reason == LWS_CALLBACK_WSI_DESTROY) {
		door_leave(wsi);
		return 0;
	}
	if (reason == LWS_CALLBACK_FILTER_NETWORK_CONNECTION) {
		return !door_is_open(ws_of(wsi));
	}
	if (reason == LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED) {
		door_enter(wsi);
		return 0;
	}
	/* An upgrade that asks for no subprotocol of ours. */
	if (reason == LWS_CALLBACK_FILTER_PROTOCOL_CONNECTION) {
		lws_return_http_status(wsi, 400, NULL);
		return -1;
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
	if (reason == LWS_CALLBACK_HTTP_BODY_COMPLETION && !slot->exchange->answered) {
		pass_on(slot->exchange);
	} else if (reason == LWS_CALLBACK_HTTP_WRITEABLE) {
		return on_writable(slot);
	} else if (reason == LWS_CALLBACK_CLOSED_HTTP ||
		   reason == LWS_CALLBACK_HTTP_DROP_PROTOCOL) {
		exchange_destroy(slot->exchange);
		slot->exchange = NULL;
	}
	return 0;
}
