/* Network addresses, stored as the socket layer gives them. */
#ifndef DIEMCAU_COORDINATOR_RELAY_SOCKET_ADDRESS_H
#define DIEMCAU_COORDINATOR_RELAY_SOCKET_ADDRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { RLY_ADDRESS_TEXT = 80, RLY_ADDRESS_PREFIX = 8 };

/* A struct sockaddr_in or sockaddr_in6; only socket_address.c and udp.c read the bytes. */
struct rly_address {
	_Alignas(8) uint8_t bytes[28];
	uint32_t size; /* 0: none */
};

bool rly_address_is_same(const struct rly_address *a, const struct rly_address *b);

/* "192.0.2.1:5004" or "[2001:db8::1]:5004", with the zone if it has one; "" for none. */
void rly_address_text(const struct rly_address *address, char *text, size_t size);

/*
 * Parses a numeric address and port, written as above. False if it is malformed. Names are not
 * resolved: a relay is bound to addresses, and advertised names are passed on as text.
 */
bool rly_address_parse(const char *text, struct rly_address *ret_address);

uint16_t rly_address_port(const struct rly_address *address);

/* The part a single sender can hardly vary: the IPv4 address (mapped or not), or the IPv6 /64. */
void rly_address_prefix(const struct rly_address *address, uint8_t prefix[RLY_ADDRESS_PREFIX]);

/* 0.0.0.0 or ::, which cannot be a destination. */
bool rly_address_is_any(const struct rly_address *address);

#endif
