/*
 * Password guessing, as it is shown to people: the message `guessing`, whole, whenever it changes.
 */
#ifndef DIEMCAU_COORDINATOR_GUESSING_H
#define DIEMCAU_COORDINATOR_GUESSING_H

#include <stddef.h>

#include "coordinator/identity/guesses.h"
#include "coordinator/ws/payload.h"

struct coordinator;
struct client;

/* All zeroes is one that has told nothing. */
struct guessing {
	struct guesses guesses;
	struct guessed told[GUESSES_ACCOUNTS_MAX];
	size_t n_told;
};

/* An attempt to log in under this name was wrong; came too soon to be looked at. */
void guessing_failed(struct coordinator *coordinator, const char *name, uint64_t host);
void guessing_slowed(struct coordinator *coordinator, const char *name, uint64_t host);

/* Now and then: to staff, if it has changed. To one who has just come: if there is any. */
void guessing_tell(struct coordinator *coordinator);
void guessing_tell_to(struct coordinator *coordinator, struct client *client);

#endif
