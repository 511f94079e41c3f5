/*
 * HTTP requests as lines: method, path, query, host, origin, Content-Type, Cookie, Authorization,
 * the name of a parameter. What may go on must have named us, and no other page may change things.
 */
#include "coordinator/ws/http.h"
#include "tests/fuzz/bytes.h"

#include <stdio.h>
#include <strings.h>

enum { LINES = 9 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum line { METHOD, PATH, QUERY, HOST, ORIGIN, TYPE, COOKIE, AUTHORIZATION, PARAMETER };

/* As the adapter does: what is too long for its room is cut. */
static void keep(char *to, size_t size, const char *from)
{
	snprintf(to, size, "%s", from);
}

static enum http_method method_of(const char *word)
{
	static const char *const words[] = {"", "GET", "HEAD", "POST", "DELETE"};

	for (int i = HTTP_GET; i <= HTTP_DELETE; i++) {
		if (strcmp(words[i], word) == 0) {
			return (enum http_method)i;
		}
	}
	return HTTP_METHOD_UNSET;
}

/* Our own reading of "named us": independent of the code under test, and laxer. */
static bool names_us(const char *host)
{
	size_t name = strcspn(host, ":");
	bool address = host[0] == '[' || (name > 0 && strspn(host, "0123456789.") == name);

	return address || (name == 9 && strncasecmp(host, "localhost", 9) == 0) ||
	       (name == 12 && strncasecmp(host, "hop.test.arp", 12) == 0);
}

static bool is_status(int status)
{
	return status == 0 || status == 403 || status == 404 || status == 405 || status == 415 ||
	       status == 421;
}

static void judge_origin(const struct http_request *request, bool tls)
{
	const char *scheme = tls ? "https://" : "http://";
	size_t length = strlen(scheme);

	demand(request->origin[0] == '\0' ||
		(strncmp(request->origin, scheme, length) == 0 &&
			strcasecmp(request->origin + length, request->host) == 0));
}

static void vet(const struct http_request *request, bool tls)
{
	const struct http_hosts hosts = {.tls = tls, .names = {"hop.test.arp"}, .n_names = 1};
	int status = http_vet(request, &hosts);
	int upgrade = http_vet_upgrade(request->path, request->host, request->origin, &hosts);
	bool changes = request->method == HTTP_POST || request->method == HTTP_DELETE;

	demand(is_status(status) && is_status(upgrade));
	demand(status != 0 || (request->method != HTTP_METHOD_UNSET && names_us(request->host)));
	demand(status != 0 || request->route != HTTP_ROUTE_UNSET);
	if (status == 0 && changes) {
		demand(request->route == HTTP_SESSION);
		judge_origin(request, tls);
	}
	if (upgrade == 0) {
		demand(names_us(request->host) && strcmp(request->path, "/ws") == 0);
		judge_origin(request, tls);
	}
}

static void sessions(const char *cookie, const char *authorization)
{
	char session[TOKEN_SIZE];
	char set[HTTP_COOKIE_SIZE];
	char again[TOKEN_SIZE];
	char *end;

	memset(session, '?', sizeof(session));
	http_session_of(cookie, authorization, session);
	demand(session[0] == '\0' || strlen(session) == TOKEN_CHARS);
	http_set_cookie(session, 3600, true, set);
	demand(strlen(set) < sizeof(set) - 1 && strstr(set, "; HttpOnly; SameSite=Strict; Secure"));
	/* What we set, we read. */
	end = strchr(set, ';');
	if (session[0] && !strchr(session, ';')) {
		*end = '\0';
		http_session_of(set, "", again);
		demand(strcmp(again, session) == 0);
	}
}

/* Rooms of every size: what is too long is refused, not cut. */
static void parameter(const char *query, const char *name)
{
	for (size_t size = 1; size <= 64; size *= 4) {
		char *value = malloc(size);

		demand(value != NULL);
		if (http_parameter(query, name, value, size)) {
			demand(memchr(value, '\0', size) && strlen(value) <= strlen(query));
		}
		free(value);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes bytes = {data, size};
	struct http_request *request = calloc(1, sizeof(*request));
	char *lines[LINES];

	demand(request != NULL);
	for (int i = 0; i < LINES; i++) {
		lines[i] = bytes_text(&bytes);
	}
	request->method = method_of(lines[METHOD]);
	keep(request->path, sizeof(request->path), lines[PATH]);
	keep(request->query, sizeof(request->query), lines[QUERY]);
	keep(request->host, sizeof(request->host), lines[HOST]);
	keep(request->origin, sizeof(request->origin), lines[ORIGIN]);
	keep(request->type, sizeof(request->type), lines[TYPE]);
	request->route = http_route(request->path);
	vet(request, false);
	vet(request, true);
	sessions(lines[COOKIE], lines[AUTHORIZATION]);
	parameter(lines[QUERY], lines[PARAMETER]);
	for (int i = 0; i < LINES; i++) {
		free(lines[i]);
	}
	free(request);
	return 0;
}
