#include "coordinator/api/session_store.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/identity/session_file.h"
#include "proto/system/memory.h"

struct writing {
	struct worker_job job;
	struct session_store *store;
	struct stored_session *sessions;
	size_t n_sessions;
	uint64_t version;
	uint64_t exchange; /* 0: no client waits for it */
	struct http_response answer;
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
	struct stored_sessions stored = {.version = JOIN_VERSION_MAX,
		.sessions = writing->sessions,
		.n_sessions = writing->n_sessions};
	writing->fault = session_file_write(writing->store->path, &stored);
}

static void write_done(struct worker_job *job)
{
	struct writing *writing = (struct writing *)job;
	struct session_store *store = writing->store;
	store->under_way--;
	if (writing->fault == 0) {
		store->written = writing->version;
	} else if (store->fault == 0) { /* it is tried again every other second */
		complain("cannot be kept over a restart", writing->fault);
	}
	store->fault = writing->fault;
	if (writing->exchange > 0) {
		respond(store->responder, writing->exchange, &writing->answer);
	}
	dispose(writing);
}

static void write_drop(struct worker_job *job)
{
	struct writing *writing = (struct writing *)job;
	shared_buf_unref(writing->answer.body);
	dispose(writing);
}

static struct writing *prepare(struct session_store *store)
{
	struct writing *writing = calloc(1, sizeof(*writing));
	if (!writing) {
		return NULL;
	}
	writing->job =
		(struct worker_job){.run = write_run, .done = write_done, .drop = write_drop};
	writing->store = store;
	writing->version = sessions_version(store->sessions);
	if (sessions_list(store->sessions, engine_service_now(store->engine), &writing->sessions,
		    &writing->n_sessions) < 0) {
		dispose(writing);
		return NULL;
	}
	return writing;
}

bool session_store_then_answer(
	struct session_store *store, uint64_t exchange, const struct http_response *answer)
{
	struct writing *writing = prepare(store);
	if (!writing) {
		return false;
	}
	writing->exchange = exchange;
	writing->answer = *answer;
	if (!worker_give(store->worker, &writing->job)) {
		dispose(writing);
		return false;
	}
	store->under_way++;
	return true;
}

static bool is_stale(const struct session_store *store)
{
	return sessions_version(store->sessions) != store->written;
}

void session_store_review(struct session_store *store)
{
	static const struct http_response nothing;
	if (is_stale(store) && store->under_way == 0) {
		session_store_then_answer(store, 0, &nothing);
	}
}

void session_store_finish(struct session_store *store)
{
	if (!is_stale(store)) {
		return;
	}
	struct writing *writing = prepare(store);
	if (writing) {
		write_run(&writing->job);
		dispose(writing);
	}
}

void session_store_resume(struct session_store *store)
{
	int r = session_file_read(store->path, engine_service_now(store->engine), store->sessions);
	if (r < 0) {
		complain("cannot be taken up", r);
	}
	store->written = sessions_version(store->sessions);
	sessions_review(store->sessions, store->registry);
}
