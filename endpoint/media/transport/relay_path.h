/*
 * Which of the relay's addresses to use. Pure: addresses and time are handed in.
 *
 * The relay tells its inner and its public addresses. Keepalives go to all of them until an
 * authentic packet has come from one; from then on that one is used, until it has been silent for
 * EP_RELAY_PATH_SILENT_MS. Packets from any other address are none of ours.
 */
#ifndef DIEMCAU_ENDPOINT_MEDIA_TRANSPORT_RELAY_PATH_H
#define DIEMCAU_ENDPOINT_MEDIA_TRANSPORT_RELAY_PATH_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

enum {
	EP_RELAY_PATH_ADDRESSES = 8,
	EP_RELAY_PATH_SILENT_MS =
		4000, /* keepalives and sender reports come at least every second */
};

struct ep_address {
	struct sockaddr_storage at;
	socklen_t size;
};

/* Zeroed is a path that leads nowhere. */
struct ep_relay_path {
	struct ep_address addresses[EP_RELAY_PATH_ADDRESSES];
	size_t n;
	bool proven;
	size_t chosen;
	int64_t heard_ms;
};

/*
 * Split "192.0.2.1:5004" or "[2001:db8::1]:5004" into host and port, both NUL-terminated within
 * host[size]. False where it is neither.
 */
bool ep_relay_path_split(const char *text, char *host, size_t size, const char **ret_port);

/* One more address; false when there are EP_RELAY_PATH_ADDRESSES already. */
bool ep_relay_path_add(struct ep_relay_path *path, const struct sockaddr *at, socklen_t size);

/* Whether a packet from there is to be looked at; *ret_index is its address. */
bool ep_relay_path_expects(
	const struct ep_relay_path *path, const struct sockaddr *from, size_t *ret_index);

/* An authentic packet came from that address. */
void ep_relay_path_heard(struct ep_relay_path *path, size_t index, int64_t now_ms);

/* The proven address fell silent: all are tried again. True when that has just happened. */
bool ep_relay_path_check(struct ep_relay_path *path, int64_t now_ms);

/* Whether to send to that address now: the proven one, or all while none is. */
bool ep_relay_path_uses(const struct ep_relay_path *path, size_t index);

#endif
