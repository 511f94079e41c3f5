/*
 * Failed logins by account: how many, and from how many addresses (hosts of network/netblock.h: the
 * IPv6 network of a machine counts as one). Pure: time is handed in. login_backoff slows guessing
 * down; this is what operators see of it (docs/decisions/012-guessing-is-not-the-meetings.md).
 *
 * An account is shown from the failure that slows the next one down, until there is no attempt for
 * LOGIN_FAILURES_CALM_MS. Attempts that were slowed down, and so not checked, count only while it
 * is shown: many logins at once with the right password are no guessing. Unknown names are not
 * stored, because people type passwords there: all of them count as "".
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_LOGIN_FAILURES_H
#define DIEMCAU_COORDINATOR_IDENTITY_LOGIN_FAILURES_H

#include <stddef.h>
#include <stdint.h>

#include "coordinator/identity/login_backoff.h"
#include "domain_msg.h"
#include "units.h"

enum {
	LOGIN_FAILURES_ACCOUNTS_MAX = 32, /* beyond it one with the fewest failures makes room */
	LOGIN_FAILURES_ADDRESSES_MAX = 256, /* counted for an account; further ones are not */
	LOGIN_FAILURES_SHOWN = LOGIN_BACKOFF_FREE + 1, /* failures */
	/* Longer than the longest backoff: a guesser who tries whenever possible stays shown. */
	LOGIN_FAILURES_CALM_MS = 2 * LOGIN_BACKOFF_LONG_MOST_MS,
};

struct failed_logins {
	char account[ACCOUNT_NAME_SIZE];
	uint32_t attempts;
	uint32_t addresses;
	struct instant since;
	struct instant last;
};

struct login_failures_account {
	struct failed_logins failed; /* no attempts: free */
	uint64_t hosts[LOGIN_FAILURES_ADDRESSES_MAX];
};

/* All zeroes is an empty one. */
struct login_failures {
	struct login_failures_account accounts[LOGIN_FAILURES_ACCOUNTS_MAX];
};

/* A password for this account ("" for unknown names) was wrong. */
void login_failures_add(
	struct login_failures *failures, const char *account, uint64_t host, struct instant now);
/* Another attempt was made during the backoff. */
void login_failures_add_slowed(
	struct login_failures *failures, const char *account, uint64_t host, struct instant now);

/* The accounts to show now; returns how many. */
size_t login_failures_list(const struct login_failures *failures, struct instant now,
	struct failed_logins ret[LOGIN_FAILURES_ACCOUNTS_MAX]);

#endif
