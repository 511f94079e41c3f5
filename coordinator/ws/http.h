/*
 * HTTP requests as the coordinator judges them: which route, from which page, by whose session.
 * Pure text work; the answers come from the program (coordinator/api/api.c), the bytes from lws.c.
 *
 * Host: a page of another site can point its own name at our address (DNS rebinding), so a request
 * must name us as an IP address, as localhost, or by a name the certificate was made for. Origin:
 * where a browser sends one (every websocket, every POST), it must be this very server.
 */
#ifndef DIEMCAU_WS_HTTP_H
#define DIEMCAU_WS_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/ws/payload.h"
#include "domain_msg.h"

enum {
	HTTP_PATH_SIZE = 256,
	HTTP_QUERY_SIZE = 256,
	HTTP_HOST_SIZE = 264,
	HTTP_ORIGIN_SIZE = 280,
	HTTP_ACCEPT_SIZE = 512,
	HTTP_TAG_SIZE = 80,
	HTTP_HOSTS_MAX = 32,
	HTTP_COOKIE_SIZE = 256,
};

enum http_method { HTTP_METHOD_UNSET, HTTP_GET, HTTP_HEAD, HTTP_POST, HTTP_DELETE };

enum http_route {
	HTTP_ROUTE_UNSET,
	HTTP_PAGE, /* the board and what it is made of: the same for everybody, nothing of a meeting
		    */
	HTTP_HEALTH,
	HTTP_METRICS,
	HTTP_SESSION,
	HTTP_MEETING,
	HTTP_JOURNAL,
	HTTP_MINUTES,
};

/* Strings are "" where the header was missing. */
struct http_request {
	enum http_method method;
	enum http_route route;
	bool loopback; /* the connection comes from this machine */
	char path[HTTP_PATH_SIZE];
	char query[HTTP_QUERY_SIZE];
	char host[HTTP_HOST_SIZE];
	char origin[HTTP_ORIGIN_SIZE];
	char accept[HTTP_ACCEPT_SIZE];
	char type[HTTP_TAG_SIZE]; /* Content-Type */
	char tag[HTTP_TAG_SIZE]; /* If-None-Match */
	char session[TOKEN_SIZE]; /* from the cookie or Authorization: Bearer */
	char address[64]; /* where it comes from, for limits */
	const char *body; /* with POST, for the call only */
	size_t body_size;
};

/* body may be NULL; the reference passes to whom the answer is given. */
struct http_answer {
	int status;
	const char *type; /* lives for ever */
	struct payload *body;
	char cookie[HTTP_COOKIE_SIZE]; /* Set-Cookie */
	char tag[HTTP_TAG_SIZE]; /* ETag; without one the answer is not to be stored */
	bool immutable; /* with a tag: need never be asked for again */
	bool styled; /* a page with its style within: the policy allows that, and nothing else */
	uint32_t retry_after; /* seconds; 0: not said */
	const char *allow; /* with 405: the methods of the route; lives for ever */
};

struct http_hosts {
	bool tls;
	const char *names[HTTP_HOSTS_MAX]; /* beside localhost and IP addresses */
	size_t n_names;
};

/* The route of a path, "/ws" excepted. */
enum http_route http_route(const char *path);

/* May the request go on? 0, or the status it is to be answered with: 403, 404, 405, 415, 421. */
int http_vet(const struct http_request *request, const struct http_hosts *hosts);

/* The same for the upgrade to a websocket. */
int http_vet_upgrade(
	const char *path, const char *host, const char *origin, const struct http_hosts *hosts);

/* The session token out of a Cookie or Authorization header; "" when there is none. */
void http_session_of(const char *cookie, const char *authorization, char ret[TOKEN_SIZE]);

/* Set-Cookie for a session that lives so long; an empty session with 0 s takes it away. */
void http_set_cookie(const char *session, int64_t seconds, bool tls, char ret[HTTP_COOKIE_SIZE]);

/* A parameter of the query, percent-decoded. False: not there, malformed or too long. */
bool http_parameter(const char *query, const char *name, char *ret, size_t size);

#endif
