/* Addresses of this machine: see interfaces.h. getifaddrs and IFF_* are no POSIX. */
#define _DEFAULT_SOURCE

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "coordinator/relay/interfaces.h"

/* The interface's address with the port of bound; false where it is of another kind. */
static bool use(const struct ifaddrs *interface, const struct rly_address *bound, bool loopback,
	struct rly_address *ret_address)
{
	bool is_loopback = interface->ifa_flags & IFF_LOOPBACK;
	if (!interface->ifa_addr || !(interface->ifa_flags & IFF_UP) || is_loopback != loopback) {
		return false;
	}
	struct rly_address address = *bound;
	if (interface->ifa_addr->sa_family == AF_INET &&
		bound->size == sizeof(struct sockaddr_in)) {
		struct sockaddr_in v4;
		memcpy(&v4, interface->ifa_addr, sizeof v4);
		v4.sin_port = htons(rly_address_port(bound));
		memcpy(address.bytes, &v4, sizeof v4);
	} else if (interface->ifa_addr->sa_family == AF_INET6 &&
		   bound->size == sizeof(struct sockaddr_in6)) {
		struct sockaddr_in6 v6;
		memcpy(&v6, interface->ifa_addr, sizeof v6);
		/* A link-local address means nothing on another machine. */
		if (IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr)) {
			return false;
		}
		v6.sin6_port = htons(rly_address_port(bound));
		memcpy(address.bytes, &v6, sizeof v6);
	} else {
		return false;
	}
	*ret_address = address;
	return true;
}

static size_t add(const struct ifaddrs *list, const struct rly_address *bound, bool loopback,
	char (*texts)[RLY_ADDRESS_TEXT + 1], size_t n, size_t capacity)
{
	for (const struct ifaddrs *at = list; at && n < capacity; at = at->ifa_next) {
		struct rly_address address;
		if (use(at, bound, loopback, &address)) {
			rly_address_text(&address, texts[n++], RLY_ADDRESS_TEXT + 1);
		}
	}
	return n;
}

size_t rly_reachable_addresses(
	const struct rly_address *bound, char (*ret_texts)[RLY_ADDRESS_TEXT + 1], size_t capacity)
{
	if (!rly_address_is_any(bound)) {
		rly_address_text(bound, ret_texts[0], RLY_ADDRESS_TEXT + 1);
		return 1;
	}
	struct ifaddrs *list = NULL;
	if (getifaddrs(&list)) {
		return 0;
	}
	size_t n = add(list, bound, false, ret_texts, 0, capacity);
	n = add(list, bound, true, ret_texts, n, capacity);
	freeifaddrs(list);
	return n;
}
