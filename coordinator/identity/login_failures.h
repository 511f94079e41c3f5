/*
 * Who is being guessed at: how often, and from how many addresses (hosts of network/netblock.h: the
 * IPv6 network of a machine counts as one). Pure: time is handed in. The throttle slows guessing
 * down; this is what people are shown of it (docs/decisions/012-guessing-is-not-the-meetings.md).
 *
 * An account is shown from the failure on that slows the next one down, until nobody has tried for
 * LOGIN_FAILURES_CALM_MS. What was slowed down, and so not looked at, counts only then: many who
 * log in at one time with the right password are no guessers. A name that nobody has is not kept:
 * people type passwords there. All such names are one, "".
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_LOGIN_FAILURES_H
#define DIEMCAU_COORDINATOR_IDENTITY_LOGIN_FAILURES_H

#include <stddef.h>
#include <stdint.h>

#include "coordinator/identity/login_backoff.h"
#include "domain_msg.h"
#include "units.h"

enum {
	LOGIN_FAILURES_ACCOUNTS_MAX = 32, /* beyond it one that was tried least often makes room */
	LOGIN_FAILURES_ADDRESSES_MAX = 256, /* counted for an account; what comes beyond is not */
	LOGIN_FAILURES_SHOWN = LOGIN_BACKOFF_FREE + 1, /* failures */
	/* Whoever goes on as soon as he is let is seen to go on. */
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
	struct failed_logins told; /* no attempts: free */
	uint64_t hosts[LOGIN_FAILURES_ADDRESSES_MAX];
};

/* All zeroes is an empty one. */
struct login_failures {
	struct login_failures_account accounts[LOGIN_FAILURES_ACCOUNTS_MAX];
};

/* A password for this account ("" for names that nobody has) was wrong. */
void login_failures_add(
	struct login_failures *failures, const char *account, uint64_t host, struct instant now);
/* Another attempt came too soon. */
void login_failures_add_slowed(
	struct login_failures *failures, const char *account, uint64_t host, struct instant now);

/* What is to be shown now; returns how many. */
size_t login_failures_list(const struct login_failures *failures, struct instant now,
	struct failed_logins ret[LOGIN_FAILURES_ACCOUNTS_MAX]);

#endif
