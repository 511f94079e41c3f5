/* Each check of a request is one function; nothing is parsed twice. */
#include "coordinator/ws/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "proto/network/host_port.h"

static const char secure_prefix[] = "__Host-";

static bool begins_with(const char *text, const char *beginning)
{
	return strncmp(text, beginning, strlen(beginning)) == 0;
}

enum http_route http_route(const char *path)
{
	static const struct {
		const char *path;
		enum http_route route;
	} routes[] = {
		{"/healthz", HTTP_HEALTH},
		{"/metrics", HTTP_METRICS},
		{"/api/v1/session", HTTP_SESSION},
		{"/api/v1/meeting", HTTP_MEETING},
		{"/api/v1/journal", HTTP_JOURNAL},
		{"/api/v1/minutes", HTTP_MINUTES},
		{"/api/v1/minutes.json", HTTP_MINUTES},
		{"/api/v1/meetings", HTTP_MEETINGS},
		{"/api/v1/registrations", HTTP_REGISTRATIONS},
		{"/api/v1/displays", HTTP_DISPLAYS},
		{"/api/v1/papers", HTTP_PAPERS},
		{"/api/v1/uploads", HTTP_UPLOADS},
		{"/api/v1/imports", HTTP_IMPORTS},
		{"/api/v1/files", HTTP_FILES},
	};
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		if (strcmp(routes[i].path, path) == 0) {
			return routes[i].route;
		}
	}
	return begins_with(path, "/api/") ? HTTP_ROUTE_UNSET : HTTP_PAGE;
}

/* ---- who asks ---- */

static bool is_our_host(const char *host, const struct http_hosts *hosts)
{
	struct host_port named;
	if (!host_port_parse(host, 0, &named)) {
		return false;
	}
	if (named.is_address || strcmp(named.name, "localhost") == 0) {
		return true;
	}
	for (size_t i = 0; i < hosts->n_names; i++) {
		if (host_port_is_named(&named, hosts->names[i])) {
			return true;
		}
	}
	return false;
}

static bool is_our_origin(const char *origin, const struct http_caller *caller)
{
	struct host_port theirs, ours;
	return host_port_of_origin(origin, caller->secure, &theirs) &&
	       host_port_parse(caller->host, host_port_usual(caller->secure), &ours) &&
	       host_port_equal(&theirs, &ours);
}

/* Whether a page of another site causes the request. A link that a person follows is allowed. */
static bool is_cross_site(const struct http_caller *caller)
{
	const char *site = caller->fetch_site;
	return site[0] != '\0' && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0;
}

static bool is_foreign(const struct http_caller *caller, bool reads)
{
	bool follows_link = reads && strcmp(caller->fetch_mode, "navigate") == 0;
	if (caller->origin[0] != '\0') {
		return !is_our_origin(caller->origin, caller) ||
		       (is_cross_site(caller) && !follows_link);
	}
	if (!reads && caller->referer[0] != '\0' && !is_our_origin(caller->referer, caller)) {
		return true;
	}
	return is_cross_site(caller) && !follows_link;
}

void http_origin_of(const char *address, char ret[HTTP_ORIGIN_SIZE])
{
	const char *host = strstr(address, "://");
	size_t length = host ? (size_t)(host - address) + 3 : 0;
	length += host ? strcspn(host + 3, "/?#") : 0;
	bool fits = length > 0 && length < HTTP_ORIGIN_SIZE;
	snprintf(ret, HTTP_ORIGIN_SIZE, "%.*s", fits ? (int)length : 4, fits ? address : "null");
}

/* ---- what is asked ---- */

#define METHOD(name) (1u << HTTP_##name)
#define READ (METHOD(GET) | METHOD(HEAD))

/* Besides those that are read. */
static const unsigned methods[HTTP_ROUTES] = {
	[HTTP_SESSION] = READ | METHOD(POST) | METHOD(DELETE),
	[HTTP_DISPLAYS] = READ | METHOD(POST) | METHOD(DELETE),
	[HTTP_UPLOADS] = READ | METHOD(POST) | METHOD(PATCH) | METHOD(DELETE),
	[HTTP_IMPORTS] = METHOD(POST),
};

static unsigned methods_of(enum http_route route)
{
	return methods[route] ? methods[route] : READ;
}

static bool method_fits(enum http_route route, enum http_method method)
{
	return method != HTTP_METHOD_UNSET && (methods_of(route) & 1u << method);
}

void http_allowed(enum http_route route, char ret[static HTTP_ALLOW_SIZE])
{
	static const char *const names[] = {[HTTP_GET] = "GET",
		[HTTP_HEAD] = "HEAD",
		[HTTP_POST] = "POST",
		[HTTP_PATCH] = "PATCH",
		[HTTP_DELETE] = "DELETE"};
	size_t used = 0;
	ret[0] = '\0';
	for (enum http_method method = HTTP_GET; method <= HTTP_DELETE; method++) {
		if (method_fits(route, method)) {
			used += (size_t)snprintf(ret + used, HTTP_ALLOW_SIZE - used, "%s%s",
				used > 0 ? ", " : "", names[method]);
		}
	}
}

/* Media types are case-insensitive, and may have parameters (RFC 9110 8.3.1). */
static bool is_type(const char *type, const char *wanted)
{
	size_t length = strcspn(type, "; \t");
	return length == strlen(wanted) && strncasecmp(type, wanted, length) == 0;
}

/* A page of another site sends neither without asking first (CORS). */
static bool type_fits(const struct http_request *request)
{
	if (request->method == HTTP_PATCH) {
		return is_type(request->type, "application/octet-stream");
	}
	return request->method != HTTP_POST || is_type(request->type, "application/json");
}

int http_vet(const struct http_request *request, const struct http_hosts *hosts)
{
	const struct http_caller *caller = &request->caller;
	bool reads = request->method == HTTP_GET || request->method == HTTP_HEAD;
	bool unnamed = request->route == HTTP_HEALTH && caller->host[0] == '\0';
	if (request->too_long) {
		return 431;
	}
	if (!unnamed && !is_our_host(caller->host, hosts)) {
		return 421;
	}
	if (request->route == HTTP_ROUTE_UNSET) {
		return 404;
	}
	if (!method_fits(request->route, request->method)) {
		return 405;
	}
	if (is_foreign(caller, reads)) {
		return 403;
	}
	return type_fits(request) ? 0 : 415;
}

int http_vet_upgrade(
	const char *path, const struct http_caller *caller, const struct http_hosts *hosts)
{
	if (strcmp(path, "/ws") != 0) {
		return 404;
	}
	if (!is_our_host(caller->host, hosts)) {
		return 421;
	}
	return is_foreign(caller, false) ? 403 : 0;
}

const char *http_advice(int status)
{
	static const struct {
		int status;
		const char *advice;
	} advices[] = {
		{400, "The request is malformed, or has a body where none belongs.\n"},
		{403, "A page of another site may not ask this: open the board by its own "
		      "address.\n"},
		{404, "There is no such route: docs/protocol.md has them all.\n"},
		{405, "This route does not take this method.\n"},
		{408, "The request did not come to its end.\n"},
		{411, "Tell the body's length by Content-Length.\n"},
		{413, "The body is too large.\n"},
		{415, "Send the body as Content-Type: application/json, a piece of a file as "
		      "application/octet-stream.\n"},
		{417, "Only Expect: 100-continue is known.\n"},
		{421, "This server has another name: use its address, or a name that was given to "
		      "init by --name. Behind a proxy, pass the Host header on.\n"},
		{431, "The headers are larger than 16 KiB: delete this site's cookies.\n"},
		{501, "This is HTTP/1.1, with the methods GET, HEAD, POST, PATCH and DELETE.\n"},
		{503, "The server is busy: try again.\n"},
	};
	for (size_t i = 0; i < sizeof(advices) / sizeof(advices[0]); i++) {
		if (advices[i].status == status) {
			return advices[i].advice;
		}
	}
	return "";
}

/* Tags are compared as weak ones are (RFC 9110 8.8.3.2): a cache may have weakened ours. */
bool http_tag_listed(const char *tags, const char *tag)
{
	const char *at = tags + strspn(tags, ", \t");
	while (*at) {
		if (strcmp(at, "*") == 0) {
			return true;
		}
		at += begins_with(at, "W/") ? 2 : 0;
		size_t length = *at == '"' ? 1 + strcspn(at + 1, "\"") + 1 : strcspn(at, ", \t");
		if (length == strlen(tag) && strncmp(at, tag, length) == 0) {
			return true;
		}
		at += strnlen(at, length);
		at += strspn(at, ", \t");
	}
	return false;
}

/* ---- sessions ---- */

static void take_exactly(const char *from, size_t length, char *ret, size_t size)
{
	if (length == size - 1) {
		memcpy(ret, from, length);
		ret[length] = '\0';
	}
}

bool http_session_in_authorization(const char *authorization, char ret[TOKEN_SIZE])
{
	static const char bearer[] = "Bearer ";
	size_t length = sizeof(bearer) - 1;
	if (strncasecmp(authorization, bearer, length) != 0) {
		return false;
	}
	ret[0] = '\0';
	take_exactly(authorization + length, strlen(authorization + length), ret, TOKEN_SIZE);
	return true;
}

void http_cookie_name(
	enum http_cookie kind, const char *mark, bool secure, char ret[HTTP_COOKIE_NAME_SIZE])
{
	snprintf(ret, HTTP_COOKIE_NAME_SIZE, "%sdiemcau-%s%s", secure ? secure_prefix : "",
		kind == HTTP_COOKIE_DEVICE ? "device-" : "", mark);
}

void http_cookie_value(const char *cookie, const char *name, char *ret, size_t size)
{
	size_t name_length = strlen(name);
	const char *pair = cookie;
	while (*pair) {
		pair += strspn(pair, "; \t");
		size_t length = strcspn(pair, ";");
		if (length > name_length && begins_with(pair, name) && pair[name_length] == '=') {
			take_exactly(pair + name_length + 1, length - name_length - 1, ret, size);
		}
		pair += length;
	}
}

void http_set_cookie(enum http_cookie kind, const char *mark, bool secure, const char *value,
	int64_t seconds, char ret[HTTP_COOKIE_SIZE])
{
	char name[HTTP_COOKIE_NAME_SIZE];
	http_cookie_name(kind, mark, secure, name);
	snprintf(ret, HTTP_COOKIE_SIZE, "%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
		name, value, (long long)seconds, secure ? "; Secure" : "");
}

/* ---- parameters ---- */

static void note_fault(struct http_query *query, enum http_query_fault fault)
{
	query->fault = query->fault == HTTP_QUERY_SOUND ? fault : query->fault;
}

void http_query_add(struct http_query *query, const char *pair, size_t length)
{
	const char *equals = memchr(pair, '=', length);
	size_t name = equals ? (size_t)(equals - pair) : length;
	size_t value = equals ? length - name - 1 : 0;
	if (name == 0 || memchr(pair, '\0', length)) {
		note_fault(query, HTTP_QUERY_MALFORMED);
		return;
	}
	if (query->n == HTTP_PARAMETERS_MAX || name >= HTTP_PARAMETER_NAME_SIZE ||
		value >= HTTP_PARAMETER_VALUE_SIZE) {
		note_fault(query, HTTP_QUERY_TOO_LONG);
		return;
	}
	memcpy(query->list[query->n].name, pair, name);
	query->list[query->n].name[name] = '\0';
	if (http_query_value(query, query->list[query->n].name)) {
		note_fault(query, HTTP_QUERY_REPEATED);
		return;
	}
	memcpy(query->list[query->n].value, equals ? equals + 1 : "", value);
	query->list[query->n].value[value] = '\0';
	query->n++;
}

const char *http_query_value(const struct http_query *query, const char *name)
{
	for (size_t i = 0; i < query->n; i++) {
		if (strcmp(query->list[i].name, name) == 0) {
			return query->list[i].value;
		}
	}
	return NULL;
}
