/*
 * Sessions of people who have logged in. The table holds digests, so that neither a memory dump nor
 * the file that they are kept in over a restart (session_file.h) opens a session. One thread.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_SESSIONS_H
#define DIEMCAU_COORDINATOR_IDENTITY_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/identity/identity.h"
#include "coordinator/identity/secret.h"
#include "units.h"

struct sessions;

struct session {
	char account[ACCOUNT_NAME_SIZE];
	enum role role;
	struct stamp changed; /* the account, when it began */
	struct instant expires;
	uint64_t number; /* in this run, never used again; given when it begins */
};

enum { SESSIONS_MAX = STORED_SESSIONS_SESSIONS_MAX };

/* 0 or -ENOMEM. */
int sessions_create(struct sessions **ret_sessions);
void sessions_destroy(struct sessions *sessions);

/*
 * Begin a session; its secret goes to the client and is kept nowhere. An account has as many as
 * there are, a hall of viewers may share one. Where SESSIONS_MAX stand, the account that has the
 * most loses its oldest: so nobody is kept out by the many sessions of others.
 */
void sessions_begin(struct sessions *sessions, const struct session *session, struct instant now,
	char secret[SECRET_TEXT_SIZE]);

/* The session of a secret, copied. False: none, expired or ended. */
bool sessions_find(struct sessions *sessions, const char *secret, struct instant now,
	struct session *ret_session);

/* Log out. */
void sessions_end(struct sessions *sessions, const char *secret);

/* End those whose account is no longer what it was: removed, another role, another password. */
void sessions_review(struct sessions *sessions, const struct identity_registry *registry);

/* ---- over a restart ---- */

/* Another number whenever a session has begun or been ended. */
uint64_t sessions_version(const struct sessions *sessions);

/* All live sessions, for the disk; the caller frees the array. 0 or -ENOMEM. */
int sessions_list(const struct sessions *sessions, struct now now,
	struct stored_session **ret_stored, size_t *ret_n);

/*
 * Put these into an empty table, all but those that have expired by the wall clock, which is the
 * one that goes on in between. No session is given longer than SESSION_SPAN_MS from now, whatever
 * that clock did. Whether their accounts still hold, sessions_review says.
 */
void sessions_restore(
	struct sessions *sessions, const struct stored_sessions *stored, struct now now);

#endif
