#include "coordinator/api/screens_seen.h"

#include <stdlib.h>
#include <string.h>

#include "bounds.h"
#include "coordinator/host/log.h"
#include "coordinator/identity/atomic_file.h"
#include "coordinator/identity/seen_file.h"
#include "text_copy.h"

struct seen_writing {
	struct worker_job job;
	struct screens_seen *seen;
	char path[SCREENS_SEEN_PATH_SIZE];
	struct seen_display displays[IDENTITY_DISPLAYS_MAX];
	size_t n;
	int fault;
};

/* ---- who is there ---- */

/* Its place in the list, or seen->n. */
static size_t find(const struct screens_seen *seen, const char *digest)
{
	size_t i = 0;
	while (i < seen->n && strcmp(seen->list[i].last.digest, digest) != 0) {
		i++;
	}
	return i;
}

/* Links that were removed make room for others. */
static void forget_removed(struct screens_seen *seen)
{
	size_t kept = 0;
	for (size_t i = 0; i < seen->n; i++) {
		if (identity_display_holds(seen->registry, seen->list[i].last.digest)) {
			seen->list[kept++] = seen->list[i];
		}
	}
	memset(&seen->list[kept], 0, (seen->n - kept) * sizeof(seen->list[0]));
	seen->n = kept;
}

static void look_at(struct screens_seen *seen, const struct display *display, struct stamp now)
{
	size_t place = find(seen, display->digest);
	bool open = clients_of_display(seen->clients, display->digest) > 0;
	if (place == seen->n && (!open || seen->n == IDENTITY_DISPLAYS_MAX)) {
		return;
	}
	struct screen_seen *known = &seen->list[place];
	if (place == seen->n) {
		memset(known, 0, sizeof(*known));
		ARRAY_COPY(known->last.digest, display->digest);
		seen->n++;
	}
	seen->stale = seen->stale || known->open != open;
	if (open) {
		known->last.seen = now;
	}
	known->open = open;
}

static void look(struct screens_seen *seen)
{
	struct stamp now = engine_service_now(seen->engine).wall;
	const struct display *display;
	forget_removed(seen);
	for (size_t i = 0; (display = identity_display(seen->registry, i)); i++) {
		look_at(seen, display, now);
	}
}

/* ---- on disk ---- */

static void write_run(struct worker_job *job)
{
	struct seen_writing *writing = (struct seen_writing *)job;
	struct seen_displays seen = {.version = JOIN_VERSION_MAX,
		.displays = writing->displays,
		.n_displays = writing->n};
	writing->fault = seen_file_write(writing->path, &seen);
}

static void write_done(struct worker_job *job)
{
	struct seen_writing *writing = (struct seen_writing *)job;
	struct screens_seen *seen = writing->seen;
	if (writing->fault != 0 && seen->fault == 0) {
		log_line(LOG_LINE_WARNING, "when screens were seen cannot be kept: %s",
			strerror(-writing->fault));
	}
	seen->fault = writing->fault;
	seen->writing = false;
	free(writing);
}

static void write_drop(struct worker_job *job)
{
	free(job);
}

static struct seen_writing *prepare(struct screens_seen *seen)
{
	struct seen_writing *writing = calloc(1, sizeof(*writing));
	if (!writing) {
		return NULL;
	}
	writing->job =
		(struct worker_job){.run = write_run, .done = write_done, .drop = write_drop};
	writing->seen = seen;
	ARRAY_COPY(writing->path, seen->path);
	writing->n = seen->n;
	for (size_t i = 0; i < seen->n; i++) {
		writing->displays[i] = seen->list[i].last;
	}
	return writing;
}

static bool is_due(const struct screens_seen *seen, struct instant now)
{
	bool open = false;
	for (size_t i = 0; i < seen->n; i++) {
		open = open || seen->list[i].open;
	}
	return seen->stale || (open && span_between(seen->written, now).ms >= SCREENS_KEPT_SPAN_MS);
}

void screens_seen_review(struct screens_seen *seen)
{
	struct instant now = engine_service_now(seen->engine).at;
	look(seen);
	if (seen->writing || engine_is_replay(seen->engine) || !is_due(seen, now)) {
		return;
	}
	struct seen_writing *writing = prepare(seen);
	if (writing && worker_give(seen->worker, &writing->job)) {
		seen->writing = true;
		seen->stale = false;
		seen->written = now;
	} else {
		free(writing);
	}
}

void screens_seen_finish(struct screens_seen *seen)
{
	struct instant now = engine_service_now(seen->engine).at;
	if (engine_is_replay(seen->engine) || !is_due(seen, now)) {
		return;
	}
	struct seen_writing *writing = prepare(seen);
	if (writing) {
		write_run(&writing->job);
		free(writing);
	}
}

void screens_seen_resume(struct screens_seen *seen, const char *dir)
{
	struct msg_arena arena = {0};
	struct seen_displays stored;
	int r = atomic_file_path(seen->path, dir, SEEN_FILE_NAME);
	r = r == 0 ? seen_file_load(seen->path, &arena, &stored) : r;
	for (size_t i = 0; r == 0 && i < stored.n_displays; i++) {
		seen->list[seen->n++].last = stored.displays[i];
	}
	if (r < 0) {
		log_line(LOG_LINE_WARNING, "when screens were seen cannot be read: %s",
			strerror(-r));
	}
	msg_arena_finish(&arena);
}

bool screens_seen_of(const struct screens_seen *seen, const char *digest, struct stamp *ret_seen)
{
	size_t place = find(seen, digest);
	if (place == seen->n) {
		return false;
	}
	*ret_seen = seen->list[place].last.seen;
	return true;
}
