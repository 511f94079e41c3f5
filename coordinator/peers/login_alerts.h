/*
 * Password guessing, as it is shown to people: the message `guessing`, whole, whenever it changes.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_LOGIN_ALERTS_H
#define DIEMCAU_COORDINATOR_PEERS_LOGIN_ALERTS_H

#include <stddef.h>

#include "coordinator/engine/engine.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/login_failures.h"
#include "coordinator/ws/shared_buf.h"

/* All zeroes but for the first two is one that has told nothing. */
struct login_alerts {
	struct engine *engine; /* not ours, like the next */
	struct identity_registry *registry; /* which names there are */
	struct login_failures failures;
	struct failed_logins told[LOGIN_FAILURES_ACCOUNTS_MAX];
	size_t n_told;
};

/* An attempt to log in under this name was wrong; came too soon to be looked at. */
void login_alerts_failed(struct login_alerts *alerts, const char *name, uint64_t host);
void login_alerts_slowed(struct login_alerts *alerts, const char *name, uint64_t host);

/*
 * The message: where it has changed since the last time (NULL: it has not), to staff now and then;
 * and as it is (NULL: nobody guesses), to one who has just come. The caller's.
 */
struct shared_buf *login_alerts_fresh(struct login_alerts *alerts);
struct shared_buf *login_alerts_all(struct login_alerts *alerts);

#endif
