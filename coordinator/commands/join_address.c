#include "coordinator/commands/join_address.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "proto/network/host_name.h"
#include "proto/network/server_url.h"

/* https is how a browser calls what a websocket calls wss. */
static const struct {
	const char *typed, *written;
} schemes[] = {
	{"wss://", "wss://"}, {"https://", "wss://"}, {"ws://", "ws://"}, {"http://", "ws://"}};

/* What follows the scheme; *ret_scheme is that of join files, NULL where none was typed. */
static const char *skip_scheme(const char *typed, const char **ret_scheme)
{
	*ret_scheme = NULL;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++) {
		size_t length = strlen(schemes[i].typed);
		if (strncmp(typed, schemes[i].typed, length) == 0) {
			*ret_scheme = schemes[i].written;
			return typed + length;
		}
	}
	return typed;
}

static bool has_port(const char *rest)
{
	const char *end = rest[0] == '[' ? strchr(rest, ']') : rest;
	return end && strchr(end, ':');
}

int join_address_read(
	const char *typed, uint16_t usual, char ret[JOIN_ADDRESS_SIZE], bool *ret_usual)
{
	const char *scheme;
	const char *rest = skip_scheme(typed, &scheme);
	char port[8] = "";
	*ret_usual = !scheme && !has_port(rest);
	if (*ret_usual) {
		snprintf(port, sizeof(port), ":%u", (unsigned)usual);
	}
	size_t length = strlen(rest);
	length -= length > 0 && rest[length - 1] == '/';
	int written = snprintf(ret, JOIN_ADDRESS_SIZE, "%s%.*s%s", scheme ? scheme : "wss://",
		(int)length, rest, port);
	struct server_url url;
	bool good = written > 0 && written < JOIN_ADDRESS_SIZE &&
		    server_url_parse(ret, &url) == 0 && host_is_somebody(url.host);
	return good ? 0 : -EINVAL;
}
