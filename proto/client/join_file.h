/*
 * A join file: the coordinator's addresses, the CA to trust, our identity
 * (proto/schema/identity.json).
 */
#ifndef DIEMCAU_PROTO_CLIENT_JOIN_FILE_H
#define DIEMCAU_PROTO_CLIENT_JOIN_FILE_H

#include <stddef.h>

#include "identity_msg.h"
#include "proto/client/ws_client.h"

enum { JOIN_FILE_MAX = 64 * 1024, JOIN_FILE_FAULT_SIZE = 640 };

/*
 * Reads and checks a join file. 0; a negative errno; -EBADMSG for a malformed one. On failure fault
 * (may be NULL) holds a sentence for people. *ret_join is a plain value.
 */
int join_file_load(const char *path, struct join *ret_join, char fault[JOIN_FILE_FAULT_SIZE]);

/*
 * The parts of a join file that a link needs: the hello (role, site, token, a random instance id of
 * this run, agent) and the addresses as an array of pointers into *join.
 */
void join_file_hello(const struct join *join, const char *agent, struct wire_hello *ret_hello);
size_t join_file_addresses(const struct join *join, const char *addresses[WS_CLIENT_ADDRESS_MAX]);

/* 128 random bits in hexadecimal: identifies one run of one program. 0 or a negative errno. */
int join_instance_make(char instance[INSTANCE_ID_SIZE]);

#endif
