/* The names in the server's certificate: the names a request's Host may have. */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_SERVER_NAMES_H
#define DIEMCAU_COORDINATOR_IDENTITY_SERVER_NAMES_H

#include "coordinator/identity/ca.h"
#include "coordinator/identity/secret.h"

struct server_names {
	size_t count;
	char text[CA_NAMES_MAX][CA_NAME_MAX + 1];
};

/* The host names (not the addresses) in dir's server.pem. 0, or -EIO where it cannot be read. */
int server_names_read(const char *dir, struct server_names *ret);

/* A digest of dir's CA, unique to the installation. 0 or a negative errno. */
int ca_fingerprint(const char *dir, char digest[SECRET_DIGEST_SIZE]);

#endif
