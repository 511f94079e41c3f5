/*
 * HTTP requests as lines: method, path, query, host, origin, Content-Type, Cookie, Authorization,
 * the name of a parameter. What may go on must have named us, and no other page may change things.
 */
#include "coordinator/ws/http.h"

#include <stdio.h>
#include <strings.h>

#include "coordinator/ws/forwarded.h"
#include "tests/fuzz/bytes.h"

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
	static const char *const words[] = {"", "GET", "HEAD", "POST", "PATCH", "DELETE"};

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

	name -= name > 1 && host[name - 1] == '.';
	return address || (name == 9 && strncasecmp(host, "localhost", 9) == 0) ||
	       (name == 12 && strncasecmp(host, "hop.test.arp", 12) == 0);
}

static bool is_status(int status)
{
	return status == 0 || status == 403 || status == 404 || status == 405 || status == 415 ||
	       status == 421 || status == 431;
}

static void judge_origin(const struct http_request *request)
{
	const char *scheme = request->caller.secure ? "https://" : "http://";

	demand(request->caller.origin[0] == '\0' ||
		(strncasecmp(request->caller.origin, scheme, strlen(scheme)) == 0 &&
			names_us(request->caller.origin + strlen(scheme))));
}

static void vet(struct http_request *request, bool secure)
{
	request->caller.secure = secure;
	const struct http_hosts hosts = {.names = {"hop.test.arp"}, .n_names = 1};
	int status = http_vet(request, &hosts);
	int upgrade = http_vet_upgrade(request->path, &request->caller, &hosts);
	bool changes = request->method == HTTP_POST || request->method == HTTP_PATCH ||
		       request->method == HTTP_DELETE;

	demand(is_status(status) && is_status(upgrade));
	demand(status != 0 || request->method != HTTP_METHOD_UNSET);
	demand(status != 0 || names_us(request->caller.host) ||
		(request->route == HTTP_HEALTH && !request->caller.host[0]));
	demand(status != 0 || request->route != HTTP_ROUTE_UNSET);
	demand(status != 0 || !changes || request->route == HTTP_SESSION ||
		request->route == HTTP_UPLOADS);
	if (status == 0) {
		judge_origin(request);
	}
	if (upgrade == 0) {
		demand(names_us(request->caller.host) && strcmp(request->path, "/ws") == 0);
		judge_origin(request);
	}
}

static void sessions(const char *cookie, const char *authorization)
{
	char session[TOKEN_SIZE] = "";
	char set[HTTP_COOKIE_SIZE], name[HTTP_COOKIE_NAME_SIZE];
	char again[TOKEN_SIZE] = "";

	if (!http_session_in_authorization(authorization, session)) {
		http_cookie_value(cookie, "diemcau-1", session, sizeof(session));
	}
	demand(session[0] == '\0' || strlen(session) == TOKEN_CHARS);
	http_set_cookie(HTTP_COOKIE_SESSION, "1", true, session, 3600, set);
	demand(strlen(set) < sizeof(set) - 1 && strstr(set, "; HttpOnly; SameSite=Strict; Secure"));
	/* What we set, we read. */
	if (session[0] && !strchr(session, ';')) {
		*strchr(set, ';') = '\0';
		http_cookie_name(HTTP_COOKIE_SESSION, "1", true, name);
		http_cookie_value(set, name, again, sizeof(again));
		demand(strcmp(again, session) == 0);
	}
}

/* As the adapter hands it over: parted at each &. What is too long is refused, not cut. */
static void parameters(const char *text, const char *name)
{
	struct http_query query = {0};

	for (const char *pair = text; *pair;) {
		size_t length = strcspn(pair, "&");
		http_query_add(&query, pair, length);
		pair += length + (pair[length] == '&');
	}
	demand(query.n <= HTTP_PARAMETERS_MAX);
	const char *value = http_query_value(&query, name);
	demand(!value || strlen(value) < HTTP_PARAMETER_VALUE_SIZE);
}

/* Whatever the chain says, the client is an address, and a stranger's chain changes nothing. */
static void forwarded(const char *chain)
{
	struct forwarded_proxies proxies = {0};
	char client[FORWARDED_ADDRESS_SIZE];
	uint8_t bytes[HOST_PORT_ADDRESS_BYTES];

	demand(forwarded_trust(&proxies, "127.0.0.1") == 0);
	forwarded_client(&proxies, "127.0.0.1", chain, client);
	demand(host_port_address(client, bytes));
	forwarded_client(&proxies, "192.0.2.1", chain, client);
	demand(strcmp(client, "192.0.2.1") == 0);
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
	keep(request->caller.host, sizeof(request->caller.host), lines[HOST]);
	keep(request->caller.origin, sizeof(request->caller.origin), lines[ORIGIN]);
	keep(request->type, sizeof(request->type), lines[TYPE]);
	request->route = http_route(request->path);
	vet(request, false);
	vet(request, true);
	sessions(lines[COOKIE], lines[AUTHORIZATION]);
	parameters(lines[QUERY], lines[PARAMETER]);
	forwarded(lines[QUERY]);
	http_tag_listed(lines[COOKIE], lines[PARAMETER]);
	for (int i = 0; i < LINES; i++) {
		free(lines[i]);
	}
	free(request);
	return 0;
}
