/*
 * The session store: whenever a session has begun or ended the worker writes all of them, so that
 * they survive a restart (docs/decisions/011-sessions-survive.md).
 */
#ifndef DIEMCAU_COORDINATOR_API_SESSION_STORE_H
#define DIEMCAU_COORDINATOR_API_SESSION_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "coordinator/api/responder.h"
#include "coordinator/host/worker.h"
#include "coordinator/identity/identity.h"
#include "coordinator/identity/sessions.h"

enum { SESSION_STORE_PATH_SIZE = 1024 };

/* All zeroes except the path and the borrowed members: nothing to write. */
struct session_store {
	struct engine *engine; /* for the time; borrowed, like the next four */
	struct sessions *sessions;
	struct identity_registry *registry;
	struct worker *worker;
	const struct responder *responder;
	char path[SESSION_STORE_PATH_SIZE];
	uint64_t written; /* sessions_version of what the disk holds */
	size_t under_way; /* jobs with the worker */
	int fault; /* of the last one; 0 or a negative errno */
};

/* At the start, once there is a clock: restores the stored sessions. Ends those no longer valid. */
void session_store_resume(struct session_store *store);

/*
 * Write the sessions as they are now, and then send this answer: so a client can rely on a
 * confirmed login or logout. A failing disk is logged, and the answer sent all the same. False: too
 * many jobs wait for the worker, or no memory; the answer stays the caller's.
 */
bool session_store_then_answer(
	struct session_store *store, uint64_t exchange, const struct http_response *answer);

/* Write other changes, and those that failed before. Call periodically. */
void session_store_review(struct session_store *store);

/* The same at the end, after the worker: waits for the disk. */
void session_store_finish(struct session_store *store);

#endif
