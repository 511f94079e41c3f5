#include "proto/network/host_port.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PORT_DIGITS = 5, PORT_MOST = 65535 };

static void map_ipv4(const struct in_addr *from, uint8_t ret[HOST_PORT_ADDRESS_BYTES])
{
	static const uint8_t prefix[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

	memcpy(ret, prefix, sizeof(prefix));
	memcpy(ret + sizeof(prefix), from, sizeof(*from));
}

bool host_port_address(const char *text, uint8_t ret[HOST_PORT_ADDRESS_BYTES])
{
	size_t length = strcspn(text, "%");
	char bare[INET6_ADDRSTRLEN];

	if (length >= sizeof(bare)) {
		return false;
	}
	memcpy(bare, text, length);
	bare[length] = '\0';
	struct in_addr ipv4;
	if (inet_pton(AF_INET, text, &ipv4) == 1) {
		map_ipv4(&ipv4, ret);
		return true;
	}
	return inet_pton(AF_INET6, bare, ret) == 1;
}

/* The rest after the host: nothing, ":", or ":PORT". */
static bool parse_port(const char *text, uint16_t usual, uint16_t *ret)
{
	size_t digits = text[0] == ':' ? strspn(text + 1, "0123456789") : 0;

	*ret = usual;
	if (text[0] == '\0') {
		return true;
	}
	if (text[0] != ':' || digits > PORT_DIGITS || text[1 + digits] != '\0') {
		return false;
	}
	long port = digits > 0 ? strtol(text + 1, NULL, 10) : usual;
	*ret = (uint16_t)port;
	return port <= PORT_MOST;
}

static size_t length_without_dot(const char *name)
{
	size_t length = strlen(name);

	return length > 1 && name[length - 1] == '.' ? length - 1 : length;
}

static void lower(char *text)
{
	for (; *text; text++) {
		*text = *text >= 'A' && *text <= 'Z' ? (char)(*text | 0x20) : *text;
	}
}

bool host_port_parse(const char *text, uint16_t port, struct host_port *ret)
{
	bool bracketed = text[0] == '[';
	const char *begin = bracketed ? text + 1 : text;
	size_t length = strcspn(begin, bracketed ? "]" : ":");

	if (length == 0 || length >= sizeof(ret->name) || (bracketed && begin[length] != ']')) {
		return false;
	}
	memset(ret, 0, sizeof(*ret));
	memcpy(ret->name, begin, length);
	if (!parse_port(begin + length + bracketed, port, &ret->port)) {
		return false;
	}
	ret->name[length_without_dot(ret->name)] = '\0';
	lower(ret->name);
	ret->is_address = host_port_address(ret->name, ret->address) &&
			  bracketed == (strchr(ret->name, ':') != NULL);
	if (ret->is_address) {
		ret->name[0] = '\0';
	}
	return ret->is_address || !bracketed;
}

bool host_port_of_origin(const char *origin, bool secure, struct host_port *ret)
{
	const char *scheme = secure ? "https://" : "http://";
	size_t length = strlen(scheme);
	return strncasecmp(origin, scheme, length) == 0 &&
	       host_port_parse(origin + length, host_port_usual(secure), ret);
}

bool host_port_equal(const struct host_port *one, const struct host_port *other)
{
	return one->is_address == other->is_address && one->port == other->port &&
	       memcmp(one->address, other->address, sizeof(one->address)) == 0 &&
	       strcmp(one->name, other->name) == 0;
}

bool host_port_is_named(const struct host_port *named, const char *name)
{
	size_t length = length_without_dot(name);

	return !named->is_address && strlen(named->name) == length &&
	       strncasecmp(named->name, name, length) == 0;
}
