/*
 * Which login is looked at next, which waits, which is sent away. Pure: time is handed in.
 *
 * Looking at a password costs a tenth of a second of a core, so it is done one at a time, and whose
 * turn it is must not be decided by who asks most. A try is one of
 *
 *	a known browser's	it shows what it was given at an earlier login to this very account
 *				(identity/device.h). It takes turns with all strangers together, and
 *				no other's failures concern it; its own are counted for it alone. An
 *				account has as many known browsers as it has logged in: few of them
 *				wait as such at one time, and they come at a pace
 *(LOGIN_BACKOFF_KNOWN). a stranger's		everybody else. The wrong passwords of all strangers
 *together are looked at no faster than LOGIN_QUEUE_STRANGERS_PER_SECOND, those at one account, or
 *from one network, no faster than its throttle says.
 *
 * A stranger whose own host has failed too often is sent away, with a time to come again. One whose
 * host has not waits for his turn, however much others fail. Among those who wait the quietest is
 * next: least has failed, or waits before it, from its host, then its network, then its region. So
 * whoever fills the room waits behind himself, and has to go first when it is full.
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
	LOGIN_QUEUE_STRANGERS_MAX = 224, /* wait at one time */
	LOGIN_QUEUE_WAITING_MAX = 256, /* with known browsers */
	LOGIN_QUEUE_PER_DEVICE_MAX = 2, /* beyond it a browser's tries are a stranger's */
	LOGIN_QUEUE_KNOWN_PER_ACCOUNT_MAX = 4, /* likewise of all browsers known to an account */
	LOGIN_QUEUE_STRANGERS_PER_SECOND = 4, /* a third of a core */
	LOGIN_QUEUE_STRANGERS_BURST = 8,
	LOGIN_QUEUE_PATIENCE_MS = 10000, /* whoever has waited so long is told to come again */
	/*
	 * A stranger's wrong password makes at most four keys, and comes at the pace above; all
	 * else makes one (and one of its account), at the pace of hashing. That is less than 70
	 * keys a second on a fast machine: in LOGIN_BACKOFF_FORGET_MS none is forgotten because
	 * others filled the room.
	 */
	LOGIN_QUEUE_KEYS_MAX = 65536,
};

/* Embedded in whatever wants to be let in; the first three are its owner's to set. */
struct login_attempt {
	struct netblocks origin;
	uint64_t account; /* login_backoff_hash of its name */
	uint64_t device; /* of a known browser; 0: none */
	bool known; /* a known browser that has not failed too often */
	struct instant came;
	uint32_t ahead[NETBLOCK_SIZES]; /* waited already when it came, from the same place */
};

/* All zeroes but for the throttle is one where nobody waits. */
struct login_queue {
	struct login_backoff *backoff; /* the owner's */
	struct login_attempt *waiting[LOGIN_QUEUE_WAITING_MAX]; /* as they came */
	size_t count;
	bool known_was_last; /* looked at: a stranger is next */
	struct token_bucket strangers;
};

/* How long it must stay away (and, having come too soon, somewhat longer); zero: it may enter. */
struct span login_queue_wait(
	struct login_queue *login_queue, struct login_attempt *attempt, struct instant now);

/* It waits now. Returns who has to go for it, itself perhaps; NULL: there is room. */
struct login_attempt *login_queue_enter(
	struct login_queue *login_queue, struct login_attempt *attempt, struct instant now);

/* Whose password is looked at now; it waits no longer. NULL: nobody's yet. */
struct login_attempt *login_queue_next(struct login_queue *login_queue, struct instant now);

/*
 * One that waits in vain, and waits no longer: its host has failed too often meanwhile, and must
 * stay away so long; or (zero) its turn has not come. NULL: none (more).
 */
struct login_attempt *login_queue_leave(
	struct login_queue *login_queue, struct instant now, struct span *ret_wait);

/* What came of one that login_queue_next returned. */
void login_queue_passed(
	struct login_queue *login_queue, const struct login_attempt *attempt, struct instant now);
void login_queue_failed(
	struct login_queue *login_queue, const struct login_attempt *attempt, struct instant now);
/* It was not looked at after all. */
void login_queue_unused(struct login_queue *login_queue, const struct login_attempt *attempt);

#endif
