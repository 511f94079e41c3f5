#include "coordinator/peers/keeping.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/coordinator.h"
#include "coordinator/host/log.h"
#include "coordinator/identity/kept.h"
#include "proto/system/memory.h"

struct writing {
	struct worker_job job;
	struct coordinator *coordinator;
	struct kept_session *sessions;
	size_t n_sessions;
	uint64_t version;
	uint64_t exchange; /* 0: nobody waits for it */
	struct http_answer answer;
	int fault;
};

static void complain(const char *what, int fault)
{
	log_line(LOG_LINE_WARNING, "sessions %s: %s", what, strerror(-fault));
}

static void dispose(struct writing *writing)
{
	free(writing->sessions);
	memory_wipe(writing, sizeof(*writing)); /* the answer's cookie */
	free(writing);
}

static void write_run(struct worker_job *job)
{
	struct writing *writing = (struct writing *)job;
	struct kept_sessions kept = {.version = JOIN_VERSION_MAX,
		.sessions = writing->sessions,
		.n_sessions = writing->n_sessions};
	writing->fault = kept_write(writing->coordinator->keeping.path, &kept);
}

static void write_done(struct worker_job *job)
{
	struct writing *writing = (struct writing *)job;
	struct coordinator *coordinator = writing->coordinator;
	coordinator->keeping.under_way--;
	if (writing->fault == 0) {
		coordinator->keeping.written = writing->version;
	} else if (coordinator->keeping.fault == 0) { /* it is tried again every other second */
		complain("cannot be kept over a restart", writing->fault);
	}
	coordinator->keeping.fault = writing->fault;
	if (writing->exchange > 0) {
		ws_answer(atomic_load(&coordinator->ws), writing->exchange, &writing->answer);
	}
	dispose(writing);
}

static void write_drop(struct worker_job *job)
{
	struct writing *writing = (struct writing *)job;
	payload_drop(writing->answer.body);
	dispose(writing);
}

static struct writing *prepare(struct coordinator *coordinator)
{
	struct writing *writing = calloc(1, sizeof(*writing));
	if (!writing) {
		return NULL;
	}
	writing->job =
		(struct worker_job){.run = write_run, .done = write_done, .drop = write_drop};
	writing->coordinator = coordinator;
	writing->version = sessions_version(coordinator->sessions);
	if (sessions_list(coordinator->sessions, turn_now(coordinator->turn), &writing->sessions,
		    &writing->n_sessions) < 0) {
		dispose(writing);
		return NULL;
	}
	return writing;
}

bool keeping_answer(
	struct coordinator *coordinator, uint64_t exchange, const struct http_answer *answer)
{
	struct writing *writing = prepare(coordinator);
	if (!writing) {
		return false;
	}
	writing->exchange = exchange;
	writing->answer = *answer;
	if (!worker_give(coordinator->worker, &writing->job)) {
		dispose(writing);
		return false;
	}
	coordinator->keeping.under_way++;
	return true;
}

static bool is_stale(const struct coordinator *coordinator)
{
	return sessions_version(coordinator->sessions) != coordinator->keeping.written;
}

void keeping_review(struct coordinator *coordinator)
{
	static const struct http_answer nothing;
	if (is_stale(coordinator) && coordinator->keeping.under_way == 0) {
		keeping_answer(coordinator, 0, &nothing);
	}
}

void keeping_finish(struct coordinator *coordinator)
{
	if (!coordinator->sessions || !coordinator->turn || !is_stale(coordinator)) {
		return;
	}
	struct writing *writing = prepare(coordinator);
	if (writing) {
		write_run(&writing->job);
		dispose(writing);
	}
}

void keeping_resume(struct coordinator *coordinator)
{
	int fault = kept_read(
		coordinator->keeping.path, turn_now(coordinator->turn), coordinator->sessions);
	if (fault < 0) {
		complain("cannot be taken up", fault);
	}
	coordinator->keeping.written = sessions_version(coordinator->sessions);
	sessions_review(coordinator->sessions, coordinator->book);
}
