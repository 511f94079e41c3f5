/* Alerts about password guessing: the message `guessing`, complete, whenever it changes. */
#ifndef DIEMCAU_COORDINATOR_PEERS_LOGIN_ALERTS_H
#define DIEMCAU_COORDINATOR_PEERS_LOGIN_ALERTS_H

#include <stddef.h>

#include "coordinator/engine/engine.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/login_failures.h"
#include "coordinator/ws/shared_buf.h"

/* All zeroes except the first two members: nothing sent yet. */
struct login_alerts {
	struct engine *engine; /* borrowed, like the next */
	struct identity_registry *registry; /* to know which names exist */
	struct login_failures failures;
	struct failed_logins sent[LOGIN_FAILURES_ACCOUNTS_MAX];
	size_t n_told;
};

/* A login under this name failed; was tried too soon to be checked. */
void login_alerts_failed(struct login_alerts *alerts, const char *name, uint64_t host);
void login_alerts_slowed(struct login_alerts *alerts, const char *name, uint64_t host);

/*
 * The message for staff if it has changed since the last call (NULL: it has not), and the current
 * one for a client that has just joined (NULL: no guessing). The caller's.
 */
struct shared_buf *login_alerts_fresh(struct login_alerts *alerts);
struct shared_buf *login_alerts_all(struct login_alerts *alerts);

#endif
