/* Sockets on loopback: the requested addresses are listened on; a port in use gives a sentence. */
#include <errno.h>
#include <netinet/in.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "proto/network/listen_sockets.h"
#include "proto/system/language.h"

static int open_at(const char *text, struct listen_sockets *ret, char *fault)
{
	struct bind_address place;
	assert_int_equal(bind_address_parse(text, &place), 0);
	return listen_sockets_open(&place, ret, fault);
}

static void one_address_is_one_socket(void **state)
{
	(void)state;
	char fault[LISTEN_FAULT_SIZE], text[LISTEN_TEXT_SIZE];
	struct listen_sockets listening;
	assert_int_equal(open_at("127.0.0.1:0", &listening, fault), 0);
	assert_int_equal(listening.n, 1);
	assert_int_equal(listening.addresses[0].ss_family, AF_INET);
	assert_true(listening.loopback && listening.port > 0);
	listen_sockets_text(&listening, text);
	assert_memory_equal(text, "127.0.0.1:", 10);
	listen_sockets_close(&listening);
}

static void every_address_is_not_loopback(void **state)
{
	(void)state;
	struct listen_sockets listening;
	char fault[LISTEN_FAULT_SIZE];
	assert_int_equal(open_at(":0", &listening, fault), 0);
	assert_false(listening.loopback);
	for (size_t i = 1; i < listening.n; i++) { /* port 0 is one port on all addresses */
		struct sockaddr_in6 six;
		memcpy(&six, &listening.addresses[i], sizeof(six));
		assert_int_equal(ntohs(six.sin6_port), listening.port);
	}
	listen_sockets_close(&listening);
}

static void a_taken_port_is_a_sentence(void **state)
{
	(void)state;
	struct listen_sockets first, second;
	char fault[LISTEN_FAULT_SIZE];
	assert_int_equal(open_at("127.0.0.1:0", &first, fault), 0);
	struct bind_address same = {.host = "127.0.0.1", .port = first.port};
	assert_int_equal(listen_sockets_open(&same, &second, fault), -EADDRINUSE);
	assert_int_equal(second.n, 0);
	assert_non_null(strstr(fault, "another program has this port"));
	strcpy(same.host, "localhost"); /* in use on one of its addresses means in use */
	assert_int_equal(listen_sockets_open(&same, &second, fault), -EADDRINUSE);
	listen_sockets_close(&first);
}

static void an_address_elsewhere_is_a_sentence(void **state)
{
	(void)state;
	struct listen_sockets listening;
	char fault[LISTEN_FAULT_SIZE];
	assert_int_equal(open_at("198.51.100.7:0", &listening, fault), -EADDRNOTAVAIL);
	assert_non_null(strstr(fault, "198.51.100.7:0: this machine has no such address"));
	assert_true(open_at("no.such.name.invalid:0", &listening, fault) < 0);
}

static void without_descriptors_one_waits(void **state)
{
	(void)state;
	struct rlimit before, none;
	struct listen_sockets listening;
	char fault[LISTEN_FAULT_SIZE];
	assert_int_equal(open_at("127.0.0.1:0", &listening, fault), 0);
	assert_int_equal(listen_sockets_accept(listening.fds[0]), -EAGAIN);
	int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	const void *address = &listening.addresses[0];
	assert_int_equal(connect(client, address, sizeof(struct sockaddr_in)), 0);
	getrlimit(RLIMIT_NOFILE, &before);
	none = before;
	none.rlim_cur = 0;
	setrlimit(RLIMIT_NOFILE, &none);
	assert_int_equal(listen_sockets_accept(listening.fds[0]), -EMFILE);
	setrlimit(RLIMIT_NOFILE, &before);
	int accepted = listen_sockets_accept(listening.fds[0]);
	assert_true(accepted >= 0);
	close(accepted);
	close(client);
	listen_sockets_close(&listening);
}

int main(void)
{
	language_choose(LANGUAGE_EN);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_address_is_one_socket),
		cmocka_unit_test(every_address_is_not_loopback),
		cmocka_unit_test(a_taken_port_is_a_sentence),
		cmocka_unit_test(an_address_elsewhere_is_a_sentence),
		cmocka_unit_test(without_descriptors_one_waits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
