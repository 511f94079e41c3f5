#include "proto/network/host_name.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <netinet/in.h>
#include <string.h>

enum { LABEL_MAX = 63, ZONE_SIZE = 64 };

static bool is_label(const char *label, size_t length)
{
	bool edges =
		length > 0 && length <= LABEL_MAX && label[0] != '-' && label[length - 1] != '-';
	for (size_t i = 0; edges && i < length; i++) {
		edges = isalnum((unsigned char)label[i]) || label[i] == '-' || label[i] == '_';
	}
	return edges;
}

bool host_is_name(const char *host)
{
	size_t digits = 0, length = 0;
	if (strlen(host) > HOST_NAME_MAX_CHARS) {
		return false;
	}
	for (const char *label = host;; label += length + 1) {
		length = strcspn(label, ".");
		if (!is_label(label, length)) {
			return false;
		}
		digits = strspn(label, "0123456789");
		if (label[length] == '\0') {
			return digits < length;
		}
	}
}

/* Without its zone. False: too long for an address. */
static bool read_six(const char *host, struct in6_addr *ret)
{
	char bare[INET6_ADDRSTRLEN];
	size_t length = strcspn(host, "%");
	if (length >= sizeof(bare) || (host[length] == '%' && host[length + 1] == '\0') ||
		strlen(host + length) > ZONE_SIZE) {
		return false;
	}
	memcpy(bare, host, length);
	bare[length] = '\0';
	return inet_pton(AF_INET6, bare, ret) == 1;
}

bool host_is_address(const char *host)
{
	struct in_addr four;
	struct in6_addr six;
	return inet_pton(AF_INET, host, &four) == 1 || read_six(host, &six);
}

bool host_is_somebody(const char *host)
{
	struct in_addr four;
	struct in6_addr six;
	if (inet_pton(AF_INET, host, &four) == 1) {
		in_addr_t number = ntohl(four.s_addr);
		return number != INADDR_ANY && number < INADDR_UNSPEC_GROUP;
	}
	if (read_six(host, &six)) {
		return !IN6_IS_ADDR_UNSPECIFIED(&six) && !IN6_IS_ADDR_MULTICAST(&six);
	}
	return host_is_name(host);
}
