/*
 * Sessions of people who have logged in. The table holds digests, so that neither a memory dump nor
 * the file that stores them over a restart (session_file.h) gives access to a session. One thread.
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
 * Begin a session; its secret goes to the client and is stored nowhere. An account has no limit of
 * its own, because a hall of viewers may share one. At SESSIONS_MAX the account that has the most
 * loses its oldest: so the sessions of one account lock no other out.
 */
void sessions_begin(struct sessions *sessions, const struct session *session, struct instant now,
	char secret[SECRET_TEXT_SIZE]);

/* The session of a secret, copied. False: none, expired or ended. */
bool sessions_find(struct sessions *sessions, const char *secret, struct instant now,
	struct session *ret_session);

/* Log out. */
void sessions_end(struct sessions *sessions, const char *secret);

/* End those whose account has changed: removed, another role, another password. */
void sessions_review(struct sessions *sessions, const struct identity_registry *registry);

/* ---- over a restart ---- */

/* Changes whenever a session begins or ends. */
uint64_t sessions_version(const struct sessions *sessions);

/* All live sessions, for the disk; the caller frees the array. 0 or -ENOMEM. */
int sessions_list(const struct sessions *sessions, struct now now,
	struct stored_session **ret_stored, size_t *ret_n);

/*
 * Put these into an empty table, except those that have expired by the wall clock, the only clock
 * that runs over a restart. No session lasts longer than SESSION_SPAN_MS from now, whatever that
 * clock did. sessions_review checks their accounts.
 */
void sessions_restore(
	struct sessions *sessions, const struct stored_sessions *stored, struct now now);

#endif
