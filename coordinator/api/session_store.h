/*
 * Keeping sessions: whenever one has begun or ended the worker writes all of them, so that they go
 * on over a restart (docs/decisions/011-sessions-survive.md).
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

/* All zeroes but for the path and what is not ours is one that has nothing to write. */
struct session_store {
	struct engine *engine; /* for the time; not ours, like the next four */
	struct sessions *sessions;
	struct identity_registry *registry;
	struct worker *worker;
	const struct responder *responder;
	char path[SESSION_STORE_PATH_SIZE];
	uint64_t written; /* sessions_version of what the disk holds */
	size_t under_way; /* jobs with the worker */
	int fault; /* of the last one; 0 or a negative errno */
};

/* At the start, once there is a clock: take up what is on disk. Ends what no longer holds. */
void session_store_resume(struct session_store *store);

/*
 * Have the sessions written as they are now, and then give this answer: whoever hears that a
 * session has begun or ended may rely on it. A disk that fails is logged, and the answer given all
 * the same. False: too much waits for the worker, or no memory; the answer is the caller's.
 */
bool session_store_then_answer(
	struct session_store *store, uint64_t exchange, const struct http_response *answer);

/* Write what changed otherwise, or could not be written. Call now and then. */
void session_store_review(struct session_store *store);

/* The same at the end, after the worker's: waits for the disk. */
void session_store_finish(struct session_store *store);

#endif
