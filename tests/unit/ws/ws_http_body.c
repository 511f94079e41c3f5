/* How long a body is, by what a request says of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "bounds.h"
#include "coordinator/ws/http_body.h"

enum { POST = true, OTHER = false, CHUNKED = true };

static void judge(bool takes_body, const char *length, bool encoded, int status, size_t size)
{
	struct http_body framing = {.takes_body = takes_body,
		.most = HTTP_BODY_MAX,
		.has_length = length != NULL,
		.has_encoding = encoded};
	size_t found = 99;
	if (length) {
		strncpy(framing.length, length, sizeof(framing.length) - 1);
	}
	assert_int_equal(http_body_check(&framing, &found), status);
	if (status == 0) {
		assert_int_equal(found, size);
	}
}

static void a_post_tells_its_length(void **state)
{
	(void)state;
	judge(POST, "12", !CHUNKED, 0, 12);
	judge(POST, "0", !CHUNKED, 0, 0);
	judge(POST, "0012", !CHUNKED, 0, 12);
	judge(POST, NULL, !CHUNKED, 411, 0);
	judge(POST, NULL, CHUNKED, 411, 0);
	judge(POST, "12", CHUNKED, 400, 0);
}

static void nothing_else_has_a_body(void **state)
{
	(void)state;
	judge(OTHER, NULL, !CHUNKED, 0, 0);
	judge(OTHER, "0", !CHUNKED, 0, 0);
	judge(OTHER, "1", !CHUNKED, 400, 0);
	judge(OTHER, NULL, CHUNKED, 400, 0);
}

static void a_length_is_digits(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"", " ", "-1", "+1", "1,1", "1, 1", "0x1", "1 ", "1e3", "\xd9\xa1"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		judge(POST, wrong[i], !CHUNKED, 400, 0);
		judge(OTHER, wrong[i], !CHUNKED, 400, 0);
	}
}

static void a_body_is_bounded(void **state)
{
	(void)state;
	_Static_assert(HTTP_BODY_MAX == 16384, "the numbers below");
	judge(POST, "16384", !CHUNKED, 0, 16384);
	judge(POST, "16385", !CHUNKED, 413, 0);
	judge(POST, "4294967297", !CHUNKED, 413, 0);
	judge(POST, "18446744073709551617", !CHUNKED, 413, 0);
	judge(POST, "9999999999999999999999999999999", !CHUNKED, 413, 0);
}

static void one_expectation_is_known(void **state)
{
	(void)state;
	struct http_body framing = {
		.takes_body = true, .most = 1, .has_length = true, .length = "1"};
	size_t size;
	assert_false(http_body_expects_continue(&framing));
	strcpy(framing.expect, "100-Continue");
	assert_true(http_body_expects_continue(&framing));
	assert_int_equal(http_body_check(&framing, &size), 0);
	strcpy(framing.expect, "200-ok");
	assert_int_equal(http_body_check(&framing, &size), 417);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_post_tells_its_length),
		cmocka_unit_test(nothing_else_has_a_body),
		cmocka_unit_test(a_length_is_digits),
		cmocka_unit_test(a_body_is_bounded),
		cmocka_unit_test(one_expectation_is_known),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
