/* Host, Origin and secret of requests to the site page. */
#include "endpoint/panel/guard.h"

#include <string.h>

#include "proto/network/host_port.h"

static bool is_this_page(const struct host_port *named, uint16_t port)
{
	static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct host_port own;
		if (host_port_parse(names[i], port, &own) && host_port_equal(named, &own)) {
			return true;
		}
	}
	return false;
}

bool guard_host(const char *host, uint16_t port)
{
	struct host_port named;
	return host_port_parse(host, host_port_usual(false), &named) && is_this_page(&named, port);
}

bool guard_origin(const char *origin, uint16_t port)
{
	struct host_port named;
	return host_port_of_origin(origin, false, &named) && is_this_page(&named, port);
}

const char *guard_path(const char *path, const char *secret)
{
	size_t length = strlen(secret);
	if (path[0] != '/' || strlen(path) < length + 2 || path[length + 1] != '/') {
		return NULL;
	}
	unsigned char differs = 0;
	for (size_t i = 0; i < length; i++) {
		differs |= (unsigned char)(path[i + 1] ^ secret[i]);
	}
	return differs ? NULL : path + length + 2;
}
