/*
 * A host and a port to listen on, as people write them: "192.0.2.1:8443", "[2001:db8::1]:8443",
 * "[fe80::1%eth0]:8443" (a zone, RFC 4007), "name:8443", ":8443". Pure except for the zone's index.
 */
#ifndef DIEMCAU_PROTO_NETWORK_BIND_ADDRESS_H
#define DIEMCAU_PROTO_NETWORK_BIND_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

enum {
	BIND_ADDRESS_HOST_SIZE = 254, /* a DNS name has 253 characters */
	SOCKADDR_TEXT_SIZE = 80, /* "[ADDRESS%ZONE]:PORT" */
};

struct bind_address {
	char host[BIND_ADDRESS_HOST_SIZE]; /* without brackets; "" if omitted */
	bool bracketed; /* it can only be an IPv6 address */
	uint16_t port;
};

/* 0, or -EINVAL: an IPv6 address requires brackets, the port digits. */
int bind_address_parse(const char *text, struct bind_address *ret);

/*
 * The numeric address; names are not resolved. IPv4-mapped IPv6 (::ffff:192.0.2.1) becomes IPv4. 0
 * or -EINVAL.
 */
int bind_address_resolve(
	const struct bind_address *place, struct sockaddr_storage *ret, socklen_t *ret_size);

/* ::ffff:192.0.2.1 becomes 192.0.2.1; returns the size of the address. */
socklen_t sockaddr_unmap(struct sockaddr_storage *address);

/* Of a numeric address as it is written, without brackets. A name is none. */
bool address_is_loopback(const char *address);

bool sockaddr_is_loopback(const struct sockaddr_storage *address);

/* "192.0.2.1:8443" or "[2001:db8::1]:8443", with the zone if it has one. */
void sockaddr_text(const struct sockaddr_storage *address, char ret[SOCKADDR_TEXT_SIZE]);

#endif
