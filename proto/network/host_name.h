/* Hosts as people name them to others: a name, or an address without port and brackets. Pure. */
#ifndef DIEMCAU_PROTO_NETWORK_HOST_NAME_H
#define DIEMCAU_PROTO_NETWORK_HOST_NAME_H

#include <stdbool.h>

enum { HOST_NAME_MAX_CHARS = 253 }; /* RFC 1035 2.3.4 */

/*
 * Letters, digits, "-", "_" and ".", in labels that are not empty and that no "-" begins or ends
 * (RFC 1123 2.1, and the underscore of names within a network). No name ends in a label of digits:
 * 192.0.2.300 is an address that is wrong.
 */
bool host_is_name(const char *host);

/* IPv4 or IPv6, with a zone where it has one (fe80::1%eth0). */
bool host_is_address(const char *host);

/* A name, or an address that one machine can have: not 0.0.0.0 or ::, no multicast, no broadcast.
 */
bool host_is_somebody(const char *host);

#endif
