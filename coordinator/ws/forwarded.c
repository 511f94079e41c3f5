#include "coordinator/ws/forwarded.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>

#include "text_copy.h"

int forwarded_trust(struct forwarded_proxies *proxies, const char *address)
{
	if (proxies->n == FORWARDED_PROXIES_MAX) {
		return -ENOSPC;
	}
	if (!host_port_address(address, proxies->addresses[proxies->n])) {
		return -EINVAL;
	}
	proxies->n++;
	return 0;
}

static bool is_trusted(
	const struct forwarded_proxies *proxies, const uint8_t address[HOST_PORT_ADDRESS_BYTES])
{
	for (size_t i = 0; i < proxies->n; i++) {
		if (memcmp(proxies->addresses[i], address, HOST_PORT_ADDRESS_BYTES) == 0) {
			return true;
		}
	}
	return false;
}

bool forwarded_trusts(const struct forwarded_proxies *proxies, const char *address)
{
	uint8_t bytes[HOST_PORT_ADDRESS_BYTES];

	return host_port_address(address, bytes) && is_trusted(proxies, bytes);
}

/* One of the chain: an address, perhaps with a port. */
static bool parse_hop(const char *from, size_t length, uint8_t ret[HOST_PORT_ADDRESS_BYTES])
{
	char text[FORWARDED_ADDRESS_SIZE];

	if (length >= sizeof(text)) {
		return false;
	}
	memcpy(text, from, length);
	text[length] = '\0';
	if (host_port_address(text, ret)) {
		return true;
	}
	struct host_port hop;
	if (!host_port_parse(text, 0, &hop) || !hop.is_address) {
		return false;
	}
	memcpy(ret, hop.address, HOST_PORT_ADDRESS_BYTES);
	return true;
}

/* The last hop of the chain, and the chain before it. False: none, or not an address. */
static bool take_last(const char *chain, size_t *length, uint8_t ret[HOST_PORT_ADDRESS_BYTES])
{
	size_t end = *length;

	while (end > 0 && strchr(" \t", chain[end - 1])) {
		end--;
	}
	size_t begin = end;
	while (begin > 0 && !strchr(", \t", chain[begin - 1])) {
		begin--;
	}
	size_t before = begin;
	while (before > 0 && strchr(" \t", chain[before - 1])) {
		before--;
	}
	if (before > 0 && chain[before - 1] != ',') {
		return false;
	}
	*length = before > 0 ? before - 1 : 0;
	return parse_hop(chain + begin, end - begin, ret);
}

static void write_address(
	const uint8_t address[HOST_PORT_ADDRESS_BYTES], char ret[FORWARDED_ADDRESS_SIZE])
{
	struct in6_addr bytes;

	memcpy(&bytes, address, sizeof(bytes));
	if (IN6_IS_ADDR_V4MAPPED(&bytes)) {
		inet_ntop(AF_INET, address + 12, ret, FORWARDED_ADDRESS_SIZE);
	} else {
		inet_ntop(AF_INET6, address, ret, FORWARDED_ADDRESS_SIZE);
	}
}

void forwarded_client(const struct forwarded_proxies *proxies, const char *peer, const char *chain,
	char ret[FORWARDED_ADDRESS_SIZE])
{
	size_t length = strlen(chain);

	text_copy(ret, FORWARDED_ADDRESS_SIZE, peer);
	uint8_t at[HOST_PORT_ADDRESS_BYTES], next[HOST_PORT_ADDRESS_BYTES];
	if (!host_port_address(peer, at)) {
		return;
	}
	while (is_trusted(proxies, at) && length > 0 && take_last(chain, &length, next)) {
		memcpy(at, next, sizeof(at));
		write_address(at, ret);
	}
}
