/*
 * A worker: one thread for jobs that would block the loop (hashing passwords, reading the journal,
 * rendering minutes). It shares no state: a job carries its input and its result. Bounded: at most
 * WORKER_JOBS_MAX wait.
 */
#ifndef DIEMCAU_COORDINATOR_HOST_WORKER_H
#define DIEMCAU_COORDINATOR_HOST_WORKER_H

#include <stdbool.h>

struct worker;

enum { WORKER_JOBS_MAX = 64 };

/* Embed it first in a job. */
struct worker_job {
	struct worker_job *next;
	void (*run)(struct worker_job *job); /* on the worker's thread */
	void (*done)(struct worker_job *job); /* on the loop, after run; frees the job */
	void (*drop)(struct worker_job *job); /* instead of done when the worker is destroyed */
};

/* wake is called on the worker's thread when a job is done. 0 or a negative errno. */
int worker_create(void (*wake)(void *user), void *user, struct worker **ret_worker);
/* Finishes the running job; `drop` for the others. NULL is allowed. */
void worker_destroy(struct worker *worker);

/* False: too many wait; the job is still the caller's. */
bool worker_give(struct worker *worker, struct worker_job *job);

/* Calls `done` for every job that has been run. On the loop. */
void worker_collect(struct worker *worker);

#endif
