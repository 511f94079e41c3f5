/* Which part of a file is asked for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "coordinator/ws/http_range.h"

static const char tag[] = "\"abc\"";

static void ranges(void **state)
{
	static const struct {
		const char *range, *if_range;
		enum http_range_kind kind;
		uint64_t first, size;
	} cases[] = {
		{"", "", HTTP_RANGE_WHOLE, 0, 100},
		{"bytes=0-", "", HTTP_RANGE_PART, 0, 100},
		{"bytes=40-", "", HTTP_RANGE_PART, 40, 60},
		{"Bytes=40-49", "", HTTP_RANGE_PART, 40, 10},
		{"bytes=99-99", "", HTTP_RANGE_PART, 99, 1},
		{"bytes=40-1000", "", HTTP_RANGE_PART, 40, 60},
		{"bytes=-10", "", HTTP_RANGE_PART, 90, 10},
		{"bytes=-1000", "", HTTP_RANGE_PART, 0, 100},
		{"bytes=100-", "", HTTP_RANGE_BEYOND, 0, 0},
		{"bytes=-0", "", HTTP_RANGE_BEYOND, 0, 0},
		{"bytes=18446744073709551615-", "", HTTP_RANGE_BEYOND, 0, 0},
		{"bytes=99999999999999999999999-", "", HTTP_RANGE_BEYOND, 0, 0},
		{"bytes=5-4", "", HTTP_RANGE_WHOLE, 0, 100},
		{"bytes=0-1,5-6", "", HTTP_RANGE_WHOLE, 0, 100},
		{"bytes=-", "", HTTP_RANGE_WHOLE, 0, 100},
		{"bytes=a-b", "", HTTP_RANGE_WHOLE, 0, 100},
		{"bytes=+1-2", "", HTTP_RANGE_WHOLE, 0, 100},
		{"bytes= 1-2", "", HTTP_RANGE_WHOLE, 0, 100},
		{"lines=1-2", "", HTTP_RANGE_WHOLE, 0, 100},
		{"bytes=40-", "\"abc\"", HTTP_RANGE_PART, 40, 60},
		{"bytes=40-", "\"xyz\"", HTTP_RANGE_WHOLE, 0, 100},
		{"bytes=40-", "W/\"abc\"", HTTP_RANGE_WHOLE, 0, 100},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct http_range found =
			http_range_of(cases[i].range, cases[i].if_range, tag, 100);
		assert_int_equal(found.kind, cases[i].kind);
		assert_int_equal(found.first, cases[i].first);
		assert_int_equal(found.size, cases[i].size);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(ranges)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
