/*
 * Listening sockets: on exactly the requested addresses, or on none.
 *
 *	192.0.2.1:P, [2001:db8::1]:P	that address and no other
 *	[::ffff:192.0.2.1]:P		the same as 192.0.2.1:P
 *	0.0.0.0:P			every IPv4 address
 *	:P, [::]:P			every address of both families
 *	name:P				all the addresses of the name
 *
 * Each family has sockets of its own. If there are several addresses, one of a family that this
 * machine lacks (a kernel without IPv6) is skipped; a port in use on any of them is an error.
 */
#ifndef DIEMCAU_PROTO_NETWORK_LISTEN_SOCKETS_H
#define DIEMCAU_PROTO_NETWORK_LISTEN_SOCKETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/network/bind_address.h"

enum {
	LISTEN_SOCKETS_MAX = 16, /* sockets; a name has two or three addresses */
	LISTEN_FAULT_SIZE = 384,
	LISTEN_TEXT_SIZE = 256,
};

/* All bytes zero listens on nothing. */
struct listen_sockets {
	size_t n;
	int fds[LISTEN_SOCKETS_MAX]; /* non-blocking; for accept4 */
	struct sockaddr_storage addresses[LISTEN_SOCKETS_MAX];
	uint16_t port; /* of all of them, also if 0 was requested */
	bool loopback; /* all of them are reachable from this machine only */
};

/* 0, or a negative errno with a sentence that says what to do. */
int listen_sockets_open(const struct bind_address *place, struct listen_sockets *ret,
	char fault[LISTEN_FAULT_SIZE]);

/*
 * What to do about a negative errno of binding an address, TCP or UDP, as it was typed, in the
 * language of language.h.
 */
void listen_sockets_advice(const char *place, int error, char fault[LISTEN_FAULT_SIZE]);

void listen_sockets_close(struct listen_sockets *listening);

/* The addresses listened on, for people: "127.0.0.1:8443, [::1]:8443". */
void listen_sockets_text(const struct listen_sockets *listening, char ret[LISTEN_TEXT_SIZE]);

/*
 * The next connection: its non-blocking descriptor; -EAGAIN if there is none now; -EMFILE if this
 * process or machine has no descriptor left: the connection stays queued, so wait before the next
 * call.
 */
int listen_sockets_accept(int fd);

#endif
