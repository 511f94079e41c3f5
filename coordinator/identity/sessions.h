/*
 * Sessions of people who have logged in: in memory only, a restart asks everybody anew. The table
 * holds digests, so that a memory dump opens no session. One thread.
 */
#ifndef DIEMCAU_IDENTITY_SESSIONS_H
#define DIEMCAU_IDENTITY_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/identity/secret.h"
#include "domain_msg.h"
#include "units.h"

struct sessions;

struct session {
	char account[ACCOUNT_NAME_SIZE];
	enum role role;
	struct instant expires;
};

enum { SESSIONS_MAX = 1024, SESSIONS_PER_ACCOUNT_MAX = 32 };

/* 0 or -ENOMEM. */
int sessions_create(struct sessions **ret_sessions);
void sessions_destroy(struct sessions *sessions);

/*
 * Begin a session; its secret goes to the client and is kept nowhere. An account beyond
 * SESSIONS_PER_ACCOUNT_MAX loses its oldest. False: SESSIONS_MAX live sessions stand.
 */
bool sessions_begin(struct sessions *sessions, const struct session *session, struct instant now,
	char secret[SECRET_TEXT_SIZE]);

/* The session of a secret, copied. False: none, expired or ended. */
bool sessions_find(struct sessions *sessions, const char *secret, struct instant now,
	struct session *ret_session);

/* Log out; and end all of an account (password changed, account removed). */
void sessions_end(struct sessions *sessions, const char *secret);
void sessions_end_account(struct sessions *sessions, const char *account);

#endif
