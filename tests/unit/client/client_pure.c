/* Addresses, delays and liveness, without a socket. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/client/backoff.h"
#include "proto/client/connect_error.h"
#include "proto/client/liveness.h"
#include "proto/client/ws_client.h"
#include "proto/network/server_url.h"

static void good_addresses(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		struct server_url wanted;
	} cases[] = {
		{"wss://a.vn:8443", {true, 8443, "a.vn", "/ws"}},
		{"wss://a.vn", {true, 443, "a.vn", "/ws"}},
		{"https://a.vn:1/", {true, 1, "a.vn", "/ws"}},
		{"wss://[2001:db8::7]:8443/x/y", {true, 8443, "2001:db8::7", "/x/y"}},
		{"ws://127.0.0.1:80", {false, 80, "127.0.0.1", "/ws"}},
		{"http://localhost", {false, 80, "localhost", "/ws"}},
		{"ws://[::1]:9", {false, 9, "::1", "/ws"}},
		{"ws://[::ffff:127.0.0.1]:9", {false, 9, "::ffff:127.0.0.1", "/ws"}},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct server_url read;
		assert_int_equal(server_url_parse(cases[i].text, &read), 0);
		assert_int_equal(read.tls, cases[i].wanted.tls);
		assert_int_equal(read.port, cases[i].wanted.port);
		assert_string_equal(read.host, cases[i].wanted.host);
		assert_string_equal(read.path, cases[i].wanted.path);
	}
}

static void bad_addresses(void **state)
{
	(void)state;
	static const char *const cases[] = {"", "a.vn:8443", "wss://", "wss://:1", "wss://a:0",
		"wss://a:65536", "wss://a:99999999999999999999", "wss://a:1x", "wss://[::1",
		"wss://a:", "ws://a.vn:1", "http://10.0.0.1", "ftp://a", "ws://127.example:1",
		"ws://127.0.0.1.example:1", "ws://[::ffff:10.0.0.1]:1", "wss://a b:1",
		"wss://a..vn:1", "wss://-a:1", "wss://192.0.2.300:1", "wss://a\x1b:1",
		"wss://[2001:db8::g]:1"};
	struct server_url read;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(server_url_parse(cases[i], &read), -EINVAL);
	}
	char text[400] = "wss://";
	memset(text + 6, 'a', SERVER_URL_HOST_MAX + 1);
	assert_int_equal(server_url_parse(text, &read), -EINVAL);
}

static void backoff_is_bounded_and_spread(void **state)
{
	(void)state;
	for (uint32_t failures = 1; failures < 100; failures++) {
		assert_int_equal(ws_client_backoff_ms(failures, 0), 0);
		uint32_t most = ws_client_backoff_ms(failures, UINT32_MAX);
		assert_true(most >= WS_CLIENT_BACKOFF_MIN_MS && most <= WS_CLIENT_BACKOFF_MAX_MS);
		assert_true(ws_client_backoff_ms(failures, UINT32_MAX / 2) <= most / 2 + 1);
		assert_true(
			failures == 1 || most >= ws_client_backoff_ms(failures - 1, UINT32_MAX));
	}
	assert_int_equal(ws_client_backoff_ms(1, UINT32_MAX), WS_CLIENT_BACKOFF_MIN_MS);
	assert_int_equal(ws_client_backoff_ms(2, UINT32_MAX), 2 * WS_CLIENT_BACKOFF_MIN_MS);
	assert_int_equal(ws_client_backoff_ms(UINT32_MAX, UINT32_MAX), WS_CLIENT_BACKOFF_MAX_MS);
}

enum { SECOND = 1000000 };

static void life_is_asked_for_and_given_up(void **state)
{
	(void)state;
	struct liveness liveness;
	int64_t wait = 0, now = 7 * SECOND;
	liveness_received(&liveness, now);
	assert_int_equal(liveness_due(&liveness, now + SECOND, &wait), LIVENESS_WAIT);
	assert_int_equal(wait, (WS_CLIENT_PING_S - 1) * SECOND);
	now += WS_CLIENT_PING_S * SECOND;
	assert_int_equal(liveness_due(&liveness, now, &wait), LIVENESS_PING);
	assert_int_equal(wait, (WS_CLIENT_HANGUP_S - WS_CLIENT_PING_S) * SECOND);
	now += wait;
	assert_int_equal(liveness_due(&liveness, now - 1, &wait), LIVENESS_WAIT);
	assert_int_equal(wait, 1);
	assert_int_equal(liveness_due(&liveness, now, &wait), LIVENESS_WAIT);
	assert_int_equal(wait, LIVENESS_GRACE_MS * 1000);
	assert_int_equal(liveness_due(&liveness, now + wait, &wait), LIVENESS_DEAD);
}

static void a_sign_at_the_last_moment_is_life(void **state)
{
	(void)state;
	struct liveness liveness;
	int64_t wait = 0, now = 0;
	liveness_received(&liveness, now);
	assert_int_equal(liveness_due(&liveness, now += 2 * SECOND, &wait), LIVENESS_PING);
	assert_int_equal(liveness_due(&liveness, now += wait, &wait), LIVENESS_WAIT);
	liveness_received(&liveness, ++now);
	assert_int_equal(liveness_due(&liveness, now + SECOND, &wait), LIVENESS_WAIT);
	assert_int_equal(liveness_due(&liveness, now + 2 * SECOND, &wait), LIVENESS_PING);
}

/* An hour without being scheduled is no hour of silence. */
static void who_did_not_run_does_not_judge(void **state)
{
	(void)state;
	struct liveness liveness;
	int64_t wait = 0, now = 0;
	liveness_received(&liveness, now);
	now = 3600 * (int64_t)SECOND;
	assert_int_equal(liveness_due(&liveness, now, &wait), LIVENESS_PING);
	now += 3600 * (int64_t)SECOND;
	assert_int_equal(liveness_due(&liveness, now, &wait), LIVENESS_WAIT);
	liveness_received(&liveness, now); /* the answer had arrived long before */
	assert_int_equal(liveness_due(&liveness, now + wait, &wait), LIVENESS_WAIT);
}

static void words_of_the_library_tell_what_failed(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum connect_error error;
	} cases[] = {{"Unable to connect", CONNECT_REFUSED},
		{"Timed out waiting SSL", CONNECT_TIMEOUT},
		{"connect SSL err 1: error:00000001:lib(0)::reason(1)", CONNECT_NO_TLS},
		{"connect SYSCALL 104", CONNECT_NO_TLS},
		{"HS: ws upgrade response not 101", CONNECT_NO_COORDINATOR},
		{"server's cert didn't look good", CONNECT_BAD_CERTIFICATE}, {"", CONNECT_UNSET},
		{NULL, CONNECT_UNSET}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(connect_error_of_text(cases[i].text), cases[i].error);
	}
}

static void every_trouble_is_a_sentence_that_names_the_place(void **state)
{
	(void)state;
	struct connect_failure failure = {.address = "centre.example:8443",
		.clock_s = 1685577600, /* 2023-06-01 */
		.bound_s = 1780272000}; /* 2026-06-01 */
	char text[2][CONNECT_ERROR_TEXT];
	for (int error = 0; error < CONNECT_ERROR_COUNT; error++) {
		failure.error = (enum connect_error)error;
		connect_error_sentence(&failure, LANGUAGE_VI, text[0]);
		connect_error_sentence(&failure, LANGUAGE_EN, text[1]);
		assert_non_null(strstr(text[0], "centre.example:8443"));
		assert_non_null(strstr(text[1], "centre.example:8443"));
		assert_string_not_equal(text[0], text[1]);
		assert_null(strchr(text[0], '{'));
		assert_null(strchr(text[1], '{'));
	}
	failure.error = CONNECT_CERTIFICATE_NOT_YET_VALID;
	connect_error_sentence(&failure, LANGUAGE_EN, text[0]);
	assert_non_null(
		strstr(text[0], "at least 1096 days behind: it shows 2023-06-01 00:00 UTC"));
	assert_non_null(strstr(text[0], "begins 2026-06-01 00:00 UTC"));
}

/* In the language of whoever reads here, whatever the server wrote in. */
static void a_refusal_is_said_in_the_readers_language(void **state)
{
	(void)state;
	struct ws_client_notice notice = {
		.reason = WS_CLIENT_REFUSED, .code = REFUSAL_UNAUTHORISED, .text = "anything"};
	char text[CONNECT_ERROR_TEXT];
	ws_client_notice_sentence(&notice, LANGUAGE_EN, text);
	assert_non_null(strstr(text, "join file is no longer good"));
	notice.code = REFUSAL_NOT_IN_ROSTER;
	ws_client_notice_sentence(&notice, LANGUAGE_EN, text);
	assert_non_null(strstr(text, "not on the roster"));
	ws_client_notice_sentence(&notice, LANGUAGE_VI, text);
	assert_non_null(strstr(text, "không có trong danh sách"));
	notice.code = REFUSAL_UNSET;
	ws_client_notice_sentence(&notice, LANGUAGE_EN, text);
	assert_string_equal(text, "anything");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(good_addresses),
		cmocka_unit_test(bad_addresses),
		cmocka_unit_test(words_of_the_library_tell_what_failed),
		cmocka_unit_test(every_trouble_is_a_sentence_that_names_the_place),
		cmocka_unit_test(a_refusal_is_said_in_the_readers_language),
		cmocka_unit_test(backoff_is_bounded_and_spread),
		cmocka_unit_test(life_is_asked_for_and_given_up),
		cmocka_unit_test(a_sign_at_the_last_moment_is_life),
		cmocka_unit_test(who_did_not_run_does_not_judge),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
