/*
 * The client's address behind a reverse proxy. Pure.
 *
 * The header counts only where the connection comes from a trusted address (--trusted-proxy): any
 * client can write such headers. X-Forwarded-For is read from its end: each trusted proxy has added
 * the address it saw; entries before the first untrusted address may be forged. Forwarded (RFC
 * 7239) is not read: most proxies pass it on unchanged.
 */
#ifndef DIEMCAU_COORDINATOR_WS_FORWARDED_H
#define DIEMCAU_COORDINATOR_WS_FORWARDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "proto/network/host_port.h"

enum {
	FORWARDED_PROXIES_MAX = 16,
	FORWARDED_CHAIN_SIZE = 1024, /* of X-Forwarded-For: twenty proxies and more */
	FORWARDED_ADDRESS_SIZE = 64,
};

/* All zeroes: no proxy is trusted. */
struct forwarded_proxies {
	size_t n;
	uint8_t addresses[FORWARDED_PROXIES_MAX][HOST_PORT_ADDRESS_BYTES];
};

/* Trust this address. 0; -EINVAL: it is none; -ENOSPC. */
int forwarded_trust(struct forwarded_proxies *proxies, const char *address);

bool forwarded_trusts(const struct forwarded_proxies *proxies, const char *address);

/*
 * The client's address: that of the connection, `peer`, or the one trusted proxies give in `chain`
 * ("" without the header). Where that is no address, the proxy's.
 */
void forwarded_client(const struct forwarded_proxies *proxies, const char *peer, const char *chain,
	char ret[FORWARDED_ADDRESS_SIZE]);

#endif
