#include "proto/network/server_url.h"

#include <arpa/inet.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

#include "proto/network/bind_address.h"
#include "proto/network/host_name.h"

/* A name that only starts like a loopback address (127.example) is not one. */
static bool is_this_machine(const char *host)
{
	return strcasecmp(host, "localhost") == 0 || address_is_loopback(host);
}

static int copy_part(char *to, size_t size, const char *from, size_t length)
{
	if (length == 0 || length >= size) {
		return -EINVAL;
	}
	memcpy(to, from, length);
	to[length] = '\0';
	return 0;
}

/* Reads the host; *rest is left at its end. */
static int read_host(const char **rest, char host[SERVER_URL_HOST_MAX + 1])
{
	const char *start = *rest;
	size_t length;
	if (*start == '[') {
		start++;
		length = strcspn(start, "]/");
		if (start[length] != ']') {
			return -EINVAL;
		}
		*rest = start + length + 1;
	} else {
		length = strcspn(start, ":/");
		*rest = start + length;
	}
	return copy_part(host, SERVER_URL_HOST_MAX + 1, start, length);
}

static int read_port(const char **rest, uint16_t *port)
{
	const char *digit = *rest + 1;
	if (**rest != ':') {
		return 0;
	}
	unsigned long value = 0;
	while (*digit >= '0' && *digit <= '9' && value <= UINT16_MAX) {
		value = value * 10 + (unsigned long)(*digit++ - '0');
	}
	if (value == 0 || value > UINT16_MAX) {
		return -EINVAL;
	}
	*port = (uint16_t)value;
	*rest = digit;
	return 0;
}

static int read_path(const char *rest, char path[SERVER_URL_PATH_MAX + 1])
{
	if (*rest == '\0' || strcmp(rest, "/") == 0) {
		rest = "/ws";
	}
	return *rest == '/' ? copy_part(path, SERVER_URL_PATH_MAX + 1, rest, strlen(rest))
			    : -EINVAL;
}

/* Reads the scheme; *rest is left at the host. */
static int read_scheme(const char **rest, bool *tls)
{
	static const struct {
		const char *text;
		bool tls;
	} schemes[] = {{"wss://", true}, {"https://", true}, {"ws://", false}, {"http://", false}};
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t length = strlen(schemes[i].text);
		if (strncmp(*rest, schemes[i].text, length) == 0) {
			*rest += length;
			*tls = schemes[i].tls;
			return 0;
		}
	}
	return -EINVAL;
}

int server_url_parse(const char *text, struct server_url *ret_address)
{
	struct server_url read = {0};
	const char *rest = text;
	if (read_scheme(&rest, &read.tls) < 0) {
		return -EINVAL;
	}
	read.port = read.tls ? 443 : 80;
	if (read_host(&rest, read.host) < 0 ||
		!(host_is_name(read.host) || host_is_address(read.host)) ||
		read_port(&rest, &read.port) < 0 || read_path(rest, read.path) < 0 ||
		(!read.tls && !is_this_machine(read.host))) {
		return -EINVAL;
	}
	*ret_address = read;
	return 0;
}

bool server_url_is_literal(const struct server_url *address)
{
	unsigned char parsed[sizeof(struct in6_addr)];
	return inet_pton(AF_INET, address->host, parsed) == 1 ||
	       inet_pton(AF_INET6, address->host, parsed) == 1;
}
