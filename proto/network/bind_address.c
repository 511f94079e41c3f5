#include "proto/network/bind_address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>

#include "text_copy.h"

enum { PORT_DIGITS_MAX = 5, PORT_MOST = 65535 };

static int read_port(const char *digits, uint16_t *ret)
{
	size_t length = strspn(digits, "0123456789");
	unsigned long port = 0;
	if (length == 0 || length > PORT_DIGITS_MAX || digits[length] != '\0') {
		return -EINVAL;
	}
	for (size_t i = 0; i < length; i++) {
		port = port * 10 + (unsigned long)(digits[i] - '0');
	}
	*ret = (uint16_t)port;
	return port <= PORT_MOST ? 0 : -EINVAL;
}

int bind_address_parse(const char *text, struct bind_address *ret)
{
	struct bind_address place = {.bracketed = text[0] == '['};
	const char *host = text + place.bracketed;
	size_t length = strcspn(host, place.bracketed ? "]" : ":");
	const char *rest = host + length + place.bracketed;
	if (length >= sizeof(place.host) || (place.bracketed && host[length] != ']') ||
		(place.bracketed && length == 0) || rest[0] != ':' ||
		read_port(rest + 1, &place.port) < 0) {
		return -EINVAL;
	}
	memcpy(place.host, host, length);
	*ret = place;
	return 0;
}

socklen_t sockaddr_unmap(struct sockaddr_storage *address)
{
	if (address->ss_family != AF_INET6) {
		return sizeof(struct sockaddr_in);
	}
	struct sockaddr_in6 six;
	memcpy(&six, address, sizeof(six));
	if (!IN6_IS_ADDR_V4MAPPED(&six.sin6_addr)) {
		return sizeof(six);
	}
	struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = six.sin6_port};
	memcpy(&four.sin_addr, six.sin6_addr.s6_addr + 12, sizeof(four.sin_addr));
	memset(address, 0, sizeof(*address));
	memcpy(address, &four, sizeof(four));
	return sizeof(four);
}

int bind_address_resolve(
	const struct bind_address *place, struct sockaddr_storage *ret, socklen_t *ret_size)
{
	struct addrinfo hints = {.ai_family = place->bracketed ? AF_INET6 : AF_INET,
		.ai_socktype = SOCK_DGRAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV};
	char port[8];
	snprintf(port, sizeof(port), "%u", (unsigned)place->port);
	struct addrinfo *found = NULL;
	if (place->host[0] == '\0' || getaddrinfo(place->host, port, &hints, &found) != 0) {
		return -EINVAL;
	}
	memset(ret, 0, sizeof(*ret));
	memcpy(ret, found->ai_addr, found->ai_addrlen);
	freeaddrinfo(found);
	*ret_size = sockaddr_unmap(ret);
	return 0;
}

bool sockaddr_is_loopback(const struct sockaddr_storage *address)
{
	struct sockaddr_storage plain = *address;
	sockaddr_unmap(&plain);
	if (plain.ss_family == AF_INET) {
		const struct sockaddr_in *four = (const struct sockaddr_in *)&plain;
		return ntohl(four->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
	}
	return plain.ss_family == AF_INET6 &&
	       IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)&plain)->sin6_addr);
}

bool address_is_loopback(const char *address)
{
	struct bind_address place = {.bracketed = strchr(address, ':') != NULL};
	struct sockaddr_storage parsed;
	socklen_t size;
	return text_copy(place.host, sizeof(place.host), address) &&
	       bind_address_resolve(&place, &parsed, &size) == 0 && sockaddr_is_loopback(&parsed);
}

static void six_text(const struct sockaddr_in6 *six, char ret[SOCKADDR_TEXT_SIZE])
{
	char host[INET6_ADDRSTRLEN] = "", zone[IF_NAMESIZE + 1] = "";
	inet_ntop(AF_INET6, &six->sin6_addr, host, sizeof(host));
	if (six->sin6_scope_id != 0) {
		zone[0] = '%';
		if (!if_indextoname(six->sin6_scope_id, zone + 1)) {
			snprintf(zone + 1, IF_NAMESIZE, "%u", six->sin6_scope_id);
		}
	}
	snprintf(ret, SOCKADDR_TEXT_SIZE, "[%s%s]:%u", host, zone, ntohs(six->sin6_port));
}

void sockaddr_text(const struct sockaddr_storage *address, char ret[SOCKADDR_TEXT_SIZE])
{
	ret[0] = '\0';
	if (address->ss_family == AF_INET6) {
		six_text((const struct sockaddr_in6 *)address, ret);
	} else if (address->ss_family == AF_INET) {
		const struct sockaddr_in *four = (const struct sockaddr_in *)address;
		char host[INET_ADDRSTRLEN] = "";
		inet_ntop(AF_INET, &four->sin_addr, host, sizeof(host));
		snprintf(ret, SOCKADDR_TEXT_SIZE, "%s:%u", host, ntohs(four->sin_port));
	}
}
