/* Network addresses: see socket_address.h. */
#include "coordinator/relay/socket_address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "proto/network/bind_address.h"
#include "text_copy.h"

union any {
	struct sockaddr plain;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	uint8_t bytes[28];
};

_Static_assert(sizeof(struct sockaddr_in6) == 28, "an address has room for IPv6");

static union any open_address(const struct rly_address *address)
{
	union any any;
	memcpy(any.bytes, address->bytes, sizeof(any.bytes));
	return any;
}

bool rly_address_is_same(const struct rly_address *a, const struct rly_address *b)
{
	return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

void rly_address_text(const struct rly_address *address, char *text, size_t size)
{
	struct sockaddr_storage storage = {0};
	memcpy(&storage, address->bytes, address->size);
	sockaddr_unmap(&storage); /* as a dual-stack socket received it */
	char whole[SOCKADDR_TEXT_SIZE];
	sockaddr_text(&storage, whole);
	text_copy(text, size, whole);
}

bool rly_address_parse(const char *text, struct rly_address *ret_address)
{
	struct bind_address place;
	struct sockaddr_storage storage;
	socklen_t size;
	if (bind_address_parse(text, &place) < 0 ||
		bind_address_resolve(&place, &storage, &size) < 0) {
		return false;
	}
	memset(ret_address, 0, sizeof(*ret_address));
	memcpy(ret_address->bytes, &storage, size);
	ret_address->size = size;
	return true;
}

uint16_t rly_address_port(const struct rly_address *address)
{
	union any any = open_address(address);
	return ntohs(any.plain.sa_family == AF_INET6 ? any.v6.sin6_port : any.v4.sin_port);
}

bool rly_address_is_any(const struct rly_address *address)
{
	union any any = open_address(address);
	if (any.plain.sa_family == AF_INET6) {
		return memcmp(&any.v6.sin6_addr, &in6addr_any, sizeof(in6addr_any)) == 0;
	}
	return any.v4.sin_addr.s_addr == htonl(INADDR_ANY);
}

void rly_address_prefix(const struct rly_address *address, uint8_t prefix[RLY_ADDRESS_PREFIX])
{
	union any any = open_address(address);
	const uint8_t *v6 = any.v6.sin6_addr.s6_addr;
	memset(prefix, 0, RLY_ADDRESS_PREFIX);
	if (any.plain.sa_family != AF_INET6) {
		memcpy(prefix, &any.v4.sin_addr, sizeof(any.v4.sin_addr));
	} else if (IN6_IS_ADDR_V4MAPPED(&any.v6.sin6_addr)) {
		memcpy(prefix, v6 + 12, sizeof(any.v4.sin_addr));
	} else {
		memcpy(prefix, v6, RLY_ADDRESS_PREFIX);
	}
}
