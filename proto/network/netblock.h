/*
 * The network of a client, as limits count it: one number for the host and one for each of the
 * networks around it. Pure.
 *
 *	host	one IPv4 address; one IPv6 /64: one client can use all its addresses
 *	network	IPv4 /24; IPv6 /56: the assignment of a household or a small office
 *	region	IPv4 /16; IPv6 /48: the assignment of a large site
 *
 * IPv4 within IPv6 is IPv4: mapped (::ffff:0:0/96), and translated (64:ff9b::/96, RFC 6052), where
 * otherwise the whole of IPv4 would share one /64. The local-use prefix of RFC 8215 and prefixes of
 * an operator's own translators look like other networks, and are counted as such.
 */
#ifndef DIEMCAU_PROTO_NETWORK_NETBLOCK_H
#define DIEMCAU_PROTO_NETWORK_NETBLOCK_H

#include <stdint.h>
#include <sys/socket.h>

enum netblock_size { NETBLOCK_HOST, NETBLOCK_NETWORK, NETBLOCK_REGION, NETBLOCK_SIZES };

/* Numbers of one level are equal if the networks are; 0: unknown (all unknown ones are equal). */
struct netblocks {
	uint64_t networks[NETBLOCK_SIZES];
};

struct netblocks netblocks_of_socket(const struct sockaddr_storage *address);

/* Of a textual address; a zone (%eth0) is ignored. */
struct netblocks netblocks_of_text(const char *address);

#endif
