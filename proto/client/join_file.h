/*
 * A join file: where the coordinator is, whom to trust, who we are (proto/schema/identity.json).
 */
#ifndef DIEMCAU_PROTO_CLIENT_JOIN_FILE_H
#define DIEMCAU_PROTO_CLIENT_JOIN_FILE_H

#include <stddef.h>

#include "identity_msg.h"
#include "proto/client/ws_client.h"

enum { JOIN_FILE_MAX = 64 * 1024, JOIN_FILE_FAULT_SIZE = 640 };

/*
 * Read and check a join file. 0; a negative errno; -EBADMSG for one that is none. On failure a
 * sentence for people stands in fault (may be NULL). *ret_join is a plain value.
 */
int join_file_load(const char *path, struct join *ret_join, char fault[JOIN_FILE_FAULT_SIZE]);

/*
 * What of a join file goes into a link: the hello (role, site, token, this run's instance id made
 * at random, agent) and the addresses as an array of pointers into *join.
 */
void join_file_hello(const struct join *join, const char *agent, struct wire_hello *ret_hello);
size_t join_file_addresses(const struct join *join, const char *addresses[WS_CLIENT_ADDRESS_MAX]);

/* 128 random bits in hexadecimal: one run of one program. 0, or a negative errno. */
int join_instance_make(char instance[INSTANCE_ID_SIZE]);

#endif
