/* Addresses of this machine: see interfaces.h. getifaddrs, IFF_* and ioctls are not POSIX. */
#define _DEFAULT_SOURCE

#include "coordinator/relay/interfaces.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "text_copy.h"

enum { LINK_LOCAL_V4 = 0xa9fe, DISCARD_PORT = 9 };

/*
 * The system's answers that all addresses share: query sockets, and the default route's interfaces.
 */
struct survey {
	const struct ifaddrs *list;
	int fd;
	uint16_t port;
	bool v4, v6; /* families wanted */
	char route_v4[IFNAMSIZ], route_v6[IFNAMSIZ]; /* "" for none */
};

enum rly_local_preference rly_local_preference_of(const char *driver, const char *bus)
{
	static const char *const bridges[] = {"bridge", "veth", "openvswitch"};
	for (size_t i = 0; i < sizeof(bridges) / sizeof(bridges[0]); i++) {
		if (strcmp(driver, bridges[i]) == 0) {
			return RLY_ON_BRIDGE;
		}
	}
	/* A network card sits on a bus: the addresses of PCI, USB and virtio contain digits. */
	return bus[strcspn(bus, "0123456789")] != '\0' ? RLY_ON_NIC : RLY_ON_OTHER;
}

void rly_candidates_sort(struct rly_candidate *candidates, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct rly_candidate moved = candidates[i];
		size_t at = i;
		while (at > 0 && candidates[at - 1].preference > moved.preference) {
			candidates[at] = candidates[at - 1];
			at--;
		}
		candidates[at] = moved;
	}
}

/* ---- the default route ---- */

static bool is_same_host(const struct sockaddr *a, const struct sockaddr *b)
{
	if (a->sa_family != b->sa_family) {
		return false;
	}
	if (a->sa_family == AF_INET) {
		return memcmp(&((const struct sockaddr_in *)(const void *)a)->sin_addr,
			       &((const struct sockaddr_in *)(const void *)b)->sin_addr,
			       sizeof(struct in_addr)) == 0;
	}
	return memcmp(&((const struct sockaddr_in6 *)(const void *)a)->sin6_addr,
		       &((const struct sockaddr_in6 *)(const void *)b)->sin6_addr,
		       sizeof(struct in6_addr)) == 0;
}

/* The interface that packets to `there` would leave by. Sends nothing. */
static void find_route(const struct ifaddrs *list, const struct sockaddr *there, socklen_t size,
	char name[IFNAMSIZ])
{
	struct sockaddr_storage here;
	socklen_t length = sizeof(here);
	int fd = socket(there->sa_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	name[0] = '\0';
	if (fd < 0) {
		return;
	}
	bool routed = connect(fd, there, size) == 0 &&
		      getsockname(fd, (struct sockaddr *)&here, &length) == 0;
	close(fd);
	for (const struct ifaddrs *at = list; at && routed; at = at->ifa_next) {
		if (at->ifa_addr && is_same_host(at->ifa_addr, (const struct sockaddr *)&here)) {
			text_copy(name, IFNAMSIZ, at->ifa_name);
			return;
		}
	}
}

/* Documentation addresses (RFC 5737, RFC 3849): only the default route leads to them. */
static void find_routes(struct survey *survey)
{
	struct sockaddr_in v4 = {.sin_family = AF_INET, .sin_port = htons(DISCARD_PORT)};
	struct sockaddr_in6 v6 = {.sin6_family = AF_INET6, .sin6_port = htons(DISCARD_PORT)};
	inet_pton(AF_INET, "192.0.2.1", &v4.sin_addr);
	inet_pton(AF_INET6, "2001:db8::1", &v6.sin6_addr);
	find_route(survey->list, (struct sockaddr *)&v4, sizeof(v4), survey->route_v4);
	find_route(survey->list, (struct sockaddr *)&v6, sizeof(v6), survey->route_v6);
}

/* ---- one interface's address ---- */

static enum rly_local_preference query_driver(const struct survey *survey, const char *name)
{
	struct ethtool_drvinfo info = {.cmd = ETHTOOL_GDRVINFO};
	struct ifreq request = {0};
	TEXT_COPY(request.ifr_name, name);
	request.ifr_data = (char *)&info;
	if (survey->fd < 0 || ioctl(survey->fd, SIOCETHTOOL, &request) < 0) {
		return RLY_ON_OTHER;
	}
	return rly_local_preference_of(info.driver, info.bus_info);
}

static enum rly_local_preference nearness_of(
	const struct survey *survey, const struct ifaddrs *interface)
{
	bool is_v4 = interface->ifa_addr->sa_family == AF_INET;
	const char *route = is_v4 ? survey->route_v4 : survey->route_v6;
	if (interface->ifa_flags & IFF_LOOPBACK) {
		return RLY_ON_LOOPBACK;
	}
	struct sockaddr_in v4;
	memcpy(&v4, interface->ifa_addr, sizeof(v4));
	if (is_v4 && ntohl(v4.sin_addr.s_addr) >> 16 == LINK_LOCAL_V4) {
		return RLY_ON_LINK_LOCAL;
	}
	if (strcmp(interface->ifa_name, route) == 0) {
		return RLY_ON_DEFAULT_ROUTE;
	}
	return query_driver(survey, interface->ifa_name);
}

/* False if the family is not wanted, or the address is meaningless on another machine. */
static bool read_address(const struct survey *survey, const struct ifaddrs *interface,
	struct rly_address *ret_address)
{
	*ret_address = (struct rly_address){0};
	if (survey->v4 && interface->ifa_addr->sa_family == AF_INET) {
		struct sockaddr_in v4;
		memcpy(&v4, interface->ifa_addr, sizeof(v4));
		v4.sin_port = htons(survey->port);
		memcpy(ret_address->bytes, &v4, sizeof(v4));
		ret_address->size = sizeof(v4);
	} else if (survey->v6 && interface->ifa_addr->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;
		memcpy(&v6, interface->ifa_addr, sizeof(v6));
		if (IN6_IS_ADDR_LINKLOCAL(&v6.sin6_addr)) {
			return false;
		}
		v6.sin6_port = htons(survey->port);
		memcpy(ret_address->bytes, &v6, sizeof(v6));
		ret_address->size = sizeof(v6);
	}
	return ret_address->size > 0;
}

static size_t collect(
	const struct survey *survey, struct rly_candidate candidates[RLY_CANDIDATES_MAX])
{
	size_t n = 0;
	for (const struct ifaddrs *at = survey->list; at && n < RLY_CANDIDATES_MAX;
		at = at->ifa_next) {
		if (at->ifa_addr && at->ifa_flags & IFF_UP &&
			read_address(survey, at, &candidates[n].address)) {
			candidates[n++].preference = nearness_of(survey, at);
		}
	}
	rly_candidates_sort(candidates, n);
	return n;
}

/* An IPv6 socket also receives IPv4 unless the system's default disables it. */
static bool is_dual_stack(void)
{
	int only = 1;
	socklen_t size = sizeof(only);
	int fd = socket(AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0) {
		return false;
	}
	bool known = getsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &only, &size) == 0;
	close(fd);
	return known && !only;
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
	bool v6 = bound->size == sizeof(struct sockaddr_in6);
	struct survey survey = {.list = list,
		.fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0),
		.port = rly_address_port(bound),
		.v4 = !v6 || is_dual_stack(),
		.v6 = v6};
	find_routes(&survey);
	struct rly_candidate candidates[RLY_CANDIDATES_MAX];
	size_t n = collect(&survey, candidates);
	for (size_t i = 0; i < n && i < capacity; i++) {
		rly_address_text(&candidates[i].address, ret_texts[i], RLY_ADDRESS_TEXT + 1);
	}
	if (survey.fd >= 0) {
		close(survey.fd);
	}
	freeifaddrs(list);
	return n;
}
