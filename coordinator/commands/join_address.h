/* Where sites find the server, as a person types it and as join files have it. Pure. */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_JOIN_ADDRESS_H
#define DIEMCAU_COORDINATOR_COMMANDS_JOIN_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

enum { JOIN_ADDRESS_SIZE = 257 }; /* 256 characters in a join file (schema/identity.json) */

/*
 * HOST:PORT, HOST (the port is `usual`, and *ret_usual says so), [IPV6]:PORT, or a URL (wss://,
 * https://; ws:// and http:// of this machine alone) into "wss://HOST:PORT". 0; -EINVAL: it is none
 * of these, its port is not from 1 to 65535, or nobody can have the address.
 */
int join_address_read(
	const char *typed, uint16_t usual, char ret[JOIN_ADDRESS_SIZE], bool *ret_usual);

#endif
