/*
 * Which of the relay's addresses to use. Pure: addresses and time are arguments.
 *
 * The relay advertises its inner and its public addresses. Keepalives go to all of them until an
 * authentic packet has come from one; from then on that one is used, until it has been silent for
 * EP_RELAY_PATH_SILENT_MS. Packets from other addresses are ignored.
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

/* All bytes zero is a path without addresses. */
struct ep_relay_path {
	struct ep_address addresses[EP_RELAY_PATH_ADDRESSES];
	size_t n;
	bool proven;
	size_t chosen;
	int64_t received_ms;
};

/*
 * Splits "192.0.2.1:5004" or "[2001:db8::1]:5004" into host and port, both NUL-terminated within
 * host[size]. False if it is neither.
 */
bool ep_relay_path_split(const char *text, char *host, size_t size, const char **ret_port);

/* Adds an address; false if there are EP_RELAY_PATH_ADDRESSES already. */
bool ep_relay_path_add(struct ep_relay_path *path, const struct sockaddr *at, socklen_t size);

/* Whether a packet from this address may be processed; *ret_index is its index. */
bool ep_relay_path_has(
	const struct ep_relay_path *path, const struct sockaddr *from, size_t *ret_index);

/* An authentic packet came from that address. */
void ep_relay_path_received(struct ep_relay_path *path, size_t index, int64_t now_ms);

/* The proven address fell silent: all are tried again. True if that has just happened. */
bool ep_relay_path_check(struct ep_relay_path *path, int64_t now_ms);

/* Whether to send to that address now: the proven one, or all if none is proven. */
bool ep_relay_path_is_used(const struct ep_relay_path *path, size_t index);

#endif
