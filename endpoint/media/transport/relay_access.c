/* Addresses, keys and socket of the relay. */
#include "endpoint/media/transport/relay_access.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <string.h>
#include <unistd.h>

enum {
	RECEIVE_BYTES = 1 << 20, /* kernel buffer for a keyframe burst of every slot */
};

static void resolve(const char *text, int family, struct ep_relay_path *path)
{
	char host[EP_RELAY_ADDRESS_MAX];
	const char *port;
	if (!ep_relay_path_split(text, host, sizeof(host), &port)) {
		return;
	}
	struct addrinfo hints = {.ai_family = family,
		.ai_socktype = SOCK_DGRAM,
		.ai_flags = family == AF_INET6 ? AI_V4MAPPED | AI_ALL : 0};
	struct addrinfo *found = NULL;
	if (getaddrinfo(host, port, &hints, &found) != 0) {
		return;
	}
	for (const struct addrinfo *next = found; next; next = next->ai_next) {
		ep_relay_path_add(path, next->ai_addr, next->ai_addrlen);
	}
	freeaddrinfo(found);
}

bool ep_relay_has_same_key(const struct media_key *a, const struct media_key *b)
{
	return memcmp(a->bytes, b->bytes, MEDIA_KEY_BYTES) == 0;
}

bool ep_relay_has_same_addresses(const struct ep_relay *a, const struct ep_relay *b)
{
	bool is_same = a->n_addresses == b->n_addresses;
	for (size_t i = 0; is_same && i < a->n_addresses; i++) {
		is_same = strcmp(a->addresses[i], b->addresses[i]) == 0;
	}
	return is_same;
}

void ep_relay_resolve(const struct ep_relay *relay, int family, struct ep_relay_path *ret_path)
{
	*ret_path = (struct ep_relay_path){0};
	for (size_t i = 0; i < relay->n_addresses; i++) {
		resolve(relay->addresses[i], family, ret_path);
	}
}

int ep_relay_socket(int *ret_family)
{
	int off = 0;
	int size = RECEIVE_BYTES;
	*ret_family = AF_INET6;
	int fd = socket(AF_INET6, SOCK_DGRAM, 0);
	if (fd >= 0) {
		setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof(off));
	} else {
		*ret_family = AF_INET;
		fd = socket(AF_INET, SOCK_DGRAM, 0);
	}
	if (fd < 0) {
		return -errno;
	}
	setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}
