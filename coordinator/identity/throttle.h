/*
 * Slowing down password guessing. Pure: time is handed in.
 *
 * A key is whatever guesses are counted for: an account name, a client's address. The first
 * THROTTLE_FREE failures cost nothing; each further one doubles the waiting time, from 1 s to the
 * most that the caller wants of this kind of key. A success, or THROTTLE_FORGET_MS without a
 * failure, clears the key.
 *
 * An address that guesses waits long. An account waits shortly, or whoever guesses at it would keep
 * its owner out: one address cannot, being slowed down more itself; many together still guess no
 * more than once in THROTTLE_ACCOUNT_MOST_MS.
 *
 *	if (throttle_wait(&t, account, THROTTLE_ACCOUNT_MOST_MS, now).ms > 0 ||
 *		throttle_wait(&t, address, THROTTLE_ADDRESS_MOST_MS, now).ms > 0)
 *		refuse rate_limited without looking at the password
 */
#ifndef DIEMCAU_IDENTITY_THROTTLE_H
#define DIEMCAU_IDENTITY_THROTTLE_H

#include <stdint.h>

#include "units.h"

enum {
	THROTTLE_KEYS = 1024, /* beyond it the one that failed longest ago is forgotten */
	THROTTLE_FREE = 4,
	THROTTLE_WAIT_MIN_MS = 1000,
	THROTTLE_ACCOUNT_MOST_MS = 2000,
	THROTTLE_ADDRESS_MOST_MS = 60000,
	THROTTLE_FORGET_MS = 15 * 60 * 1000,
};

struct throttle_key {
	uint64_t hash; /* of the key's text; 0: free */
	uint32_t failures;
	struct instant last; /* failure */
};

/* All zeroes is an empty one. */
struct throttle {
	struct throttle_key keys[THROTTLE_KEYS];
};

/* What keys are told apart by; never 0. */
uint64_t throttle_hash(const char *key);

/* How long until this key may try again, `most_ms` at the most; zero or less: now. */
struct span throttle_wait(
	const struct throttle *throttle, const char *key, int64_t most_ms, struct instant now);

void throttle_failed(struct throttle *throttle, const char *key, struct instant now);
void throttle_passed(struct throttle *throttle, const char *key);

#endif
