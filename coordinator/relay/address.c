/* Network addresses: see address.h. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "coordinator/relay/address.h"

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
	memcpy(any.bytes, address->bytes, sizeof any.bytes);
	return any;
}

bool rly_address_same(const struct rly_address *a, const struct rly_address *b)
{
	return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

void rly_address_text(const struct rly_address *address, char *text, size_t size)
{
	union any any = open_address(address);
	char host[INET6_ADDRSTRLEN] = "";
	text[0] = '\0';
	if (address->size == 0) {
		return;
	}
	if (any.plain.sa_family == AF_INET6) {
		inet_ntop(AF_INET6, &any.v6.sin6_addr, host, sizeof host);
		snprintf(text, size, "[%s]:%u", host, ntohs(any.v6.sin6_port));
	} else {
		inet_ntop(AF_INET, &any.v4.sin_addr, host, sizeof host);
		snprintf(text, size, "%s:%u", host, ntohs(any.v4.sin_port));
	}
}

/* Cuts "host:port" or "[host]:port" in two. */
static bool split(const char *text, char host[INET6_ADDRSTRLEN], uint16_t *ret_port)
{
	const char *colon = strrchr(text, ':');
	if (!colon || colon == text) {
		return false;
	}
	char *end = NULL;
	unsigned long port = strtoul(colon + 1, &end, 10);
	if (colon[1] < '0' || colon[1] > '9' || *end != '\0' || port > 65535) {
		return false;
	}
	size_t length = (size_t)(colon - text);
	if (text[0] == '[') {
		if (text[length - 1] != ']') {
			return false;
		}
		text++;
		length -= 2;
	}
	if (length >= INET6_ADDRSTRLEN) {
		return false;
	}
	memcpy(host, text, length);
	host[length] = '\0';
	*ret_port = (uint16_t)port;
	return true;
}

bool rly_address_parse(const char *text, struct rly_address *ret_address)
{
	char host[INET6_ADDRSTRLEN];
	uint16_t port;
	union any any;
	memset(&any, 0, sizeof any);
	if (!split(text, host, &port)) {
		return false;
	}
	uint32_t size = 0;
	if (text[0] == '[' && inet_pton(AF_INET6, host, &any.v6.sin6_addr) == 1) {
		any.v6.sin6_family = AF_INET6;
		any.v6.sin6_port = htons(port);
		size = sizeof any.v6;
	} else if (text[0] != '[' && inet_pton(AF_INET, host, &any.v4.sin_addr) == 1) {
		any.v4.sin_family = AF_INET;
		any.v4.sin_port = htons(port);
		size = sizeof any.v4;
	}
	if (size == 0) {
		return false;
	}
	memcpy(ret_address->bytes, any.bytes, sizeof any.bytes);
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
		return memcmp(&any.v6.sin6_addr, &in6addr_any, sizeof in6addr_any) == 0;
	}
	return any.v4.sin_addr.s_addr == htonl(INADDR_ANY);
}

void rly_address_prefix(const struct rly_address *address, uint8_t prefix[RLY_ADDRESS_PREFIX])
{
	union any any = open_address(address);
	const uint8_t *v6 = any.v6.sin6_addr.s6_addr;
	memset(prefix, 0, RLY_ADDRESS_PREFIX);
	if (any.plain.sa_family != AF_INET6) {
		memcpy(prefix, &any.v4.sin_addr, sizeof any.v4.sin_addr);
	} else if (IN6_IS_ADDR_V4MAPPED(&any.v6.sin6_addr)) {
		memcpy(prefix, v6 + 12, sizeof any.v4.sin_addr);
	} else {
		memcpy(prefix, v6, RLY_ADDRESS_PREFIX);
	}
}
