/* Host, Origin and secret of requests to the site page. */
#include "endpoint/panel/guard.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
	HOST_SIZE = 32,
};

bool guard_host(const char *host, unsigned port)
{
	static const char *const names[] = {"127.0.0.1", "localhost", "localhost.", "[::1]"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char own[HOST_SIZE];
		snprintf(own, sizeof(own), "%s:%u", names[i], port);
		if (strcasecmp(host, own) == 0) {
			return true;
		}
	}
	return false;
}

bool guard_origin(const char *origin, unsigned port)
{
	static const char scheme[] = "http://";
	size_t length = sizeof(scheme) - 1;
	return strncasecmp(origin, scheme, length) == 0 && guard_host(origin + length, port);
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
