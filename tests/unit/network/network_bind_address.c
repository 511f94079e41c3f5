/* Host and port as people write them. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/network/bind_address.h"

static void bind_addresses_are_read(void **state)
{
	(void)state;
	static const struct {
		const char *text, *host;
		bool bracketed;
		uint16_t port;
	} cases[] = {
		{"192.0.2.1:8443", "192.0.2.1", false, 8443},
		{":8443", "", false, 8443},
		{"centre.example:1", "centre.example", false, 1},
		{"[2001:db8::1]:65535", "2001:db8::1", true, 65535},
		{"[::]:0", "::", true, 0},
		{"[fe80::1%eth0]:1", "fe80::1%eth0", true, 1},
		{"[::ffff:192.0.2.1]:1", "::ffff:192.0.2.1", true, 1},
	};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct bind_address place;
		assert_int_equal(bind_address_parse(cases[i].text, &place), 0);
		assert_string_equal(place.host, cases[i].host);
		assert_int_equal(place.bracketed, cases[i].bracketed);
		assert_int_equal(place.port, cases[i].port);
	}
}

static void what_is_no_bind_address_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {"", "8443", "192.0.2.1", "192.0.2.1:", "a:65536",
		"a:1x", "a:-1", "a:+1", "a: 1", "2001:db8::1:8443", "[2001:db8::1]",
		"[2001:db8::1:1", "[]:1", "[::1]1", "a:000000001"};
	struct bind_address place;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_int_equal(bind_address_parse(wrong[i], &place), -EINVAL);
	}
	char longest[BIND_ADDRESS_HOST_SIZE + 8];
	memset(longest, 'a', BIND_ADDRESS_HOST_SIZE);
	strcpy(longest + BIND_ADDRESS_HOST_SIZE, ":1");
	assert_int_equal(bind_address_parse(longest, &place), -EINVAL);
}

static void read(const char *text, struct sockaddr_storage *ret)
{
	struct bind_address place;
	assert_int_equal(bind_address_parse(text, &place), 0);
	socklen_t size;
	assert_int_equal(bind_address_resolve(&place, ret, &size), 0);
}

static void addresses_are_shown_as_they_are_written(void **state)
{
	(void)state;
	static const char *const cases[][2] = {{"192.0.2.1:1", "192.0.2.1:1"},
		{"[2001:DB8:0::1]:2", "[2001:db8::1]:2"}, {"[::]:3", "[::]:3"},
		{"[::ffff:192.0.2.1]:4", "192.0.2.1:4"}, {"[fe80::1%lo]:5", "[fe80::1%lo]:5"}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct sockaddr_storage address;
		read(cases[i][0], &address);
		char text[SOCKADDR_TEXT_SIZE];
		sockaddr_text(&address, text);
		assert_string_equal(text, cases[i][1]);
	}
}

static void loopback_is_known_by_its_number(void **state)
{
	(void)state;
	static const char *const loopback[] = {
		"127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "[::ffff:127.0.0.1]:1"};
	static const char *const others[] = {"0.0.0.0:1", "126.0.0.1:1", "[::]:1", "[::2]:1",
		"[::ffff:128.0.0.1]:1", "[::7f00:1]:1"};
	struct sockaddr_storage address;
	for (size_t i = 0; i < sizeof(loopback) / sizeof(loopback[0]); i++) {
		read(loopback[i], &address);
		assert_true(sockaddr_is_loopback(&address));
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		read(others[i], &address);
		assert_false(sockaddr_is_loopback(&address));
	}
}

static void names_are_no_addresses(void **state)
{
	(void)state;
	struct bind_address place;
	struct sockaddr_storage address;
	socklen_t size;
	static const char *const names[] = {"localhost:1", "127.example:1", ":1", "[127.0.0.1]:1"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		assert_int_equal(bind_address_parse(names[i], &place), 0);
		assert_int_equal(bind_address_resolve(&place, &address, &size), -EINVAL);
	}
}

static void only_addresses_of_this_machine_are_loopback(void **state)
{
	(void)state;
	static const char *const ours[] = {
		"127.0.0.1", "127.255.0.9", "::1", "0::1", "::ffff:127.0.0.1"};
	static const char *const others[] = {"", "128.0.0.1", "::", "::2", "2001:db8::1",
		"127.example", "localhost", "[::1]", "127.0.0.1:80", "::ffff:128.0.0.1"};
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++) {
		assert_true(address_is_loopback(ours[i]));
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_false(address_is_loopback(others[i]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bind_addresses_are_read),
		cmocka_unit_test(what_is_no_bind_address_is_refused),
		cmocka_unit_test(addresses_are_shown_as_they_are_written),
		cmocka_unit_test(loopback_is_known_by_its_number),
		cmocka_unit_test(names_are_no_addresses),
		cmocka_unit_test(only_addresses_of_this_machine_are_loopback),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
