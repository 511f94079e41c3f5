/*
 * Which login is checked next, which waits, which is refused. Pure: time is handed in.
 *
 * Checking a password costs a tenth of a second of a core, so it is done one at a time, and the
 * order must not favour the client with the most requests. A try is one of
 *
 * - that of a known browser, which sends the device cookie of an earlier login to the same account
 *   (identity/device_cookie.h). Known browsers alternate with all unknown ones together. Failures
 * of others do not delay it; its own count for it alone. An account has as many known browsers as
 * it has logged in, so only few of them wait as such at one time, at the rate of
 *   LOGIN_BACKOFF_KNOWN;
 * - that of an unknown browser. The wrong passwords of all of them together are checked at most at
 *   LOGIN_QUEUE_UNKNOWN_PER_SECOND, those at one account, or from one network, at most at the rate
 *   of its backoff.
 *
 * An unknown browser whose own host has failed too often is refused, with a time to retry. One
 * whose host has not waits, however much others fail. Next is the one with the fewest failures and
 * the fewest earlier attempts in the queue, from its host, then its network, then its region. So a
 * client that fills the queue waits behind its own attempts, and is evicted first when it is full.
 */
#ifndef DIEMCAU_COORDINATOR_API_LOGIN_QUEUE_H
#define DIEMCAU_COORDINATOR_API_LOGIN_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/identity/login_backoff.h"
#include "coordinator/ws/token_bucket.h"
#include "proto/network/netblock.h"
#include "units.h"

enum {
	LOGIN_QUEUE_UNKNOWN_MAX = 224, /* wait at one time */
	LOGIN_QUEUE_WAITING_MAX = 256, /* with known browsers */
	LOGIN_QUEUE_PER_DEVICE_MAX = 2, /* further tries of a browser count as unknown */
	LOGIN_QUEUE_KNOWN_PER_ACCOUNT_MAX = 4, /* likewise of all browsers known to an account */
	LOGIN_QUEUE_UNKNOWN_PER_SECOND = 4, /* a third of a core */
	LOGIN_QUEUE_STRANGERS_BURST = 8,
	LOGIN_QUEUE_PATIENCE_MS =
		10000, /* an attempt that has waited so long is refused with a retry time */
	/*
	 * A wrong password of an unknown browser makes at most four keys, at the rate above; all
	 * else makes one (and one of its account), at the rate of hashing. That is less than 70
	 * keys a second on a fast machine: none is dropped for lack of room within
	 * LOGIN_BACKOFF_FORGET_MS.
	 */
	LOGIN_QUEUE_KEYS_MAX = 65536,
};

/* Embedded in a login; its owner sets the first three. */
struct login_attempt {
	struct netblocks origin;
	uint64_t account; /* login_backoff_hash of its name */
	uint64_t device; /* of a known browser; 0: none */
	bool known; /* a known browser that has not failed too often */
	struct instant came;
	uint32_t ahead[NETBLOCK_SIZES]; /* already waiting from the same place when it was added */
};

/* All zeroes except the backoff: empty. */
struct login_queue {
	struct login_backoff *backoff; /* the owner's */
	struct login_attempt *waiting[LOGIN_QUEUE_WAITING_MAX]; /* in order of arrival */
	size_t count;
	bool known_was_last; /* checked: an unknown browser is next */
	struct token_bucket unknown;
};

/* How long it must wait before a retry (a retry too soon prolongs it); zero: it may be added. */
struct span login_queue_wait(
	struct login_queue *login_queue, struct login_attempt *attempt, struct instant now);

/* Add an attempt. Returns the one evicted for it, perhaps itself; NULL: there is room. */
struct login_attempt *login_queue_enter(
	struct login_queue *login_queue, struct login_attempt *attempt, struct instant now);

/* Remove and return the attempt to check now. NULL: none is due. */
struct login_attempt *login_queue_next(struct login_queue *login_queue, struct instant now);

/*
 * Remove and return an attempt to refuse: its host has failed too often meanwhile, and must wait
 * this long; or (zero) it has waited too long. NULL: none (more).
 */
struct login_attempt *login_queue_leave(
	struct login_queue *login_queue, struct instant now, struct span *ret_wait);

/* The result of an attempt that login_queue_next returned. */
void login_queue_passed(
	struct login_queue *login_queue, const struct login_attempt *attempt, struct instant now);
void login_queue_failed(
	struct login_queue *login_queue, const struct login_attempt *attempt, struct instant now);
/* It was not checked after all. */
void login_queue_unused(struct login_queue *login_queue, const struct login_attempt *attempt);

#endif
