/* Chooses one of the relay's addresses. */
#include "endpoint/media/transport/relay_path.h"

#include <string.h>

static bool copy_host(const char *from, size_t length, char *host, size_t size)
{
	if (length == 0 || length >= size) {
		return false;
	}
	memcpy(host, from, length);
	host[length] = '\0';
	return true;
}

bool ep_relay_path_split(const char *text, char *host, size_t size, const char **ret_port)
{
	const char *begin = text;
	const char *end;
	const char *colon;
	if (text[0] == '[') {
		begin = text + 1;
		end = strchr(begin, ']');
		colon = end ? end + 1 : NULL;
	} else {
		end = strrchr(text, ':');
		colon = end;
	}
	if (!colon || *colon != ':' || colon[1] == '\0' || strlen(colon) > 6) {
		return false;
	}
	*ret_port = colon + 1;
	return copy_host(begin, (size_t)(end - begin), host, size);
}

bool ep_relay_path_add(struct ep_relay_path *path, const struct sockaddr *at, socklen_t size)
{
	if (path->n == EP_RELAY_PATH_ADDRESSES || size > sizeof(path->addresses[0].at)) {
		return false;
	}
	memcpy(&path->addresses[path->n].at, at, size);
	path->addresses[path->n++].size = size;
	return true;
}

static bool is_same_v4(const struct sockaddr *a, const struct sockaddr *b)
{
	const struct sockaddr_in *x = (const struct sockaddr_in *)(const void *)a;
	const struct sockaddr_in *y = (const struct sockaddr_in *)(const void *)b;
	return x->sin_port == y->sin_port && x->sin_addr.s_addr == y->sin_addr.s_addr;
}

static bool is_same_v6(const struct sockaddr *a, const struct sockaddr *b)
{
	const struct sockaddr_in6 *x = (const struct sockaddr_in6 *)(const void *)a;
	const struct sockaddr_in6 *y = (const struct sockaddr_in6 *)(const void *)b;
	return x->sin6_port == y->sin6_port &&
	       memcmp(&x->sin6_addr, &y->sin6_addr, sizeof(x->sin6_addr)) == 0;
}

static bool is_same(const struct sockaddr *a, const struct sockaddr *b)
{
	if (a->sa_family != b->sa_family) {
		return false;
	}
	return a->sa_family == AF_INET ? is_same_v4(a, b) : is_same_v6(a, b);
}

bool ep_relay_path_has(
	const struct ep_relay_path *path, const struct sockaddr *from, size_t *ret_index)
{
	for (size_t i = 0; i < path->n; i++) {
		const void *known = &path->addresses[i].at;
		if (is_same(known, from)) {
			*ret_index = i;
			return true;
		}
	}
	return false;
}

void ep_relay_path_received(struct ep_relay_path *path, size_t index, int64_t now_ms)
{
	if (!path->proven) {
		path->proven = true;
		path->chosen = index;
	}
	if (path->chosen == index) {
		path->received_ms = now_ms;
	}
}

bool ep_relay_path_check(struct ep_relay_path *path, int64_t now_ms)
{
	if (!path->proven || now_ms - path->received_ms < EP_RELAY_PATH_SILENT_MS) {
		return false;
	}
	path->proven = false;
	return true;
}

bool ep_relay_path_is_used(const struct ep_relay_path *path, size_t index)
{
	return path->proven ? index == path->chosen : index < path->n;
}
