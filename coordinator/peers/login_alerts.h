/*
 * Password guessing, as it is shown to people: the message `guessing`, whole, whenever it changes.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_LOGIN_ALERTS_H
#define DIEMCAU_COORDINATOR_PEERS_LOGIN_ALERTS_H

#include <stddef.h>

#include "coordinator/identity/login_failures.h"
#include "coordinator/ws/shared_buf.h"

struct coordinator;
struct client;

/* All zeroes is one that has told nothing. */
struct login_alerts {
	struct login_failures failures;
	struct failed_logins told[LOGIN_FAILURES_ACCOUNTS_MAX];
	size_t n_told;
};

/* An attempt to log in under this name was wrong; came too soon to be looked at. */
void login_alerts_failed(struct coordinator *coordinator, const char *name, uint64_t host);
void login_alerts_slowed(struct coordinator *coordinator, const char *name, uint64_t host);

/* Now and then: to staff, if it has changed. To one who has just come: if there is any. */
void login_alerts_send(struct coordinator *coordinator);
void login_alerts_send_to(struct coordinator *coordinator, struct client *client);

#endif
