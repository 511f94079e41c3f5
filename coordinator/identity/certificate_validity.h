/*
 * From when to when the certificates of an installation are valid, and what is the matter with
 * them at a time.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_CERTIFICATE_VALIDITY_H
#define DIEMCAU_COORDINATOR_IDENTITY_CERTIFICATE_VALIDITY_H

#include <stdbool.h>
#include <stdint.h>

#include "domain_msg.h"
#include "units.h"

enum {
	CERTIFICATE_WARNING_DAYS =
		30, /* before the server's certificate ends: renewed in a minute */
	/* Before the authority ends: every site then wants a new join file. */
	CERTIFICATE_AUTHORITY_WARNING_DAYS = 180,
};

struct validity {
	struct stamp from, until;
};

struct certificate_validity {
	struct validity server, authority;
};

struct certificate_verdict {
	enum certificate_state state;
	struct stamp bound; /* the end it is about, or the beginning that is to come */
	int64_t days; /* whole ones from now to it, either way */
};

/* Of dir's server.pem and ca.pem. 0, or -EIO where one cannot be read. */
int certificate_validity_read(const char *dir, struct certificate_validity *ret);

/* What matters most at that time. */
struct certificate_verdict certificate_judge(
	const struct certificate_validity *validity, struct stamp now);

#endif
