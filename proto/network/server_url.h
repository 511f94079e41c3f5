/*
 * Websocket addresses of join files: "wss://host:port[/path]", IPv6 in brackets (RFC 3986 3.2.2).
 * "https://" and "http://" name the same servers. Pure.
 */
#ifndef DIEMCAU_PROTO_NETWORK_SERVER_URL_H
#define DIEMCAU_PROTO_NETWORK_SERVER_URL_H

#include <stdbool.h>
#include <stdint.h>

enum {
	SERVER_URL_HOST_MAX = 253,
	SERVER_URL_PATH_MAX = 127,
};

struct server_url {
	bool tls;
	uint16_t port;
	char host[SERVER_URL_HOST_MAX + 1]; /* without brackets */
	char path[SERVER_URL_PATH_MAX + 1]; /* "/ws" by default */
};

/* 0; -EINVAL for a malformed URL or host, and for ws:// and http:// to a host that is not loopback.
 */
int server_url_parse(const char *text, struct server_url *ret_address);

/* True if the host is an IP address. */
bool server_url_is_literal(const struct server_url *address);

#endif
