/*
 * The coordinator's own certificate authority: one self-signed EC P-256 certificate per
 * installation, trusted by its join files alone, and the server certificate it signs (OpenSSL).
 *
 * Files in the identity folder, all of mode 0600: ca.pem, ca.key, server.pem (the server's
 * certificate and then the CA's: what a TLS server presents), server.key.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_CA_H
#define DIEMCAU_COORDINATOR_IDENTITY_CA_H

#include <stdbool.h>
#include <stddef.h>

#include "units.h"

enum {
	CA_DAYS = 3650, /* join files are valid for as long */
	CA_SERVER_DAYS = 825, /* the longest that current clients accept */
	CA_NAMES_MAX = 32,
	CA_NAME_MAX = 253, /* RFC 1035 2.3.4 */
	CA_CLOCK_SLACK_S = 86400, /* peers whose clock is a day behind still connect */
};

/* Names of the server: host names or IP addresses, distinguished by their form. */
struct ca_names {
	const char *text[CA_NAMES_MAX];
	size_t count;
};

/*
 * Add a name unless it is there. False: it is neither a host name (RFC 1123 letters, a leading "*."
 * allowed) nor an IP address, or the table is full. The text is not copied.
 */
bool ca_name_add(struct ca_names *names, const char *text);

/*
 * Create the CA. It can sign servers of these names and no others (name constraints, RFC 5280
 * 4.2.1.10): a stolen key, or trust in this CA, gives no more than these. 0 or a negative errno;
 * -EEXIST where ca.key, ca.pem or identity.json exists.
 */
int ca_create(const char *dir, const struct ca_names *names, struct stamp now);

/*
 * Sign a new server key for these names with the CA of dir; replaces the old one. 0 or a negative
 * errno; -EINVAL without names; -EPERM where the CA may not sign one of them; -ENOENT where ca.key
 * is stored elsewhere; -EIO where OpenSSL refuses.
 */
int ca_issue(const char *dir, const struct ca_names *names, struct stamp now);

/*
 * A new server key and certificate, for the names of the present one, by the authority's key in the
 * file `key`; valid until the authority ends at the latest. 0 or a negative errno; -ENOENT: there
 * is no such key; -ENOKEY: the file is no key; -EKEYREJECTED: it is not this authority's; -EIO: the
 * present certificate cannot be read.
 */
int ca_renew(const char *dir, const char *key, struct stamp now);

#endif
