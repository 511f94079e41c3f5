/*
 * Who asks by way of a reverse proxy. Pure.
 *
 * A proxy's word counts only where the connection comes from an address that run was told to trust
 * (--trusted-proxy): anybody else can write such headers too. X-Forwarded-For is read from its end:
 * each trusted proxy has added whom it saw, and what stands before the first that is not trusted is
 * that one's own story. Forwarded (RFC 7239) is not read: most proxies pass it on as it came.
 */
#ifndef DIEMCAU_COORDINATOR_WS_FORWARDED_H
#define DIEMCAU_COORDINATOR_WS_FORWARDED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/ws/host_port.h"

enum {
	FORWARDED_PROXIES_MAX = 16,
	FORWARDED_CHAIN_SIZE = 1024, /* of X-Forwarded-For: twenty proxies and more */
	FORWARDED_ADDRESS_SIZE = 64,
};

/* All zeroes: nobody is trusted. */
struct forwarded_proxies {
	size_t n;
	uint8_t addresses[FORWARDED_PROXIES_MAX][HOST_PORT_ADDRESS_BYTES];
};

/* Trust this address. 0; -EINVAL: it is none; -ENOSPC. */
int forwarded_trust(struct forwarded_proxies *proxies, const char *address);

bool forwarded_trusts(const struct forwarded_proxies *proxies, const char *address);

/*
 * The address of who asks: that of the connection, `peer`, or what trusted proxies say in `chain`
 * ("" without the header). Where that is no address, the proxy that passed it on.
 */
void forwarded_client(const struct forwarded_proxies *proxies, const char *peer, const char *chain,
	char ret[FORWARDED_ADDRESS_SIZE]);

#endif
