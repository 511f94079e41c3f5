/* Reading a request's headers from the library. */
#include <stdio.h>
#include <string.h>

#include "coordinator/ws/ws_private.h"
#include "proto/network/bind_address.h"

/* Names in the library's form: lower case, with the colon. */
#define CUSTOM(name) name, (int)sizeof(name) - 1

void ws_header(struct lws *wsi, enum lws_token_indexes token, char *ret, size_t size)
{
	if (lws_hdr_copy(wsi, ret, (int)size, token) < 0) {
		ret[0] = '\0';
	}
}

/* A header that does not fit counts as missing. */
static void read_strictly(struct lws *wsi, enum lws_token_indexes token, char *ret, size_t size)
{
	ws_header(wsi, token, ret, size);
	if (ret[0] == '\0' && lws_hdr_total_length(wsi, token) > 0) {
		snprintf(ret, size, "?");
	}
}

static void read_custom(struct lws *wsi, const char *name, int length, char *ret, int size)
{
	ret[0] = '\0';
	if (lws_hdr_custom_length(wsi, name, length) > 0 &&
		lws_hdr_custom_copy(wsi, ret, size, name, length) < 0) {
		snprintf(ret, (size_t)size, "?");
	}
}

static bool is_there(struct lws *wsi, const char *name, int length)
{
	return lws_hdr_custom_length(wsi, name, length) >= 0;
}

static bool was_passed_on(struct lws *wsi)
{
	return lws_hdr_total_length(wsi, WSI_TOKEN_X_FORWARDED_FOR) > 0 ||
	       lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_VIA) > 0 ||
	       lws_hdr_total_length(wsi, WSI_TOKEN_HTTP_X_REAL_IP) > 0 ||
	       is_there(wsi, CUSTOM("forwarded:")) || is_there(wsi, CUSTOM("x-forwarded-proto:")) ||
	       is_there(wsi, CUSTOM("x-forwarded-host:"));
}

/* The address at the other end of the connection: a proxy's, where there is one. */
static void remote_address(struct lws *wsi, char ret[WS_ADDRESS_SIZE])
{
	static const char mapped[] = "::ffff:";

	ret[0] = '\0';
	lws_get_peer_simple(wsi, ret, WS_ADDRESS_SIZE);
	if (strncmp(ret, mapped, sizeof(mapped) - 1) == 0) {
		memmove(ret, ret + sizeof(mapped) - 1, strlen(ret) - sizeof(mapped) + 2);
	}
}

static bool is_trusted(struct lws *wsi)
{
	char peer[WS_ADDRESS_SIZE];

	remote_address(wsi, peer);
	return forwarded_trusts(&ws_of(wsi)->proxies, peer);
}

void ws_real_address(struct lws *wsi, char ret[WS_ADDRESS_SIZE])
{
	char peer[WS_ADDRESS_SIZE], chain[FORWARDED_CHAIN_SIZE];

	remote_address(wsi, peer);
	read_strictly(wsi, WSI_TOKEN_X_FORWARDED_FOR, chain, sizeof(chain));
	forwarded_client(&ws_of(wsi)->proxies, peer, chain, ret);
}

bool ws_is_local(struct lws *wsi)
{
	char peer[WS_ADDRESS_SIZE];

	remote_address(wsi, peer);
	return address_is_loopback(peer) && !is_trusted(wsi) && !was_passed_on(wsi);
}

static bool is_secure(struct lws *wsi)
{
	char scheme[HTTP_WORD_SIZE];

	read_custom(wsi, CUSTOM("x-forwarded-proto:"), scheme, sizeof(scheme));
	return ws_of(wsi)->tls || (strcmp(scheme, "https") == 0 && is_trusted(wsi));
}

void ws_read_caller(struct lws *wsi, struct http_caller *ret)
{
	memset(ret, 0, sizeof(*ret));
	read_strictly(wsi, WSI_TOKEN_HOST, ret->host, sizeof(ret->host));
	read_strictly(wsi, WSI_TOKEN_ORIGIN, ret->origin, sizeof(ret->origin));
	char page[HTTP_ACCEPT_SIZE * 8];
	read_strictly(wsi, WSI_TOKEN_HTTP_REFERER, page, sizeof(page));
	if (page[0] != '\0') {
		http_origin_of(page, ret->referer);
	}
	read_custom(wsi, CUSTOM("sec-fetch-site:"), ret->fetch_site, sizeof(ret->fetch_site));
	read_custom(wsi, CUSTOM("sec-fetch-mode:"), ret->fetch_mode, sizeof(ret->fetch_mode));
	ret->secure = is_secure(wsi);
}

/* A client may send several Cookie headers, with cookies of other programs in each. */
void ws_read_cookie(struct lws *wsi, enum http_cookie kind, bool secure, char *ret, size_t size)
{
	ret[0] = '\0';
	char text[HTTP_HEADERS_MAX], name[HTTP_COOKIE_NAME_SIZE];
	http_cookie_name(kind, ws_of(wsi)->mark, secure, name);
	for (int i = 0; lws_hdr_fragment_length(wsi, WSI_TOKEN_HTTP_COOKIE, i) > 0; i++) {
		if (lws_hdr_copy_fragment(wsi, text, sizeof(text), WSI_TOKEN_HTTP_COOKIE, i) >= 0) {
			http_cookie_value(text, name, ret, size);
		}
	}
}

void ws_read_session(struct lws *wsi, bool secure, char ret[TOKEN_SIZE])
{
	char authorization[HTTP_AUTHORIZATION_SIZE];

	read_strictly(wsi, WSI_TOKEN_HTTP_AUTHORIZATION, authorization, sizeof(authorization));
	if (!http_session_in_authorization(authorization, ret)) {
		ws_read_cookie(wsi, HTTP_COOKIE_SESSION, secure, ret, TOKEN_SIZE);
	}
}

/*
 * The library has split the query at each & and decoded the parts. It gives "/" for an empty one,
 * as for paths.
 */
void ws_read_query(struct lws *wsi, struct http_query *ret)
{
	for (int i = 0;; i++) {
		char pair[HTTP_HEADERS_MAX];
		int length =
			lws_hdr_copy_fragment(wsi, pair, sizeof(pair), WSI_TOKEN_HTTP_URI_ARGS, i);
		if (length < 0) {
			return;
		}
		if (length > 0 && strcmp(pair, "/") != 0) {
			http_query_add(ret, pair, (size_t)length);
		}
	}
}

bool ws_headers_too_long(struct lws *wsi)
{
	size_t sum = 0;

	for (int token = 0; token < WSI_TOKEN_COUNT; token++) {
		sum += (size_t)lws_hdr_total_length(wsi, (enum lws_token_indexes)token);
	}
	return sum > HTTP_HEADERS_MAX;
}
