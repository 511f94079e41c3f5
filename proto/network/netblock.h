/*
 * Where somebody comes from, as limits count it: one number for the host and one for each of the
 * networks around it. Pure.
 *
 *	host	one IPv4 address; one IPv6 /64: whoever has one address of it has them all
 *	network	IPv4 /24; IPv6 /56: what a household or a small office is given
 *	region	IPv4 /16; IPv6 /48: what a large site is given
 *
 * IPv4 within IPv6 is IPv4: mapped (::ffff:0:0/96), and translated (64:ff9b::/96, RFC 6052), where
 * the whole of IPv4 would else share one /64. The local-use prefix of RFC 8215 and those of an
 * operator's own translators cannot be told from other networks, and are taken as such.
 */
#ifndef DIEMCAU_PROTO_NETWORK_NETBLOCK_H
#define DIEMCAU_PROTO_NETWORK_NETBLOCK_H

#include <stdint.h>
#include <sys/socket.h>

enum netblock_size { NETBLOCK_HOST, NETBLOCK_NETWORK, NETBLOCK_REGION, NETBLOCK_SIZES };

/* Numbers of one rung are equal where the networks are; 0: nothing is known (all such are one). */
struct netblocks {
	uint64_t networks[NETBLOCK_SIZES];
};

struct netblocks netblocks_of_socket(const struct sockaddr_storage *address);

/* Of an address as it is written, a zone (%eth0) left aside. */
struct netblocks netblocks_of_text(const char *address);

#endif
