/*
 * A host and a port as they stand in Host, Origin and X-Forwarded-For (the authority of RFC 3986).
 * Pure. Two with the same meaning are equal: names are compared without case and final dot,
 * addresses by value (an IPv4-mapped IPv6 address equals the IPv4 one).
 */
#ifndef DIEMCAU_COORDINATOR_WS_HOST_PORT_H
#define DIEMCAU_COORDINATOR_WS_HOST_PORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HOST_PORT_NAME_SIZE = 256, HOST_PORT_ADDRESS_BYTES = 16 };

struct host_port {
	bool is_address;
	uint8_t address[HOST_PORT_ADDRESS_BYTES]; /* of IPv6; IPv4 as ::ffff:a.b.c.d */
	char name[HOST_PORT_NAME_SIZE]; /* in lower case; "" with an address */
	uint16_t port;
};

/*
 * NAME, NAME:PORT, 192.0.2.1:PORT, [2001:db8::1]:PORT; without a port it is the one given. False:
 * malformed.
 */
bool host_port_parse(const char *text, uint16_t port, struct host_port *ret);

/* A bare address, 192.0.2.1 or 2001:db8::1 (or link-local, fe80::1%eth0). False: none. */
bool host_port_address(const char *text, uint8_t ret[HOST_PORT_ADDRESS_BYTES]);

bool host_port_equal(const struct host_port *one, const struct host_port *other);

/* Whether this is the name; it may have capitals and a final dot. */
bool host_port_is_named(const struct host_port *named, const char *name);

#endif
