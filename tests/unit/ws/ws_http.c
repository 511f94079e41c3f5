/* Requests as they are judged: route, host, origin, method, session, parameters. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/ws/forwarded.h"
#include "coordinator/ws/http.h"

#define OTHER "9876543210987654321098765432109876543210987"
#define SECRET "0123456789012345678901234567890123456789012"

#define MARK "0a1b2c3d-8443"

static const struct http_hosts hosts = {.names = {"Hop.example."}, .n_names = 1};

static int vet(enum http_method method, const char *path, const char *host, const char *origin,
	const char *type)
{
	struct http_request request = {
		.method = method, .route = http_route(path), .caller.secure = true};
	snprintf(request.caller.host, sizeof(request.caller.host), "%s", host);
	snprintf(request.caller.origin, sizeof(request.caller.origin), "%s", origin);
	snprintf(request.type, sizeof(request.type), "%s", type);
	return http_vet(&request, &hosts);
}

static void paths_have_routes(void **state)
{
	(void)state;
	assert_int_equal(http_route("/"), HTTP_PAGE);
	assert_int_equal(http_route("/assets/x.js"), HTTP_PAGE);
	assert_int_equal(http_route("/healthz"), HTTP_HEALTH);
	assert_int_equal(http_route("/api/v1/minutes.json"), HTTP_MINUTES);
	assert_int_equal(http_route("/api/v2/meeting"), HTTP_ROUTE_UNSET);
	assert_int_equal(http_route("/api/"), HTTP_ROUTE_UNSET);
	assert_int_equal(http_route("/healthz/"), HTTP_PAGE);
}

static void a_host_that_is_not_ours_is_misdirected(void **state)
{
	(void)state;
	static const struct {
		const char *host;
		int status;
	} cases[] = {
		{"127.0.0.1:8443", 0},
		{"localhost", 0},
		{"LOCALHOST:1", 0},
		{"[::1]:8443", 0},
		{"192.0.2.7", 0},
		{"hop.example:8443", 0},
		{"HOP.EXAMPLE", 0},
		{"localhost.", 0},
		{"LocalHost.:8443", 0},
		{"hop.example.", 0},
		{"HOP.EXAMPLE.:1", 0},
		{"hop.example:", 0},
		{"[0:0:0:0:0:0:0:1]:8443", 0},
		{"[::ffff:127.0.0.1]", 0},
		{"[2001:DB8:0:0::1]:443", 0},
		{"evil.example", 421},
		{"hop.example.evil.example", 421},
		{"127.0.0.1.evil.example", 421},
		{"hop.example..", 421},
		{".", 421},
		{"", 421},
		{":8443", 421},
		{"[::1", 421},
		{"::1", 421},
		{"[::1]x", 421},
		{"[localhost]", 421},
		{"[127.0.0.1]", 421},
		{"localhost:x", 421},
		{"localhost:70000", 421},
		{"localhost@evil.example", 421},
		{"localhost, evil.example", 421},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(
			vet(HTTP_GET, "/api/v1/meeting", cases[i].host, "", ""), cases[i].status);
	}
	assert_int_equal(vet(HTTP_GET, "/healthz", "", "", ""), 0);
	assert_int_equal(vet(HTTP_GET, "/healthz", "evil.example", "", ""), 421);
}

static void assert_allowed(enum http_route route, const char *methods)
{
	char allowed[HTTP_ALLOW_SIZE];
	http_allowed(route, allowed);
	assert_string_equal(allowed, methods);
}

static void methods_fit_routes(void **state)
{
	(void)state;
	static const char host[] = "127.0.0.1";
	assert_int_equal(vet(HTTP_GET, "/api/v9/x", host, "", ""), 404);
	assert_int_equal(vet(HTTP_POST, "/", host, "", "application/json"), 405);
	assert_int_equal(vet(HTTP_DELETE, "/api/v1/meeting", host, "", ""), 405);
	assert_int_equal(vet(HTTP_METHOD_UNSET, "/", host, "", ""), 405);
	assert_int_equal(vet(HTTP_HEAD, "/", host, "", ""), 0);
	assert_int_equal(vet(HTTP_DELETE, "/api/v1/session", host, "", ""), 0);
	assert_int_equal(vet(HTTP_DELETE, "/api/v1/uploads", host, "", ""), 0);
	assert_int_equal(
		vet(HTTP_PATCH, "/api/v1/session", host, "", "application/octet-stream"), 405);
	assert_allowed(HTTP_UPLOADS, "GET, HEAD, POST, PATCH, DELETE");
	assert_int_equal(vet(HTTP_GET, "/api/v1/imports", host, "", ""), 405);
	assert_int_equal(vet(HTTP_POST, "/api/v1/imports", host, "", "application/json"), 0);
	assert_int_equal(vet(HTTP_DELETE, "/api/v1/imports", host, "", ""), 405);
	assert_allowed(HTTP_IMPORTS, "POST");
	assert_allowed(HTTP_DISPLAYS, "GET, HEAD, POST, DELETE");
	assert_allowed(HTTP_MEETING, "GET, HEAD");
}

static void a_piece_of_a_file_comes_as_bytes(void **state)
{
	(void)state;
	static const char path[] = "/api/v1/uploads", host[] = "127.0.0.1";
	static const char bytes[] = "application/octet-stream";
	assert_int_equal(vet(HTTP_PATCH, path, host, "", bytes), 0);
	assert_int_equal(vet(HTTP_PATCH, path, host, "", "application/json"), 415);
	assert_int_equal(vet(HTTP_PATCH, path, host, "", ""), 415);
	assert_int_equal(vet(HTTP_PATCH, path, host, "https://evil.example", bytes), 403);
}

static void a_login_comes_as_json_from_our_own_page(void **state)
{
	(void)state;
	static const char path[] = "/api/v1/session", host[] = "hop.example:8443";
	static const char json[] = "application/json; charset=utf-8";
	assert_int_equal(vet(HTTP_POST, path, host, "", json), 0);
	assert_int_equal(vet(HTTP_POST, path, host, "https://hop.example:8443", json), 0);
	assert_int_equal(vet(HTTP_POST, path, host, "http://hop.example:8443", json), 403);
	assert_int_equal(vet(HTTP_POST, path, host, "https://hop.example", json), 403);
	assert_int_equal(vet(HTTP_POST, path, host, "https://evil.example", json), 403);
	assert_int_equal(vet(HTTP_POST, path, host, "null", json), 403);
	assert_int_equal(vet(HTTP_POST, path, host, "", "text/plain"), 415);
	assert_int_equal(vet(HTTP_DELETE, path, host, "https://evil.example", ""), 403);
}

static void a_media_type_has_no_case(void **state)
{
	(void)state;
	static const char path[] = "/api/v1/session", host[] = "127.0.0.1";
	static const char *const good[] = {"application/json", "Application/JSON",
		"application/json;charset=utf-8", "application/json ; charset=\"UTF-8\""};
	static const char *const bad[] = {
		"", "text/plain", "application/jsonp", "application/json5", "application/x"};
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(vet(HTTP_POST, path, host, "", good[i]), 0);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(vet(HTTP_POST, path, host, "", bad[i]), 415);
	}
}

/* Every route, read or changed, and the websocket. */
static void pages_of_other_sites_ask_for_nothing(void **state)
{
	(void)state;
	static const struct {
		struct http_caller caller;
		int reads;
		int changes; /* and upgrades */
	} cases[] = {
		{{.origin = ""}, 0, 0}, {{.origin = "https://hop.example:8443"}, 0, 0},
		{{.origin = "HTTPS://HOP.EXAMPLE.:8443"}, 0, 0},
		{{.origin = "http://hop.example:8443"}, 403, 403},
		{{.origin = "https://hop.example"}, 403, 403},
		{{.origin = "https://hop.example:8444"}, 403, 403},
		{{.origin = "https://evil.example:8443"}, 403, 403},
		{{.origin = "https://hop.example:8443.evil.example"}, 403, 403},
		{{.origin = "https://hop.example:8443, https://evil.example"}, 403, 403},
		{{.origin = "null"}, 403, 403}, {{.origin = "?"}, 403, 403},
		{{.fetch_site = "same-origin", .origin = "https://hop.example:8443"}, 0, 0},
		{{.fetch_site = "same-origin"}, 0, 0},
		{{.fetch_site = "none", .fetch_mode = "navigate"}, 0, 0},
		{{.fetch_site = "cross-site"}, 403, 403},
		{{.fetch_site = "cross-site", .fetch_mode = "no-cors"}, 403, 403},
		{{.fetch_site = "same-site", .fetch_mode = "cors"}, 403, 403},
		{{.fetch_site = "cross-site", .fetch_mode = "navigate"}, 0, 403},
		{{.fetch_site = "cross-site", .origin = "https://hop.example:8443"}, 403, 403},
		{{.referer = "https://hop.example:8443"}, 0, 0},
		{{.referer = "https://evil.example"}, 0, 403}, /* a link that is followed */
	};
	static const char *const routes[] = {"/", "/healthz", "/metrics", "/api/v1/session",
		"/api/v1/meeting", "/api/v1/journal", "/api/v1/minutes", "/api/v1/minutes.json"};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_request request = {.caller = cases[i].caller};
		snprintf(request.caller.host, sizeof(request.caller.host), "hop.example:8443");
		request.caller.secure = true;
		for (size_t j = 0; j < sizeof(routes) / sizeof(routes[0]); j++) {
			request.method = HTTP_GET;
			request.route = http_route(routes[j]);
			assert_int_equal(http_vet(&request, &hosts), cases[i].reads);
		}
		request.method = HTTP_DELETE;
		request.route = HTTP_SESSION;
		assert_int_equal(http_vet(&request, &hosts), cases[i].changes);
		assert_int_equal(
			http_vet_upgrade("/ws", &request.caller, &hosts), cases[i].changes);
	}
}

static void origins_are_compared_by_value(void **state)
{
	(void)state;
	static const struct {
		const char *host, *origin;
		bool secure;
		int status;
	} cases[] = {
		{"127.0.0.1:1", "https://127.0.0.1:1", true, 0},
		{"127.0.0.1:1", "http://127.0.0.1:1", false, 0},
		{"127.0.0.1:1", "http://127.0.0.1:2", false, 403},
		{"127.0.0.1:1", "https://127.0.0.1:1", false, 403},
		{"[::1]:8443", "https://[0:0:0:0:0:0:0:1]:8443", true, 0},
		{"[::1]:8443", "https://[::2]:8443", true, 403},
		{"hop.example", "https://hop.example", true, 0},
		{"hop.example:443", "https://hop.example", true, 0},
		{"hop.example", "http://hop.example:80", false, 0},
		{"hop.example", "https://hop.example:80", true, 403},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_caller caller = {.secure = cases[i].secure};
		snprintf(caller.host, sizeof(caller.host), "%s", cases[i].host);
		snprintf(caller.origin, sizeof(caller.origin), "%s", cases[i].origin);
		assert_int_equal(http_vet_upgrade("/ws", &caller, &hosts), cases[i].status);
	}
	struct http_caller evil = {.host = "evil.example", .origin = "https://evil.example"};
	assert_int_equal(http_vet_upgrade("/ws", &evil, &hosts), 421);
	struct http_caller ours = {.host = "127.0.0.1:1"};
	assert_int_equal(http_vet_upgrade("/", &ours, &hosts), 404);
}

static void headers_have_a_limit(void **state)
{
	(void)state;
	struct http_request request = {.method = HTTP_GET,
		.route = HTTP_PAGE,
		.too_long = true,
		.caller = {.host = "localhost"}};
	assert_int_equal(http_vet(&request, &hosts), 431);
	assert_non_null(strstr(http_advice(431), "16 KiB"));
	assert_int_equal(HTTP_HEADERS_MAX, 16 * 1024);
}

static void a_page_has_the_origin_of_its_address(void **state)
{
	(void)state;
	static const char *const cases[][2] = {
		{"https://hop.example:8443/a?b", "https://hop.example:8443"},
		{"https://hop.example", "https://hop.example"},
		{"https://hop.example?x", "https://hop.example"},
		{"about:blank", "null"},
		{"?", "null"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char origin[HTTP_ORIGIN_SIZE];
		http_origin_of(cases[i][0], origin);
		assert_string_equal(origin, cases[i][1]);
	}
}

static void entity_tags_come_in_lists(void **state)
{
	(void)state;
	static const char tag[] = "\"abc\"";
	assert_true(http_tag_listed("\"abc\"", tag));
	assert_true(http_tag_listed("W/\"abc\"", tag));
	assert_true(http_tag_listed("W/\"x\", \"y\" ,\"abc\"", tag));
	assert_true(http_tag_listed("*", tag));
	assert_false(http_tag_listed("", tag));
	assert_false(http_tag_listed("\"x\", \"abcd\"", tag));
	assert_false(http_tag_listed("\"abc", tag));
	assert_false(http_tag_listed("abc, W/, \"\", ,", tag));
}

static const char *session_of(const char *cookie)
{
	static char session[TOKEN_SIZE];
	session[0] = '\0';
	http_cookie_value(cookie, "diemcau-" MARK, session, sizeof(session));
	return session;
}

static void sessions_come_by_cookie(void **state)
{
	(void)state;
	assert_string_equal(session_of("a=b; diemcau-" MARK "=" SECRET "; c=d"), SECRET);
	assert_string_equal(session_of("diemcau-" MARK "=" SECRET), SECRET);
	assert_string_equal(session_of("a;diemcau-" MARK "=" SECRET), SECRET);
	/* what another path or program has set comes first, or is no token */
	assert_string_equal(
		session_of("diemcau-" MARK "=" OTHER "; diemcau-" MARK "=" SECRET), SECRET);
	assert_string_equal(session_of("diemcau-" MARK "=" SECRET "; diemcau-" MARK "=x"), SECRET);
	/* another port, an older release, another's name */
	assert_string_equal(session_of("diemcau-0a1b2c3d-8444=" SECRET), "");
	assert_string_equal(session_of("diemcau_session=" SECRET), "");
	assert_string_equal(session_of("__Host-diemcau-" MARK "=" SECRET), "");
	assert_string_equal(session_of("xdiemcau-" MARK "=" SECRET), "");
	assert_string_equal(session_of("diemcau-" MARK "=short"), "");
	assert_string_equal(session_of(";;; ;"), "");
}

static void sessions_come_as_bearer(void **state)
{
	(void)state;
	char session[TOKEN_SIZE] = "";
	assert_true(http_session_in_authorization("bearer " SECRET, session));
	assert_string_equal(session, SECRET);
	assert_true(http_session_in_authorization("Bearer short", session));
	assert_string_equal(session, "");
	assert_false(http_session_in_authorization("Basic eDp5", session));
	assert_false(http_session_in_authorization("", session));
}

static void cookies_are_kept_from_scripts_and_strangers(void **state)
{
	(void)state;
	char cookie[HTTP_COOKIE_SIZE], longest[HTTP_COOKIE_NAME_SIZE];
	http_set_cookie(HTTP_COOKIE_SESSION, MARK, true, SECRET, 60, cookie);
	assert_string_equal(cookie, "__Host-diemcau-" MARK "=" SECRET
				    "; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
	http_set_cookie(HTTP_COOKIE_SESSION, MARK, false, "", 0, cookie);
	assert_string_equal(
		cookie, "diemcau-" MARK "=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
	http_cookie_name(HTTP_COOKIE_SESSION, "12345678901234567890123", true, longest);
	assert_string_equal(longest, "__Host-diemcau-12345678901234567890123");
	http_cookie_name(HTTP_COOKIE_DEVICE, "12345678901234567890123", true, longest);
	assert_string_equal(longest, "__Host-diemcau-device-12345678901234567890123");
}

static void add(struct http_query *query, const char *pair)
{
	http_query_add(query, pair, strlen(pair));
}

static void parameters_are_found_by_name(void **state)
{
	(void)state;
	struct http_query query = {0};
	add(&query, "format=html");
	add(&query, "lang=en");
	add(&query, "empty=");
	add(&query, "bare");
	add(&query, "a=b=c");
	assert_int_equal(query.fault, HTTP_QUERY_SOUND);
	assert_string_equal(http_query_value(&query, "format"), "html");
	assert_string_equal(http_query_value(&query, "lang"), "en");
	assert_string_equal(http_query_value(&query, "empty"), "");
	assert_string_equal(http_query_value(&query, "bare"), "");
	assert_string_equal(http_query_value(&query, "a"), "b=c");
	assert_null(http_query_value(&query, "lan"));
	assert_null(http_query_value(&query, ""));
}

static enum http_query_fault fault_of(const char *pair, size_t length)
{
	struct http_query query = {0};
	add(&query, "lang=en");
	http_query_add(&query, pair, length);
	assert_string_equal(http_query_value(&query, "lang"), "en");
	return query.fault;
}

static void faulty_parameters_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(fault_of("lang=vi", 7), HTTP_QUERY_REPEATED);
	assert_int_equal(fault_of("=vi", 3), HTTP_QUERY_MALFORMED);
	assert_int_equal(fault_of("", 0), HTTP_QUERY_MALFORMED);
	assert_int_equal(fault_of("a=b\0c", 5), HTTP_QUERY_MALFORMED);
	assert_int_equal(fault_of("aaaaaaaaaaaaaaaa=1", 18), HTTP_QUERY_TOO_LONG);
	char longest[] = "a=" SECRET SECRET; /* the second half is cut */
	assert_int_equal(fault_of(longest, 2 + HTTP_PARAMETER_VALUE_SIZE), HTTP_QUERY_TOO_LONG);
	assert_int_equal(fault_of(longest, 1 + HTTP_PARAMETER_VALUE_SIZE), HTTP_QUERY_SOUND);
	struct http_query many = {0};
	for (int i = 0; i <= HTTP_PARAMETERS_MAX; i++) {
		char pair[8];
		snprintf(pair, sizeof(pair), "p%d=1", i);
		assert_int_equal(many.fault, HTTP_QUERY_SOUND);
		add(&many, pair);
	}
	assert_int_equal(many.fault, HTTP_QUERY_TOO_LONG);
}

/* ---- behind a proxy ---- */

static void proxies_are_believed_where_they_are_trusted(void **state)
{
	(void)state;
	struct forwarded_proxies proxies = {0};
	assert_int_equal(forwarded_trust(&proxies, "127.0.0.1"), 0);
	assert_int_equal(forwarded_trust(&proxies, "2001:db8::1"), 0);
	assert_int_equal(forwarded_trust(&proxies, "proxy.example"), -EINVAL);
	assert_int_equal(forwarded_trust(&proxies, ""), -EINVAL);
	static const struct {
		const char *peer, *chain, *client;
	} cases[] = {
		{"127.0.0.1", "", "127.0.0.1"},
		{"127.0.0.1", "192.0.2.7", "192.0.2.7"},
		{"192.0.2.7", "198.51.100.1", "192.0.2.7"}, /* a stranger's own story */
		{"127.0.0.1", "198.51.100.1, 192.0.2.7", "192.0.2.7"},
		{"127.0.0.1", "127.0.0.1, 192.0.2.7", "192.0.2.7"},
		{"127.0.0.1", "198.51.100.1, 192.0.2.7, 2001:db8:0::1", "192.0.2.7"},
		{"2001:DB8::1", "192.0.2.7,127.0.0.1", "192.0.2.7"},
		{"::ffff:127.0.0.1", " 192.0.2.7 ", "192.0.2.7"},
		{"127.0.0.1", "192.0.2.7:4711", "192.0.2.7"},
		{"127.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"},
		{"127.0.0.1", "[2001:db8::7]", "2001:db8::7"},
		{"127.0.0.1", "2001:DB8:0:0::7", "2001:db8::7"},
		{"127.0.0.1", "::ffff:192.0.2.7", "192.0.2.7"},
		{"127.0.0.1", "unknown", "127.0.0.1"},
		{"127.0.0.1", "192.0.2.7, unknown", "127.0.0.1"},
		{"127.0.0.1", "192.0.2.7 198.51.100.1", "127.0.0.1"},
		{"127.0.0.1", ",,,", "127.0.0.1"},
		{"127.0.0.1", "?", "127.0.0.1"},
		{"127.0.0.1", "garbage, 127.0.0.1", "127.0.0.1"},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char client[FORWARDED_ADDRESS_SIZE];
		forwarded_client(&proxies, cases[i].peer, cases[i].chain, client);
		assert_string_equal(client, cases[i].client);
		forwarded_client(
			&(struct forwarded_proxies){0}, cases[i].peer, cases[i].chain, client);
		assert_string_equal(client, cases[i].peer);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_have_routes),
		cmocka_unit_test(a_host_that_is_not_ours_is_misdirected),
		cmocka_unit_test(methods_fit_routes),
		cmocka_unit_test(a_piece_of_a_file_comes_as_bytes),
		cmocka_unit_test(a_login_comes_as_json_from_our_own_page),
		cmocka_unit_test(a_media_type_has_no_case),
		cmocka_unit_test(pages_of_other_sites_ask_for_nothing),
		cmocka_unit_test(origins_are_compared_by_value),
		cmocka_unit_test(headers_have_a_limit),
		cmocka_unit_test(a_page_has_the_origin_of_its_address),
		cmocka_unit_test(entity_tags_come_in_lists),
		cmocka_unit_test(sessions_come_by_cookie),
		cmocka_unit_test(sessions_come_as_bearer),
		cmocka_unit_test(cookies_are_kept_from_scripts_and_strangers),
		cmocka_unit_test(parameters_are_found_by_name),
		cmocka_unit_test(faulty_parameters_are_told_apart),
		cmocka_unit_test(proxies_are_believed_where_they_are_trusted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
