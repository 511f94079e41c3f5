/*
 * A host and a port as they stand in Host, Origin and X-Forwarded-For (the authority of RFC 3986).
 * Pure. Two with the same meaning are equal: names are compared without case and final dot,
 * addresses by value (an IPv4-mapped IPv6 address equals the IPv4 one).
 */
#ifndef DIEMCAU_PROTO_NETWORK_HOST_PORT_H
#define DIEMCAU_PROTO_NETWORK_HOST_PORT_H

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

/* The port of https, or of http. */
static inline uint16_t host_port_usual(bool secure)
{
	return secure ? 443 : 80;
}

/* A bare address, 192.0.2.1 or 2001:db8::1 (or link-local, fe80::1%eth0). False: none. */
bool host_port_address(const char *text, uint8_t ret[HOST_PORT_ADDRESS_BYTES]);

/*
 * The host of an Origin header (RFC 6454) of https, or of http where not `secure`; without a port
 * it is the scheme's. False: another scheme, or malformed.
 */
bool host_port_of_origin(const char *origin, bool secure, struct host_port *ret);

bool host_port_equal(const struct host_port *one, const struct host_port *other);

/* Whether this is the name; it may have capitals and a final dot. */
bool host_port_is_named(const struct host_port *named, const char *name);

#endif
