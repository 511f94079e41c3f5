/* The relay's addresses and keys, and the socket to it. */
#ifndef DIEMCAU_ENDPOINT_MEDIA_TRANSPORT_RELAY_ACCESS_H
#define DIEMCAU_ENDPOINT_MEDIA_TRANSPORT_RELAY_ACCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "endpoint/media/transport/relay_path.h"
#include "proto/media/srtp_key.h"

enum {
	EP_RELAY_ADDRESSES = 4,
	EP_RELAY_ADDRESS_MAX = 81,
};

struct ep_relay {
	char addresses[EP_RELAY_ADDRESSES][EP_RELAY_ADDRESS_MAX];
	size_t n_addresses;
	uint16_t number; /* of this site */
	struct media_key group_key; /* the relay's: for what we receive */
	struct media_key uplink_key; /* ours, created for this instance of the relay */
};

bool ep_relay_has_same_addresses(const struct ep_relay *a, const struct ep_relay *b);
bool ep_relay_has_same_key(const struct media_key *a, const struct media_key *b);

/*
 * The addresses as a path of that family (AF_INET6 includes IPv4, mapped). Malformed addresses and
 * unknown names are skipped. Names are resolved, which may block.
 */
void ep_relay_resolve(const struct ep_relay *relay, int family, struct ep_relay_path *ret_path);

/*
 * An unbound UDP socket for both IPv6 and IPv4, or for IPv4 only if the machine has no IPv6. The
 * descriptor or a negative errno.
 */
int ep_relay_socket(int *ret_family);

#endif
