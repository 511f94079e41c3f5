/* The head of answers: what every one says, and what some do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "coordinator/ws/response_head.h"

static char head[HEAD_SIZE];

static void make(const struct http_response *answer, bool tls)
{
	size_t size = head_make(answer, tls, head);
	assert_int_equal(size, strlen(head));
	assert_string_equal(head + size - 4, "\r\n\r\n");
}

static bool says(const char *line)
{
	return strstr(head, line) != NULL;
}

static void every_answer_is_guarded(void **state)
{
	(void)state;
	static const int statuses[] = {200, 304, 400, 401, 403, 404, 405, 408, 411, 413, 415, 421,
		429, 431, 500, 501, 503};
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		char first[64];
		make(&(struct http_response){.status = statuses[i]}, false);
		snprintf(first, sizeof(first), "HTTP/1.1 %d ", statuses[i]);
		assert_memory_equal(head, first, strlen(first));
		assert_true(head[strlen(first)] != '\r'); /* a reason */
		assert_true(says("\r\nconnection: close\r\n"));
		assert_true(says("\r\nx-content-type-options: nosniff\r\n"));
		assert_true(says("\r\nx-frame-options: DENY\r\n"));
		assert_true(says("\r\nreferrer-policy: no-referrer\r\n"));
		assert_true(says("\r\ncontent-security-policy: default-src 'none'; "));
		assert_true(says("\r\ncache-control: no-store\r\n"));
		assert_false(says("strict-transport-security"));
	}
}

static void over_tls_browsers_are_told_to_stay(void **state)
{
	(void)state;
	make(&(struct http_response){.status = 200}, true);
	assert_true(says("\r\nstrict-transport-security: max-age=15552000\r\n"));
}

static void what_an_answer_has_is_said(void **state)
{
	(void)state;
	struct shared_buf *body cleanup(shared_buf_unref) = shared_buf_copy("four", 4, false);
	struct http_response answer = {.status = 200,
		.type = "text/css",
		.body = body,
		.cookies = {"a=b; Secure", "c=d"},
		.tag = "\"t\"",
		.immutable = true,
		.retry_after = 7,
		.allow = "GET"};
	make(&answer, false);
	assert_true(says("\r\ncontent-type: text/css\r\ncontent-length: 4\r\n"));
	assert_true(says("\r\nset-cookie: a=b; Secure\r\nset-cookie: c=d\r\n") &&
		    says("\r\netag: \"t\"\r\n"));
	assert_true(says("max-age=31536000, immutable") && says("\r\nretry-after: 7\r\n"));
	assert_true(says("\r\nallow: GET\r\n"));
	answer.status = 304;
	make(&answer, false);
	assert_false(says("content-length"));
}

static void the_longest_fits(void **state)
{
	(void)state;
	struct http_response answer = {.status = 429, .retry_after = UINT32_MAX, .styled = true};
	answer.type = "text/html; charset=utf-8";
	answer.allow = "GET, HEAD, POST, DELETE";
	for (int i = 0; i < HTTP_COOKIES; i++) {
		memset(answer.cookies[i], 'c', sizeof(answer.cookies[i]) - 1);
	}
	memset(answer.tag, 't', sizeof(answer.tag) - 1);
	make(&answer, true);
	assert_true(strlen(head) < HEAD_SIZE - 256);
	assert_true(says("retry-after: 4294967295"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_is_guarded),
		cmocka_unit_test(over_tls_browsers_are_told_to_stay),
		cmocka_unit_test(what_an_answer_has_is_said),
		cmocka_unit_test(the_longest_fits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
