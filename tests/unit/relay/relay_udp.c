/*
 * The socket on bad paths: segments refused, an unreachable receiver among others. In a network
 * namespace whose loopback has an MTU of 1100 bytes.
 */
#define _GNU_SOURCE

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "coordinator/relay/udp.h"

enum { PACKETS = 10, SIZE = 1216, SHORT_MTU = 1100, LONG_MTU = 65536, MANY = 63, TRAINS = 1000 };
enum { REST_US = 20000 }; /* FULL_REST_US */

static bool alone;

static void set_loopback(int mtu)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct ifreq request;
	memset(&request, 0, sizeof(request));
	strcpy(request.ifr_name, "lo");
	request.ifr_flags = IFF_UP;
	assert_int_equal(ioctl(fd, SIOCSIFFLAGS, &request), 0);
	request.ifr_mtu = mtu;
	assert_int_equal(ioctl(fd, SIOCSIFMTU, &request), 0);
	close(fd);
}

static int open_receiver(struct rly_receiver *receiver)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	socklen_t size = sizeof(address);
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(bind(fd, (struct sockaddr *)&address, size), 0);
	assert_int_equal(getsockname(fd, (struct sockaddr *)&address, &size), 0);
	memset(receiver, 0, sizeof(*receiver));
	memcpy(receiver->address.bytes, &address, sizeof(address));
	receiver->address.size = size;
	return fd;
}

/* Packets of the batch that arrived complete and in order. */
static int count(int fd)
{
	uint8_t data[2048];
	int n = 0;
	ssize_t size;
	struct pollfd wait = {fd, POLLIN, 0};
	while (poll(&wait, 1, 50) > 0 && (size = recv(fd, data, sizeof(data), 0)) > 0) {
		assert_int_equal(size, n == PACKETS - 1 ? 100 : SIZE);
		assert_int_equal(data[0], n);
		n++;
	}
	return n;
}

static struct rly_gso_batch batch_of(uint8_t bytes[PACKETS][SIZE], struct iovec packets[PACKETS])
{
	for (int i = 0; i < PACKETS; i++) {
		memset(bytes[i], i, SIZE);
		packets[i] = (struct iovec){bytes[i], i == PACKETS - 1 ? 100 : SIZE};
	}
	return (struct rly_gso_batch){packets, PACKETS, SIZE};
}

static struct rly_udp *open_udp(void)
{
	struct rly_address bind_to;
	assert_true(rly_address_parse("127.0.0.1:0", &bind_to));
	struct rly_udp *udp = NULL;
	assert_int_equal(rly_udp_create(&bind_to, &udp), 0);
	return udp;
}

static void a_path_that_refuses_segments_is_served_plainly(void **state)
{
	(void)state;
	if (!alone) {
		skip();
	}
	set_loopback(SHORT_MTU);
	static uint8_t bytes[PACKETS][SIZE];
	struct iovec packets[PACKETS];
	struct rly_gso_batch batch = batch_of(bytes, packets);
	struct rly_udp *udp = open_udp();
	struct rly_egress egress = rly_udp_egress(udp);
	struct rly_receiver receiver;
	int fd = open_receiver(&receiver);
	struct rly_receiver *receivers[] = {&receiver};
	assert_int_equal(egress.fan(egress.user, &batch, receivers, 1), PACKETS);
	assert_true(receiver.no_gso);
	assert_int_equal(count(fd), PACKETS);
	assert_int_equal(egress.fan(egress.user, &batch, receivers, 1), PACKETS);
	assert_int_equal(count(fd), PACKETS);
	assert_int_equal(rly_udp_counts(udp)->no_gso, 1);
	assert_int_equal(rly_udp_counts(udp)->send_errors, 0);
	close(fd);
	rly_udp_destroy(udp);
	set_loopback(LONG_MTU);
}

static void one_unreachable_receiver_harms_nobody(void **state)
{
	(void)state;
	if (!alone) {
		skip();
	}
	set_loopback(LONG_MTU);
	static uint8_t bytes[PACKETS][SIZE];
	struct iovec packets[PACKETS];
	struct rly_gso_batch batch = batch_of(bytes, packets);
	struct rly_udp *udp = open_udp();
	struct rly_egress egress = rly_udp_egress(udp);
	struct rly_receiver all[3];
	int first = open_receiver(&all[0]);
	int last = open_receiver(&all[2]);
	memset(&all[1], 0, sizeof(all[1]));
	assert_true(rly_address_parse("198.51.100.1:9", &all[1].address));
	struct rly_receiver *receivers[] = {&all[0], &all[1], &all[2]};
	assert_int_equal(egress.fan(egress.user, &batch, receivers, 3), 2 * PACKETS);
	assert_int_equal(count(first), PACKETS);
	assert_int_equal(count(last), PACKETS);
	assert_true(rly_udp_counts(udp)->send_errors > 0);
	assert_false(all[0].no_gso || all[2].no_gso);
	assert_false(egress.send(egress.user, &all[1].address, "x", 1));
	assert_true(egress.send(egress.user, &all[0].address, bytes[0], SIZE));
	close(first);
	close(last);
	rly_udp_destroy(udp);
}

/* A queue that hardly drains fills the socket: 63 receivers must not each wait for room. */
static void a_full_socket_is_not_waited_for_by_each_receiver(void **state)
{
	(void)state;
	if (!alone ||
		system("tc qdisc add dev lo root tbf rate 8kbit burst 70000 limit 100000000")) {
		skip();
	}
	set_loopback(LONG_MTU);
	static uint8_t bytes[PACKETS][SIZE];
	static struct rly_receiver all[MANY];
	struct rly_receiver *receivers[MANY];
	struct iovec packets[PACKETS];
	struct rly_gso_batch batch = batch_of(bytes, packets);
	struct rly_udp *udp = open_udp();
	struct rly_egress egress = rly_udp_egress(udp);
	for (int i = 0; i < MANY; i++) {
		receivers[i] = &all[i];
		assert_true(rly_address_parse("127.0.0.1:9", &all[i].address));
	}
	for (int i = 0; i < TRAINS && rly_udp_counts(udp)->send_errors == 0; i++) {
		egress.fan(egress.user, &batch, receivers, MANY);
	}
	assert_true(rly_udp_counts(udp)->send_errors > 0);
	uint64_t waits = rly_udp_counts(udp)->waits;
	uint64_t errors = rly_udp_counts(udp)->send_errors;
	int64_t begun_us = rly_clock_us();
	for (int i = 0; i < 10; i++) {
		assert_int_equal(egress.fan(egress.user, &batch, receivers, MANY), 0);
	}
	int64_t rests = (rly_clock_us() - begun_us) / REST_US + 2;
	assert_int_equal(rly_udp_counts(udp)->send_errors - errors, 10 * MANY * PACKETS);
	assert_true(rly_udp_counts(udp)->waits - waits <= (uint64_t)rests);
	rly_udp_destroy(udp);
	assert_int_equal(system("tc qdisc del dev lo root"), 0);
}

int main(void)
{
	/* Without the right to create a network namespace there is nothing to test here. */
	alone = unshare(CLONE_NEWNET) == 0 || unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_that_refuses_segments_is_served_plainly),
		cmocka_unit_test(one_unreachable_receiver_harms_nobody),
		cmocka_unit_test(a_full_socket_is_not_waited_for_by_each_receiver),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
