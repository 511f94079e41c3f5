/*
 * Backoff against password guessing: how often a key has failed, and how long it waits. Pure: time
 * is handed in.
 *
 * Failures are counted for keys of several kinds (enum login_backoff_kind), each with a rule of its
 * own: the first ones cost nothing, each further one doubles the wait, from the least to the most
 * of its kind. LOGIN_BACKOFF_FORGET_MS without a failure clears a key. A success clears it where
 * all its failures were about the same subject (the account that was logged in to): that clears
 * mistyped passwords, but not guesses at others between logins to one's own account.
 *
 * api/login_queue.h applies it.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_LOGIN_BACKOFF_H
#define DIEMCAU_COORDINATOR_IDENTITY_LOGIN_BACKOFF_H

#include <stddef.h>
#include <stdint.h>

#include "units.h"

enum login_backoff_kind {
	LOGIN_BACKOFF_ACCOUNT, /* failures of unknown browsers at an account */
	LOGIN_BACKOFF_DEVICE, /* a known browser */
	LOGIN_BACKOFF_KNOWN, /* of an account: what its known browsers tried */
	LOGIN_BACKOFF_HOST, /* network/netblock.h */
	LOGIN_BACKOFF_NETWORK,
	LOGIN_BACKOFF_REGION,
	LOGIN_BACKOFF_PASSES, /* of a host: logins that succeeded */
	LOGIN_BACKOFF_TOKENS, /* of a host: connections with a wrong token */
	LOGIN_BACKOFF_LINES, /* of an account: what the log says of its connections */
	LOGIN_BACKOFF_KINDS
};

enum {
	LOGIN_BACKOFF_FREE = 4, /* failures of an account, a host, a browser */
	LOGIN_BACKOFF_NETWORK_FREE = 16,
	LOGIN_BACKOFF_REGION_FREE = 64,
	LOGIN_BACKOFF_KNOWN_FREE = 16,
	LOGIN_BACKOFF_PASSES_FREE = 64, /* a hall full of people behind one address */
	LOGIN_BACKOFF_WAIT_MIN_MS = 1000,
	LOGIN_BACKOFF_PASSES_WAIT_MS = 250,
	LOGIN_BACKOFF_LINES_FREE = 64, /* a hall of viewers that reconnects together */
	LOGIN_BACKOFF_KNOWN_WAIT_MS = 250, /* a third of a core */
	LOGIN_BACKOFF_SHORT_MOST_MS = 2000, /* where others wait with the guesser */
	LOGIN_BACKOFF_LONG_MOST_MS = 60000,
	LOGIN_BACKOFF_FORGET_MS = 15 * 60 * 1000,
};

/* The whole state; old entries expire. */
struct login_backoff;

/*
 * Room for so many keys; beyond it the one that failed longest ago is dropped. `seed` is random, so
 * that an attacker cannot choose colliding keys. NULL: no memory.
 */
struct login_backoff *login_backoff_create(size_t room, uint64_t seed);
void login_backoff_destroy(struct login_backoff *backoff);

/* A number for any text; never 0. */
uint64_t login_backoff_hash(const char *text);

/* How often it has failed lately. */
uint32_t login_backoff_failures(const struct login_backoff *backoff, enum login_backoff_kind kind,
	uint64_t key, struct instant now);
/* How long until it may try again; zero or less: now. */
struct span login_backoff_wait(const struct login_backoff *backoff, enum login_backoff_kind kind,
	uint64_t key, struct instant now);

/* It failed, about this subject. */
void login_backoff_failed(struct login_backoff *backoff, enum login_backoff_kind kind, uint64_t key,
	uint64_t subject, struct instant now);
/*
 * It tried although it had to wait: its wait grows as by a failure, but does not restart. So a
 * client that keeps trying reaches the longest wait of its kind, but is never locked out.
 */
void login_backoff_hurried(struct login_backoff *backoff, enum login_backoff_kind kind,
	uint64_t key, struct instant now);
void login_backoff_passed(struct login_backoff *backoff, enum login_backoff_kind kind, uint64_t key,
	uint64_t subject);

#endif
