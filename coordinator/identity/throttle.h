/*
 * Slowing down password guessing. Pure: time is handed in.
 *
 * A key is whatever guesses are counted for: an account name, a client's address. The first
 * THROTTLE_FREE failures cost nothing; each further one doubles the waiting time, from 1 s to
 * THROTTLE_WAIT_MAX_MS. A success, or THROTTLE_FORGET_MS without a failure, clears the key.
 *
 *	if (throttle_wait(&t, account, now).ms > 0 || throttle_wait(&t, address, now).ms > 0)
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
	THROTTLE_WAIT_MAX_MS = 60000,
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

/* How long until this key may try again; zero or less: now. */
struct span throttle_wait(const struct throttle *throttle, const char *key, struct instant now);

void throttle_failed(struct throttle *throttle, const char *key, struct instant now);
void throttle_passed(struct throttle *throttle, const char *key);

#endif
