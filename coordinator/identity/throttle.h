/*
 * Slowing down password guessing: what has failed how often, and how long it waits. Pure: time is
 * handed in.
 *
 * Failures are counted for keys of several kinds (enum throttle_kind), each with a rule of its own:
 * the first ones cost nothing, each further one doubles the wait, from the least to the most of its
 * kind. THROTTLE_FORGET_MS without a failure clears a key. A success clears it where
 * all its failures were about the same subject (the account that was logged in to): whoever
 * mistyped his own password is forgiven, whoever guesses at others between logins of his own is
 * not.
 *
 * Who waits how long, and what may then be looked at, is decided by api/admission.h.
 */
#ifndef DIEMCAU_IDENTITY_THROTTLE_H
#define DIEMCAU_IDENTITY_THROTTLE_H

#include <stddef.h>
#include <stdint.h>

#include "units.h"

enum throttle_kind {
	THROTTLE_ACCOUNT, /* failures of strangers at a name */
	THROTTLE_DEVICE, /* a known browser */
	THROTTLE_KNOWN, /* of an account: what its known browsers tried */
	THROTTLE_HOST, /* network/origin.h */
	THROTTLE_NETWORK,
	THROTTLE_REGION,
	THROTTLE_PASSES, /* of a host: logins that succeeded */
	THROTTLE_TOKENS, /* of a host: connections that were not let in */
	THROTTLE_LINES, /* of an account: what the log says of its connections */
	THROTTLE_KINDS
};

enum {
	THROTTLE_FREE = 4, /* failures of an account, a host, a browser */
	THROTTLE_NETWORK_FREE = 16,
	THROTTLE_REGION_FREE = 64,
	THROTTLE_KNOWN_FREE = 16,
	THROTTLE_PASSES_FREE = 64, /* a hall full of people behind one address */
	THROTTLE_WAIT_MIN_MS = 1000,
	THROTTLE_PASSES_WAIT_MS = 250,
	THROTTLE_LINES_FREE = 64, /* a hall of viewers who come back together */
	THROTTLE_KNOWN_WAIT_MS = 250, /* a third of a core */
	THROTTLE_SHORT_MOST_MS = 2000, /* where others than the guesser wait with it */
	THROTTLE_LONG_MOST_MS = 60000,
	THROTTLE_FORGET_MS = 15 * 60 * 1000,
};

/* All that is known of it; times out by itself. */
struct throttle;

/*
 * Room for so many keys; beyond it the one that failed longest ago is forgotten. `seed` is random:
 * nobody can choose keys that are slow to find. NULL: no memory.
 */
struct throttle *throttle_create(size_t room, uint64_t seed);
void throttle_destroy(struct throttle *throttle);

/* A number for any text; never 0. */
uint64_t throttle_hash(const char *text);

/* How often it has failed lately. */
uint32_t throttle_failures(
	const struct throttle *throttle, enum throttle_kind kind, uint64_t key, struct instant now);
/* How long until it may try again; zero or less: now. */
struct span throttle_wait(
	const struct throttle *throttle, enum throttle_kind kind, uint64_t key, struct instant now);

/* It failed, about this subject. */
void throttle_failed(struct throttle *throttle, enum throttle_kind kind, uint64_t key,
	uint64_t subject, struct instant now);
/*
 * It tried although it had to wait: its wait grows as by a failure, but not from now on. So whoever
 * hammers waits the most of its kind, and not for ever.
 */
void throttle_hurried(
	struct throttle *throttle, enum throttle_kind kind, uint64_t key, struct instant now);
void throttle_passed(
	struct throttle *throttle, enum throttle_kind kind, uint64_t key, uint64_t subject);

#endif
