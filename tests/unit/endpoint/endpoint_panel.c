/* Access to the site page, and its files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "endpoint/panel/guard.h"
#include "endpoint/panel/site_pages.h"

static void only_loopback_names_with_our_port_are_hosts(void **state)
{
	(void)state;
	assert_true(guard_host("127.0.0.1:8123", 8123));
	assert_true(guard_host("LOCALHOST:8123", 8123));
	assert_true(guard_host("localhost.:8123", 8123));
	assert_true(guard_host("[::1]:8123", 8123));
	assert_true(guard_host("[0:0::1]:8123", 8123)); /* by its value */
	const char *const wrong[] = {"", "127.0.0.2:8123", "127.0.0.1", "127.0.0.1:8124",
		"evil.example:8123", "127.0.0.1:8123.evil.example", "127.0.0.1:81230",
		"localhost.evil.example:8123"};
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(guard_host(wrong[i], 8123));
	}
}

static void only_the_page_itself_is_an_origin(void **state)
{
	(void)state;
	assert_true(guard_origin("http://127.0.0.1:8123", 8123));
	assert_false(guard_origin("https://127.0.0.1:8123", 8123));
	assert_false(guard_origin("null", 8123));
	assert_false(guard_origin("", 8123));
	assert_false(guard_origin("http://127.0.0.1:8123/", 8123));
	assert_false(guard_origin("http://evil.example:8123", 8123));
}

static void paths_begin_with_the_secret(void **state)
{
	(void)state;
	assert_string_equal(guard_path("/abcd/", "abcd"), "");
	assert_string_equal(guard_path("/abcd/ws", "abcd"), "ws");
	assert_null(guard_path("/abce/ws", "abcd"));
	assert_null(guard_path("/abcd", "abcd"));
	assert_null(guard_path("/", "abcd"));
	assert_null(guard_path("abcd/", "abcd"));
	assert_null(guard_path("/abcdx/", "abcd"));
}

static void files_are_embedded(void **state)
{
	(void)state;
	if (site_pages[0].path == NULL) {
		skip(); /* built without pages */
	}
	const struct web_page *page = web_page_find(site_pages, "");
	assert_non_null(page);
	assert_true(page->size > 300);
	assert_memory_equal(page->bytes, "<!doctype html>", 15);
	assert_non_null(web_page_find(site_pages, "panel.js"));
	assert_null(web_page_find(site_pages, "../panel.js"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_loopback_names_with_our_port_are_hosts),
		cmocka_unit_test(only_the_page_itself_is_an_origin),
		cmocka_unit_test(paths_begin_with_the_secret),
		cmocka_unit_test(files_are_embedded),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
