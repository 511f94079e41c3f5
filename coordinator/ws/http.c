/* Every question about a request has its own small function; nothing is parsed twice. */
#include "coordinator/ws/http.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char session_cookie[] = "diemcau_session";

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
	};
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		if (strcmp(routes[i].path, path) == 0) {
			return routes[i].route;
		}
	}
	return begins_with(path, "/api/") ? HTTP_ROUTE_UNSET : HTTP_PAGE;
}

/* The name of host[:port], IPv6 without its brackets. False: malformed. */
static bool host_name(const char *host, char *ret, size_t size)
{
	bool bracketed = host[0] == '[';
	const char *begin = bracketed ? host + 1 : host;
	size_t length = strcspn(begin, bracketed ? "]" : ":");
	if (length == 0 || length >= size || (bracketed && begin[length] != ']')) {
		return false;
	}
	memcpy(ret, begin, length);
	ret[length] = '\0';
	return true;
}

static bool is_address(const char *name)
{
	unsigned char bytes[sizeof(struct in6_addr)];
	return inet_pton(AF_INET, name, bytes) == 1 || inet_pton(AF_INET6, name, bytes) == 1;
}

static bool is_our_host(const char *host, const struct http_hosts *hosts)
{
	char name[HTTP_HOST_SIZE];
	if (!host_name(host, name, sizeof(name))) {
		return false;
	}
	if (is_address(name) || strcasecmp(name, "localhost") == 0) {
		return true;
	}
	for (size_t i = 0; i < hosts->n_names; i++) {
		if (strcasecmp(name, hosts->names[i]) == 0) {
			return true;
		}
	}
	return false;
}

static bool is_our_origin(const char *origin, const char *host, bool tls)
{
	const char *scheme = tls ? "https://" : "http://";
	return begins_with(origin, scheme) && strcasecmp(origin + strlen(scheme), host) == 0;
}

static bool method_fits(enum http_route route, enum http_method method)
{
	bool reads = method == HTTP_GET || method == HTTP_HEAD;
	return reads || (route == HTTP_SESSION && (method == HTTP_POST || method == HTTP_DELETE));
}

int http_vet(const struct http_request *request, const struct http_hosts *hosts)
{
	if (!is_our_host(request->host, hosts)) {
		return 421;
	}
	if (request->route == HTTP_ROUTE_UNSET) {
		return 404;
	}
	if (!method_fits(request->route, request->method)) {
		return 405;
	}
	bool changes = request->method == HTTP_POST || request->method == HTTP_DELETE;
	bool foreign = request->origin[0] != '\0' &&
		       !is_our_origin(request->origin, request->host, hosts->tls);
	if (changes && foreign) {
		return 403;
	}
	bool json = begins_with(request->type, "application/json");
	return request->method == HTTP_POST && !json ? 415 : 0;
}

int http_vet_upgrade(
	const char *path, const char *host, const char *origin, const struct http_hosts *hosts)
{
	if (strcmp(path, "/ws") != 0) {
		return 404;
	}
	if (!is_our_host(host, hosts)) {
		return 421;
	}
	return origin[0] != '\0' && !is_our_origin(origin, host, hosts->tls) ? 403 : 0;
}

static void take_token(const char *from, size_t length, char ret[TOKEN_SIZE])
{
	if (length == TOKEN_SIZE - 1) {
		memcpy(ret, from, length);
		ret[length] = '\0';
	}
}

void http_session_of(const char *cookie, const char *authorization, char ret[TOKEN_SIZE])
{
	ret[0] = '\0';
	if (strncasecmp(authorization, "Bearer ", 7) == 0) {
		take_token(authorization + 7, strlen(authorization + 7), ret);
		return;
	}
	const char *pair = cookie;
	while (*pair) {
		pair += strspn(pair, "; ");
		size_t length = strcspn(pair, ";");
		size_t name = sizeof(session_cookie) - 1;
		if (length > name && begins_with(pair, session_cookie) && pair[name] == '=') {
			take_token(pair + name + 1, length - name - 1, ret);
			return;
		}
		pair += length;
	}
}

void http_set_cookie(const char *session, int64_t seconds, bool tls, char ret[HTTP_COOKIE_SIZE])
{
	snprintf(ret, HTTP_COOKIE_SIZE, "%s=%s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Strict%s",
		session_cookie, session, (long long)seconds, tls ? "; Secure" : "");
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool percent_decode(const char *from, size_t length, char *ret, size_t size)
{
	size_t n = 0;
	for (size_t i = 0; i < length; i++, n++) {
		char c = from[i] == '+' ? ' ' : from[i];
		if (c == '%') {
			int high = i + 2 < length ? hex_digit(from[i + 1]) : -1;
			int low = high >= 0 ? hex_digit(from[i + 2]) : -1;
			c = low >= 0 ? (char)(high << 4 | low) : '\0';
			i += 2;
		}
		if (c == '\0' || n + 1 >= size) {
			return false;
		}
		ret[n] = c;
	}
	ret[n] = '\0';
	return true;
}

bool http_parameter(const char *query, const char *name, char *ret, size_t size)
{
	size_t name_length = strlen(name);
	const char *pair = query;
	while (*pair) {
		size_t length = strcspn(pair, "&");
		if (length > name_length && strncmp(pair, name, name_length) == 0 &&
			pair[name_length] == '=') {
			return percent_decode(
				pair + name_length + 1, length - name_length - 1, ret, size);
		}
		pair += length + (pair[length] == '&');
	}
	return false;
}
