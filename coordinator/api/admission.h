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
 *				wait as such at one time, and they come at a pace (THROTTLE_KNOWN).
 *	a stranger's		everybody else. The wrong passwords of all strangers together are
 *				looked at no faster than ADMISSION_STRANGERS_PER_SECOND, those at
 *				one account, or from one network, no faster than its throttle says.
 *
 * A stranger whose own host has failed too often is sent away, with a time to come again. One whose
 * host has not waits for his turn, however much others fail. Among those who wait the quietest is
 * next: least has failed, or waits before it, from its host, then its network, then its region. So
 * whoever fills the room waits behind himself, and has to go first when it is full.
 */
#ifndef DIEMCAU_COORDINATOR_ADMISSION_H
#define DIEMCAU_COORDINATOR_ADMISSION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/identity/throttle.h"
#include "proto/network/origin.h"
#include "coordinator/ws/rate.h"
#include "units.h"

enum {
	ADMISSION_STRANGERS_MAX = 224, /* wait at one time */
	ADMISSION_WAITING_MAX = 256, /* with known browsers */
	ADMISSION_PER_DEVICE_MAX = 2, /* beyond it a browser's tries are a stranger's */
	ADMISSION_KNOWN_PER_ACCOUNT_MAX = 4, /* likewise of all browsers known to an account */
	ADMISSION_STRANGERS_PER_SECOND = 4, /* a third of a core */
	ADMISSION_STRANGERS_BURST = 8,
	ADMISSION_PATIENCE_MS = 10000, /* whoever has waited so long is told to come again */
	/*
	 * A stranger's wrong password makes at most four keys, and comes at the pace above; all
	 * else makes one (and one of its account), at the pace of hashing. That is less than 70
	 * keys a second on a fast machine: in THROTTLE_FORGET_MS none is forgotten because others
	 * filled the room.
	 */
	ADMISSION_KEYS_MAX = 65536,
};

/* Embedded in whatever wants to be let in; the first three are its owner's to set. */
struct admission_try {
	struct origin origin;
	uint64_t account; /* throttle_hash of its name */
	uint64_t device; /* of a known browser; 0: none */
	bool known; /* a known browser that has not failed too often */
	struct instant came;
	uint32_t ahead[ORIGIN_RUNGS]; /* waited already when it came, from the same place */
};

/* All zeroes but for the throttle is one where nobody waits. */
struct admission {
	struct throttle *throttle; /* the owner's */
	struct admission_try *waiting[ADMISSION_WAITING_MAX]; /* as they came */
	size_t count;
	bool known_was_last; /* looked at: a stranger is next */
	struct rate strangers;
};

/* How long it must stay away (and, having come too soon, somewhat longer); zero: it may enter. */
struct span admission_wait(
	struct admission *admission, struct admission_try *attempt, struct instant now);

/* It waits now. Returns who has to go for it, itself perhaps; NULL: there is room. */
struct admission_try *admission_enter(
	struct admission *admission, struct admission_try *attempt, struct instant now);

/* Whose password is looked at now; it waits no longer. NULL: nobody's yet. */
struct admission_try *admission_next(struct admission *admission, struct instant now);

/*
 * One that waits in vain, and waits no longer: its host has failed too often meanwhile, and must
 * stay away so long; or (zero) its turn has not come. NULL: none (more).
 */
struct admission_try *admission_leave(
	struct admission *admission, struct instant now, struct span *ret_wait);

/* What came of one that admission_next returned. */
void admission_passed(
	struct admission *admission, const struct admission_try *attempt, struct instant now);
void admission_failed(
	struct admission *admission, const struct admission_try *attempt, struct instant now);
/* It was not looked at after all. */
void admission_unused(struct admission *admission, const struct admission_try *attempt);

#endif
