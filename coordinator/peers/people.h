/*
 * Accounts as they were when the book was last read, so that a change of it ends the sessions of
 * whoever was removed, got another role or another password.
 */
#ifndef DIEMCAU_COORDINATOR_PEOPLE_H
#define DIEMCAU_COORDINATOR_PEOPLE_H

#include "coordinator/identity/identity.h"
#include "coordinator/identity/sessions.h"

/* All zeroes is an empty one. */
struct people {
	struct account *accounts;
	size_t count;
};

/* End the sessions of accounts that have changed since the last call. 0 or -ENOMEM. */
int people_review(
	struct people *people, const struct identity_book *book, struct sessions *sessions);
void people_finish(struct people *people);

/* Is this account still the one that it was, with this role and unchanged since? */
bool people_holds(
	const struct identity_book *book, const char *name, enum role role, struct stamp changed);

#endif
