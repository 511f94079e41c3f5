/* Addresses in every form, and the networks around them. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "proto/network/netblock.h"

/* From text and from a socket: the two must agree. */
static struct netblocks origin_of(const char *text)
{
	struct sockaddr_storage address = {.ss_family = AF_INET};
	struct sockaddr_in *in = (struct sockaddr_in *)&address;
	struct sockaddr_in6 *in6 = (struct sockaddr_in6 *)&address;
	if (inet_pton(AF_INET, text, &in->sin_addr) != 1) {
		address.ss_family = AF_INET6;
		assert_int_equal(inet_pton(AF_INET6, text, &in6->sin6_addr), 1);
	}
	struct netblocks read = netblocks_of_text(text), told = netblocks_of_socket(&address);
	assert_memory_equal(&read, &told, sizeof(read));
	return read;
}

static bool same(enum netblock_size rung, const char *one, const char *other)
{
	return origin_of(one).networks[rung] == origin_of(other).networks[rung];
}

/* The number of levels, from the host outwards, at which the two differ. */
static int rungs_between(const char *one, const char *other)
{
	int apart = 0;
	while (apart < NETBLOCK_SIZES && !same((enum netblock_size)apart, one, other)) {
		apart++;
	}
	for (int rung = apart; rung < NETBLOCK_SIZES; rung++) {
		assert_true(same((enum netblock_size)rung, one, other));
	}
	return apart;
}

static void ipv4_is_counted_by_address_24_and_16(void **state)
{
	(void)state;
	assert_int_equal(rungs_between("192.0.2.1", "192.0.2.1"), 0);
	assert_int_equal(rungs_between("192.0.2.1", "192.0.2.2"), 1);
	assert_int_equal(rungs_between("192.0.2.1", "192.0.3.1"), 2);
	assert_int_equal(rungs_between("192.0.2.1", "192.1.2.1"), 3);
}

static void ipv6_is_counted_by_64_56_and_48(void **state)
{
	(void)state;
	assert_int_equal(rungs_between("2001:db8:1:2::1", "2001:db8:1:2:3:4:5:6"), 0);
	assert_int_equal(rungs_between("2001:db8:1:2::1", "2001:db8:1:3::1"), 1);
	assert_int_equal(rungs_between("2001:db8:1:2::1", "2001:db8:1:ff02::1"), 2);
	assert_int_equal(rungs_between("2001:db8:1:2::1", "2001:db8:2:2::1"), 3);
}

static void ipv4_within_ipv6_is_ipv4(void **state)
{
	(void)state;
	assert_int_equal(rungs_between("192.0.2.1", "::ffff:192.0.2.1"), 0);
	assert_int_equal(rungs_between("192.0.2.1", "64:ff9b::192.0.2.1"), 0);
	assert_int_equal(rungs_between("64:ff9b::192.0.2.1", "64:ff9b::198.51.100.1"), 3);
	assert_int_equal(rungs_between("64:ff9b::192.0.2.1", "64:ff9b:1::192.0.2.1"), 3);
	assert_int_equal(rungs_between("192.0.2.1", "::192.0.2.1"), 3); /* deprecated: not IPv4 */
}

static void nobody_is_none_of_them(void **state)
{
	(void)state;
	struct sockaddr_storage gone = {.ss_family = AF_UNSPEC};
	static const char *const none[] = {"", "%eth0", "localhost", "192.0.2", "1.2.3.4.5", "::g",
		"[::1]", "192.0.2.1:443", "2001:db8:2001:db8:2001:db8:2001:db8:2001:db8:2001:db8"};
	assert_int_equal(netblocks_of_socket(&gone).networks[NETBLOCK_HOST], 0);
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		assert_int_equal(netblocks_of_text(none[i]).networks[NETBLOCK_HOST], 0);
	}
	for (int rung = 0; rung < NETBLOCK_SIZES; rung++) {
		assert_true(origin_of("::1").networks[rung] != 0);
		assert_true(origin_of("0.0.0.0").networks[rung] != 0);
	}
	assert_int_equal(rungs_between("::1", "0.0.0.0"), 3);
}

static void a_zone_is_left_aside(void **state)
{
	(void)state;
	struct netblocks zoned = netblocks_of_text("fe80::1%eth0"), bare = origin_of("fe80::1");
	assert_memory_equal(&zoned, &bare, sizeof(bare));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ipv4_is_counted_by_address_24_and_16),
		cmocka_unit_test(ipv6_is_counted_by_64_56_and_48),
		cmocka_unit_test(ipv4_within_ipv6_is_ipv4),
		cmocka_unit_test(nobody_is_none_of_them),
		cmocka_unit_test(a_zone_is_left_aside),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
