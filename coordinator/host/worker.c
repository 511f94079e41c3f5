#include "coordinator/host/worker.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>

struct jobs {
	struct worker_job *first;
	struct worker_job **end;
	unsigned int count;
};

struct worker {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t given;
	struct jobs waiting;
	struct jobs finished;
	bool stops;
	void (*wake)(void *user);
	void *user;
};

static void jobs_init(struct jobs *jobs)
{
	*jobs = (struct jobs){.end = &jobs->first};
}

static void jobs_put(struct jobs *jobs, struct worker_job *job)
{
	job->next = NULL;
	*jobs->end = job;
	jobs->end = &job->next;
	jobs->count++;
}

static struct worker_job *jobs_take(struct jobs *jobs)
{
	struct worker_job *job = jobs->first;
	if (job) {
		jobs->first = job->next;
		jobs->end = jobs->first ? jobs->end : &jobs->first;
		jobs->count--;
	}
	return job;
}

static struct worker_job *wait_for_job(struct worker *worker)
{
	pthread_mutex_lock(&worker->lock);
	while (!worker->stops && !worker->waiting.first) {
		pthread_cond_wait(&worker->given, &worker->lock);
	}
	struct worker_job *job = worker->stops ? NULL : jobs_take(&worker->waiting);
	pthread_mutex_unlock(&worker->lock);
	return job;
}

static void *work(void *argument)
{
	struct worker *worker = argument;
	struct worker_job *job;
	while ((job = wait_for_job(worker))) {
		job->run(job);
		pthread_mutex_lock(&worker->lock);
		jobs_put(&worker->finished, job);
		pthread_mutex_unlock(&worker->lock);
		worker->wake(worker->user);
	}
	return NULL;
}

/* The loop handles signals. */
static int start(struct worker *worker)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int r = pthread_create(&worker->thread, NULL, work, worker);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return -r;
}

int worker_create(void (*wake)(void *user), void *user, struct worker **ret_worker)
{
	struct worker *worker = calloc(1, sizeof(*worker));
	if (!worker) {
		return -ENOMEM;
	}
	worker->wake = wake;
	worker->user = user;
	jobs_init(&worker->waiting);
	jobs_init(&worker->finished);
	pthread_mutex_init(&worker->lock, NULL);
	pthread_cond_init(&worker->given, NULL);
	int r = start(worker);
	if (r < 0) {
		free(worker);
		return r;
	}
	*ret_worker = worker;
	return 0;
}

static void drop_all(struct jobs *jobs)
{
	struct worker_job *job;
	while ((job = jobs_take(jobs))) {
		job->drop(job);
	}
}

void worker_destroy(struct worker *worker)
{
	if (!worker) {
		return;
	}
	pthread_mutex_lock(&worker->lock);
	worker->stops = true;
	pthread_cond_signal(&worker->given);
	pthread_mutex_unlock(&worker->lock);
	pthread_join(worker->thread, NULL);
	drop_all(&worker->waiting);
	drop_all(&worker->finished);
	pthread_cond_destroy(&worker->given);
	pthread_mutex_destroy(&worker->lock);
	free(worker);
}

bool worker_give(struct worker *worker, struct worker_job *job)
{
	pthread_mutex_lock(&worker->lock);
	bool room = worker->waiting.count < WORKER_JOBS_MAX;
	if (room) {
		jobs_put(&worker->waiting, job);
		pthread_cond_signal(&worker->given);
	}
	pthread_mutex_unlock(&worker->lock);
	return room;
}

void worker_collect(struct worker *worker)
{
	for (;;) {
		pthread_mutex_lock(&worker->lock);
		struct worker_job *job = jobs_take(&worker->finished);
		pthread_mutex_unlock(&worker->lock);
		if (!job) {
			return;
		}
		job->done(job);
	}
}
