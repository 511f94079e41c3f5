/*
 * Websocket addresses as join files carry them: "wss://host:port[/path]", IPv6 in brackets
 * (RFC 3986 3.2.2). "https://" and "http://" mean the same servers. Pure.
 */
#ifndef DIEMCAU_LINK_ADDRESS_H
#define DIEMCAU_LINK_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

enum {
	LINK_HOST_MAX = 253,
	LINK_PATH_MAX = 127,
};

struct link_address {
	bool tls;
	uint16_t port;
	char host[LINK_HOST_MAX + 1]; /* without brackets */
	char path[LINK_PATH_MAX + 1]; /* "/ws" where none was given */
};

/* 0; -EINVAL for anything else, also for ws:// and http:// to a host that is not loopback. */
int link_address_parse(const char *text, struct link_address *ret_address);

/* Is the host an IP address? */
bool link_address_is_literal(const struct link_address *address);

#endif
