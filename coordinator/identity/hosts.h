/* The names a server's certificate was made for: what a request's Host may call us. */
#ifndef DIEMCAU_IDENTITY_HOSTS_H
#define DIEMCAU_IDENTITY_HOSTS_H

#include "coordinator/identity/authority.h"
#include "coordinator/identity/secret.h"

struct identity_hosts {
	size_t count;
	char text[AUTHORITY_NAMES_MAX][AUTHORITY_NAME_MAX + 1];
};

/* The host names (not the addresses) in dir's server.pem. 0, or -EIO where none can be read. */
int identity_hosts_read(const char *dir, struct identity_hosts *ret);

/* A digest of dir's authority, which no other installation has. 0 or a negative errno. */
int identity_fingerprint(const char *dir, char digest[SECRET_DIGEST_SIZE]);

#endif
