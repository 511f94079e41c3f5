/*
 * Who is being guessed at: how often, and from how many addresses (hosts of network/origin.h: the
 * IPv6 network of a machine counts as one). Pure: time is handed in. The throttle slows guessing
 * down; this is what people are shown of it (docs/decisions/012-guessing-is-not-the-meetings.md).
 *
 * An account is shown from the failure on that slows the next one down, until nobody has tried for
 * GUESSES_CALM_MS. What was slowed down, and so not looked at, counts only then: many who log in at
 * one time with the right password are no guessers. A name that nobody has is not kept: people type
 * passwords there. All such names are one, "".
 */
#ifndef DIEMCAU_IDENTITY_GUESSES_H
#define DIEMCAU_IDENTITY_GUESSES_H

#include <stddef.h>
#include <stdint.h>

#include "coordinator/identity/throttle.h"
#include "domain_msg.h"
#include "units.h"

enum {
	GUESSES_ACCOUNTS_MAX = 32, /* beyond it one that was tried least often makes room */
	GUESSES_ADDRESSES_MAX = 256, /* counted for an account; what comes beyond is not */
	GUESSES_SHOWN = THROTTLE_FREE + 1, /* failures */
	/* Whoever goes on as soon as he is let is seen to go on. */
	GUESSES_CALM_MS = 2 * THROTTLE_LONG_MOST_MS,
};

struct guessed {
	char account[ACCOUNT_NAME_SIZE];
	uint32_t attempts;
	uint32_t addresses;
	struct instant since;
	struct instant last;
};

struct guesses_account {
	struct guessed told; /* no attempts: free */
	uint64_t hosts[GUESSES_ADDRESSES_MAX];
};

/* All zeroes is an empty one. */
struct guesses {
	struct guesses_account accounts[GUESSES_ACCOUNTS_MAX];
};

/* A password for this account ("" for names that nobody has) was wrong. */
void guesses_failed(
	struct guesses *guesses, const char *account, uint64_t host, struct instant now);
/* Another attempt came too soon. */
void guesses_slowed(
	struct guesses *guesses, const char *account, uint64_t host, struct instant now);

/* What is to be shown now; returns how many. */
size_t guesses_show(const struct guesses *guesses, struct instant now,
	struct guessed ret[GUESSES_ACCOUNTS_MAX]);

#endif
