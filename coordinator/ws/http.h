/*
 * HTTP requests as the coordinator judges them: which route, from which page, by whose session.
 * Pure text work; the answers come from the program (coordinator/api/routes.c), the bytes from
 * lws.c.
 *
 * Host: a page of another site can point its own name at our address (DNS rebinding), so Host must
 * be an IP address, localhost, or a name of the certificate. Names are compared without case and
 * final dot, addresses by value. /healthz needs no Host.
 *
 * Pages of other sites: Origin, where a browser sends one, must be this server; so must the page of
 * Referer in a request that changes something without Origin. Sec-Fetch-Site may name another site
 * only where a person follows a link (Sec-Fetch-Mode: navigate).
 *
 * Cookies ignore the port, so the session's cookie has its own name for each installation and port,
 * and over TLS the prefix __Host-: another program of this host does not set or read it by
 * accident.
 */
#ifndef DIEMCAU_COORDINATOR_WS_HTTP_H
#define DIEMCAU_COORDINATOR_WS_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/ws/shared_buf.h"
#include "domain_msg.h"

enum {
	/* All headers of a request. Browsers send some 2 KiB, and cookies of every other program on
	   the same host: 8 KiB are seen. */
	HTTP_HEADERS_MAX = 16 * 1024,
	HTTP_PATH_SIZE = 256,
	HTTP_HOST_SIZE = 264,
	HTTP_ORIGIN_SIZE = 280,
	HTTP_ACCEPT_SIZE = 512,
	HTTP_TYPE_SIZE = 128,
	HTTP_ALLOW_SIZE = 40, /* "GET, HEAD, POST, PATCH, DELETE" */
	HTTP_TAG_SIZE = 80, /* one entity tag */
	HTTP_TAGS_SIZE = 1024, /* the list of If-None-Match */
	HTTP_RANGE_SIZE = 64, /* of one range; a longer one is not understood */
	HTTP_DISPOSITION_SIZE = 1300, /* a file name of 400 bytes, each written as three */
	HTTP_WORD_SIZE = 24, /* of Sec-Fetch-Site and -Mode */
	HTTP_AUTHORIZATION_SIZE = 80, /* a longer one holds no session */
	HTTP_HOSTS_MAX = 32,
	HTTP_COOKIE_NAME_SIZE = 48,
	HTTP_DEVICE_SIZE = 76, /* the device cookie */
	HTTP_COOKIE_SIZE = 256,
	HTTP_ADDRESS_SIZE = 64,
	HTTP_PARAMETERS_MAX = 8, /* twice what any route takes */
	HTTP_PARAMETER_NAME_SIZE = 16,
	HTTP_PARAMETER_VALUE_SIZE = CONTENT_DIGEST_SIZE, /* the longest value of any route */
};

enum http_method {
	HTTP_METHOD_UNSET,
	HTTP_GET,
	HTTP_HEAD,
	HTTP_POST,
	HTTP_PATCH,
	HTTP_DELETE,
};

enum http_route {
	HTTP_ROUTE_UNSET,
	HTTP_PAGE, /* the board's files: the same for everyone, without data of a meeting */
	HTTP_HEALTH,
	HTTP_METRICS,
	HTTP_SESSION,
	HTTP_MEETING,
	HTTP_JOURNAL,
	HTTP_MINUTES,
	HTTP_MEETINGS,
	HTTP_REGISTRATIONS, /* what sites have registered, with people by name */
	HTTP_DISPLAYS, /* display links */
	HTTP_PAPERS, /* what a site owes and is handed */
	HTTP_UPLOADS, /* files that are brought, piece by piece */
	HTTP_IMPORTS, /* what a programme that was brought would change */
	HTTP_FILES,
	HTTP_ROUTES,
};

/*
 * The server a request addresses, and the page it comes from. Strings are "" where the header was
 * missing.
 */
struct http_caller {
	char host[HTTP_HOST_SIZE];
	char origin[HTTP_ORIGIN_SIZE];
	char referer[HTTP_ORIGIN_SIZE]; /* the origin of that page */
	char fetch_site[HTTP_WORD_SIZE];
	char fetch_mode[HTTP_WORD_SIZE];
	bool secure; /* over TLS, to us or to a trusted proxy */
};

enum http_query_fault {
	HTTP_QUERY_SOUND,
	HTTP_QUERY_MALFORMED,
	HTTP_QUERY_REPEATED, /* a parameter is there twice */
	HTTP_QUERY_TOO_LONG, /* too many parameters, or one of them too long */
};

/* Parameters by name, decoded. All zeroes is an empty one. */
struct http_query {
	enum http_query_fault fault; /* the first */
	size_t n;
	struct {
		char name[HTTP_PARAMETER_NAME_SIZE];
		char value[HTTP_PARAMETER_VALUE_SIZE];
	} list[HTTP_PARAMETERS_MAX];
};

/* Strings are "" where the header was missing. */
struct http_request {
	enum http_method method;
	enum http_route route;
	bool too_long; /* its headers are more than HTTP_HEADERS_MAX */
	bool local; /* the connection comes from this machine, without a proxy */
	struct http_caller caller;
	char address[HTTP_ADDRESS_SIZE]; /* where it comes from, for limits: see forwarded.h */
	char path[HTTP_PATH_SIZE];
	struct http_query query;
	char accept[HTTP_ACCEPT_SIZE];
	char type[HTTP_TYPE_SIZE]; /* Content-Type */
	char tags[HTTP_TAGS_SIZE]; /* If-None-Match */
	char range[HTTP_RANGE_SIZE];
	char if_range[HTTP_TAG_SIZE];
	char session[TOKEN_SIZE]; /* from the cookie or Authorization: Bearer */
	char device[HTTP_DEVICE_SIZE]; /* from its cookie */
	const char *body; /* with POST and PATCH, for the call only */
	size_t body_size;
};

enum http_cookie {
	HTTP_COOKIE_SESSION,
	HTTP_COOKIE_DEVICE, /* outlives sessions: the device cookie */
	HTTP_COOKIES
};

/*
 * A body that comes piece by piece, so that a large file is never in memory. Both are called on the
 * loop; `ended` is the last.
 */
struct http_source {
	/* The next piece is to be given to ws_feed. */
	void (*pull)(struct http_source *source);
	/* All was sent, or the client is gone. */
	void (*ended)(struct http_source *source);
};

/* body may be NULL; its reference is passed with the answer. */
struct http_response {
	int status;
	const char *type; /* static */
	struct shared_buf *body;
	char cookies[HTTP_COOKIES][HTTP_COOKIE_SIZE]; /* Set-Cookie, of each kind */
	char tag[HTTP_TAG_SIZE]; /* ETag; without one the answer is not to be stored */
	bool immutable; /* with a tag: need never be asked for again */
	struct http_source *source; /* instead of a body; passed with the answer */
	uint64_t source_size; /* bytes that it will give */
	struct {
		uint64_t first, whole; /* whole is 0 where it is no part of a file */
	} part;
	char disposition[HTTP_DISPOSITION_SIZE]; /* Content-Disposition of a file */
	bool styled; /* a page with inline style, which the policy then allows */
	uint32_t retry_after; /* seconds; 0: not said */
	const char *allow; /* with 405: the methods of the route; for the call only */
};

struct http_hosts {
	const char *names[HTTP_HOSTS_MAX]; /* beside localhost and IP addresses */
	size_t n_names;
};

/* The route of a path, "/ws" excepted. */
enum http_route http_route(const char *path);

/* Whether the request is acceptable: 0, or the status to answer: 403, 404, 405, 415, 421, 431. */
int http_vet(const struct http_request *request, const struct http_hosts *hosts);

/* The same for the upgrade to a websocket. */
int http_vet_upgrade(
	const char *path, const struct http_caller *caller, const struct http_hosts *hosts);

/* What stands in Allow. */
void http_allowed(enum http_route route, char ret[static HTTP_ALLOW_SIZE]);

/* A sentence that says what to do about such a status. */
const char *http_advice(int status);

/* The origin of an address: scheme, host and port. "null" where it has none. */
void http_origin_of(const char *address, char ret[HTTP_ORIGIN_SIZE]);

/* Does a list of If-None-Match name this entity tag? */
bool http_tag_listed(const char *tags, const char *tag);

/* ---- sessions ---- */

/* The name of a cookie: `mark` is the installation's, up to 24 letters and digits. */
void http_cookie_name(
	enum http_cookie kind, const char *mark, bool secure, char ret[HTTP_COOKIE_NAME_SIZE]);

/*
 * The value under this name in a Cookie header; both kinds have one length, which fills ret.
 * Without one, ret is unchanged. Browsers send cookies of longer paths first, so the last one
 * counts.
 */
void http_cookie_value(const char *cookie, const char *name, char *ret, size_t size);

/* The session token of Authorization: Bearer. False: none is there. */
bool http_session_in_authorization(const char *authorization, char ret[TOKEN_SIZE]);

/* Set-Cookie for a value with this lifetime; an empty one with 0 s removes it. */
void http_set_cookie(enum http_cookie kind, const char *mark, bool secure, const char *value,
	int64_t seconds, char ret[HTTP_COOKIE_SIZE]);

/* ---- parameters ---- */

/* Adds `name=value`, decoded; the text is untrusted. */
void http_query_add(struct http_query *query, const char *pair, size_t length);

/* NULL: not there. */
const char *http_query_value(const struct http_query *query, const char *name);

#endif
