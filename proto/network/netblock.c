#include "proto/network/netblock.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>

static const uint64_t four = (uint64_t)1 << 32; /* no IPv6 network starts like this */

static uint64_t number_of(const uint8_t *bytes, size_t count)
{
	uint64_t number = 0;
	for (size_t i = 0; i < count; i++) {
		number = number << 8 | bytes[i];
	}
	return number;
}

static struct netblocks of_ipv4(const uint8_t bytes[4])
{
	uint64_t host = four | number_of(bytes, 4);
	return (struct netblocks){{host, host & ~(uint64_t)0xff, host & ~(uint64_t)0xffff}};
}

static struct netblocks of_ipv6(const uint8_t bytes[16])
{
	static const uint8_t translated[12] = {0x00, 0x64, 0xff, 0x9b};
	static const uint8_t mapped[12] = {[10] = 0xff, [11] = 0xff};
	if (memcmp(bytes, mapped, sizeof(mapped)) == 0 ||
		memcmp(bytes, translated, sizeof(translated)) == 0) {
		return of_ipv4(bytes + sizeof(mapped));
	}
	uint64_t host = number_of(bytes, 8);
	if (host == 0) {
		return (struct netblocks){{1, 1, 1}}; /* ::1 is a host; 0 means unknown */
	}
	return (struct netblocks){{host, host & ~(uint64_t)0xff, host & ~(uint64_t)0xffff}};
}

struct netblocks netblocks_of_socket(const struct sockaddr_storage *address)
{
	if (address->ss_family == AF_INET) {
		const struct sockaddr_in *in = (const struct sockaddr_in *)address;
		return of_ipv4((const uint8_t *)&in->sin_addr);
	}
	if (address->ss_family == AF_INET6) {
		return of_ipv6(((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr);
	}
	return (struct netblocks){0};
}

struct netblocks netblocks_of_text(const char *address)
{
	size_t length = strcspn(address, "%");
	char bare[INET6_ADDRSTRLEN];
	if (length >= sizeof(bare)) {
		return (struct netblocks){0};
	}
	memcpy(bare, address, length);
	bare[length] = '\0';
	uint8_t bytes[16];
	if (inet_pton(AF_INET, bare, bytes) == 1) {
		return of_ipv4(bytes);
	}
	return inet_pton(AF_INET6, bare, bytes) == 1 ? of_ipv6(bytes) : (struct netblocks){0};
}
