/* Requests as they are judged: route, host, origin, method, session, parameters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/ws/http.h"

#define SECRET "0123456789012345678901234567890123456789012"

static const struct http_hosts tls = {.tls = true, .names = {"hop.example"}, .n_names = 1};
static const struct http_hosts plain = {.tls = false};

static int vet(enum http_method method, const char *path, const char *host, const char *origin,
	const char *type)
{
	struct http_request request = {.method = method, .route = http_route(path)};
	snprintf(request.host, sizeof(request.host), "%s", host);
	snprintf(request.origin, sizeof(request.origin), "%s", origin);
	snprintf(request.type, sizeof(request.type), "%s", type);
	return http_vet(&request, &tls);
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
		{"evil.example", 421},
		{"hop.example.evil.example", 421},
		{"127.0.0.1.evil.example", 421},
		{"", 421},
		{":8443", 421},
		{"[::1", 421},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(vet(HTTP_GET, "/healthz", cases[i].host, "", ""), cases[i].status);
	}
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

static void upgrades_are_vetted_too(void **state)
{
	(void)state;
	assert_int_equal(http_vet_upgrade("/ws", "127.0.0.1:1", "", &tls), 0);
	assert_int_equal(http_vet_upgrade("/ws", "127.0.0.1:1", "https://127.0.0.1:1", &tls), 0);
	assert_int_equal(http_vet_upgrade("/ws", "127.0.0.1:1", "http://127.0.0.1:1", &plain), 0);
	assert_int_equal(http_vet_upgrade("/ws", "127.0.0.1:1", "http://127.0.0.1:2", &plain), 403);
	assert_int_equal(
		http_vet_upgrade("/ws", "evil.example", "https://evil.example", &tls), 421);
	assert_int_equal(http_vet_upgrade("/", "127.0.0.1:1", "", &tls), 404);
}

static void sessions_come_by_cookie_or_bearer(void **state)
{
	(void)state;
	char session[TOKEN_SIZE];
	http_session_of("a=b; diemcau_session=" SECRET "; c=d", "", session);
	assert_string_equal(session, SECRET);
	http_session_of("", "bearer " SECRET, session);
	assert_string_equal(session, SECRET);
	http_session_of("xdiemcau_session=" SECRET, "", session);
	assert_string_equal(session, "");
	http_session_of("diemcau_session=short", "", session);
	assert_string_equal(session, "");
	http_session_of(";;; ;", "Basic x", session);
	assert_string_equal(session, "");
}

static void cookies_are_kept_from_scripts_and_strangers(void **state)
{
	(void)state;
	char cookie[HTTP_COOKIE_SIZE];
	http_set_cookie(SECRET, 60, true, cookie);
	assert_string_equal(cookie, "diemcau_session=" SECRET
				    "; Path=/; Max-Age=60; HttpOnly; SameSite=Strict; Secure");
	http_set_cookie("", 0, false, cookie);
	assert_null(strstr(cookie, "Secure"));
}

static void parameters_are_decoded(void **state)
{
	(void)state;
	char text[8];
	assert_true(http_parameter("from=12&lang=en", "lang", text, sizeof(text)));
	assert_string_equal(text, "en");
	assert_true(http_parameter("a=%41+%2e", "a", text, sizeof(text)));
	assert_string_equal(text, "A .");
	assert_false(http_parameter("a=%4", "a", text, sizeof(text)));
	assert_false(http_parameter("a=%zz", "a", text, sizeof(text)));
	assert_false(http_parameter("a=%00", "a", text, sizeof(text)));
	assert_false(http_parameter("a=12345678", "a", text, sizeof(text)));
	assert_false(http_parameter("ab=1", "a", text, sizeof(text)));
	assert_false(http_parameter("", "a", text, sizeof(text)));
	assert_true(http_parameter("a=", "a", text, sizeof(text)));
	assert_string_equal(text, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_have_routes),
		cmocka_unit_test(a_host_that_is_not_ours_is_misdirected),
		cmocka_unit_test(methods_fit_routes),
		cmocka_unit_test(a_login_comes_as_json_from_our_own_page),
		cmocka_unit_test(upgrades_are_vetted_too),
		cmocka_unit_test(sessions_come_by_cookie_or_bearer),
		cmocka_unit_test(cookies_are_kept_from_scripts_and_strangers),
		cmocka_unit_test(parameters_are_decoded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
