/*
 * The journal thread and its queue.
 *
 * The loop appends batches to a list; the thread takes the whole list, commits it as one
 * transaction, publishes the committed number and wakes the loop. While one transaction is being
 * synced, the batches of the next collect: this is group commit. The thread owns its connection,
 * except for a few look-ups, which share it under `storage`.
 */
#include "coordinator/journal/journal.h"

#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cleanup.h"
#include "coordinator/journal/store.h"

enum {
	RETRY_MS = 250, /* between two tries while the disk is full */
};

struct journal {
	struct store *store;
	pthread_mutex_t storage; /* the store's writing connection; held while a commit lasts */
	/* the store's other connection, for answers; never held for long */
	pthread_mutex_t finding;
	pthread_t thread;
	bool started;

	pthread_mutex_t lock; /* everything below */
	pthread_cond_t work;
	pthread_cond_t progress;
	struct store_batch *queue;
	struct store_batch **tail;
	/* being committed; read by look-ups of answers, freed by the thread */
	struct store_batch *in_hand;
	int64_t appended;
	struct journal_status status;
	bool stopping;

	void (*wake)(void *user);
	void *user;
};

DEFINE_CLEANUP(struct journal *, journal_destroy)

static void free_batches(struct store_batch *batch)
{
	while (batch) {
		struct store_batch *next = batch->next;
		free(batch);
		batch = next;
	}
}

static size_t text_size(const char *text)
{
	return text ? strlen(text) + 1 : 0;
}

static size_t entry_text_size(const struct journal_entry *entry)
{
	return text_size(entry->by) + text_size(entry->client) + text_size(entry->command) +
	       text_size(entry->name) + text_size(entry->data);
}

static const char *copy_text(char **room, const char *text)
{
	if (!text) {
		return NULL;
	}
	size_t size = strlen(text) + 1;
	char *copy = memcpy(*room, text, size);
	*room += size;
	return copy;
}

static struct journal_entry copy_entry(const struct journal_entry *entry, char **room)
{
	struct journal_entry copy = *entry;
	copy.by = copy_text(room, entry->by);
	copy.client = copy_text(room, entry->client);
	copy.command = copy_text(room, entry->command);
	copy.name = copy_text(room, entry->name);
	copy.data = copy_text(room, entry->data);
	return copy;
}

/* One block holds the batch and, behind its entries, their texts. */
static struct store_batch *copy_batch(const struct journal_entry *entries, size_t n)
{
	size_t fixed = sizeof(struct store_batch) + n * sizeof(*entries);
	size_t size = fixed;
	for (size_t i = 0; i < n; i++) {
		size += entry_text_size(&entries[i]);
	}
	struct store_batch *batch = malloc(size);
	if (!batch) {
		return NULL;
	}
	char *room = (char *)batch + fixed;
	batch->next = NULL;
	batch->n = n;
	for (size_t i = 0; i < n; i++) {
		batch->entries[i] = copy_entry(&entries[i], &room);
	}
	return batch;
}

static size_t count_entries(const struct store_batch *batch)
{
	size_t n = 0;
	for (; batch; batch = batch->next) {
		n += batch->n;
	}
	return n;
}

static int64_t last_number(const struct store_batch *batch)
{
	while (batch->next) {
		batch = batch->next;
	}
	return batch->entries[batch->n - 1].seq;
}

static void wake(const struct journal *journal)
{
	if (journal->wake) {
		journal->wake(journal->user);
	}
}

/* Called with the lock held. The batches in hand have been committed. */
static void note_committed(struct journal *journal)
{
	struct store_batch *done = journal->in_hand;
	journal->status.committed = last_number(done);
	journal->status.queued -= (int64_t)count_entries(done);
	journal->status.stalled = 0;
	journal->in_hand = NULL;
	free_batches(done);
}

static void note_result(struct journal *journal, int r)
{
	pthread_mutex_lock(&journal->lock);
	if (r == 0) {
		note_committed(journal);
	} else if (r == -ENOSPC) {
		journal->status.stalled = r;
	} else {
		journal->status.failed = r;
	}
	pthread_cond_broadcast(&journal->progress);
	pthread_mutex_unlock(&journal->lock);
	wake(journal);
}

/* The batches in hand cannot change while the thread works: only it replaces them. */
static int commit_in_hand(struct journal *journal)
{
	pthread_mutex_lock(&journal->storage);
	int r = store_commit(journal->store, journal->in_hand);
	pthread_mutex_unlock(&journal->storage);
	note_result(journal, r);
	return r;
}

static int tidy(struct journal *journal, bool idle)
{
	pthread_mutex_lock(&journal->storage);
	int r = store_tidy(journal->store, idle);
	pthread_mutex_unlock(&journal->storage);
	if (r != 0) {
		note_result(journal, r == -ENOSPC ? -EIO : r);
	}
	return r;
}

/* Waits for batches and takes them. False when the journal closes and none is left. */
static bool take_work(struct journal *journal)
{
	pthread_mutex_lock(&journal->lock);
	while (!journal->queue && !journal->in_hand && !journal->stopping) {
		pthread_cond_wait(&journal->work, &journal->lock);
	}
	bool more = journal->queue || journal->in_hand;
	if (journal->stopping && journal->status.stalled) {
		more = false;
	} else if (!journal->in_hand) {
		journal->in_hand = journal->queue;
		journal->queue = NULL;
		journal->tail = &journal->queue;
	}
	pthread_mutex_unlock(&journal->lock);
	return more;
}

static bool is_idle(struct journal *journal)
{
	pthread_mutex_lock(&journal->lock);
	bool idle = !journal->queue;
	pthread_mutex_unlock(&journal->lock);
	return idle;
}

static void *run_journal(void *user)
{
	static const struct timespec retry = {.tv_nsec = RETRY_MS * 1000000L};
	struct journal *journal = user;
	while (take_work(journal)) {
		int r = commit_in_hand(journal);
		if (r == -ENOSPC) {
			nanosleep(&retry, NULL);
		} else if (r != 0 || tidy(journal, is_idle(journal)) != 0) {
			break;
		}
	}
	return NULL;
}

static int start(struct journal *journal)
{
	struct journal_entry last;
	int r = store_last(journal->store, &last);
	if (r < 0 || r == JOURNAL_DAMAGED) {
		return r;
	}
	journal->appended = r == 0 ? last.seq : 0;
	journal->status.committed = journal->appended;
	r = pthread_create(&journal->thread, NULL, run_journal, journal);
	journal->started = r == 0;
	return -r;
}

int journal_create(const struct journal_config *config, struct journal **ret_journal)
{
	cleanup(journal_destroy) struct journal *journal = calloc(1, sizeof(*journal));
	if (!journal) {
		return -ENOMEM;
	}
	pthread_mutex_init(&journal->storage, NULL);
	pthread_mutex_init(&journal->finding, NULL);
	pthread_mutex_init(&journal->lock, NULL);
	pthread_cond_init(&journal->work, NULL);
	pthread_cond_init(&journal->progress, NULL);
	journal->tail = &journal->queue;
	journal->wake = config->wake;
	journal->user = config->user;
	int r = store_create(config->path, config->now, &journal->store);
	if (r == 0) {
		r = start(journal);
	}
	if (r == 0) {
		*ret_journal = journal;
		journal = NULL;
	}
	return r;
}

void journal_destroy(struct journal *journal)
{
	if (!journal) {
		return;
	}
	if (journal->started) {
		pthread_mutex_lock(&journal->lock);
		journal->stopping = true;
		pthread_cond_signal(&journal->work);
		pthread_mutex_unlock(&journal->lock);
		pthread_join(journal->thread, NULL);
	}
	free_batches(journal->in_hand);
	free_batches(journal->queue);
	store_destroy(journal->store);
	pthread_cond_destroy(&journal->progress);
	pthread_cond_destroy(&journal->work);
	pthread_mutex_destroy(&journal->lock);
	pthread_mutex_destroy(&journal->finding);
	pthread_mutex_destroy(&journal->storage);
	free(journal);
}

static bool follows(const struct journal_entry *entries, size_t n, int64_t last)
{
	for (size_t i = 0; i < n; i++) {
		if (entries[i].seq != last + 1 + (int64_t)i) {
			return false;
		}
	}
	return n > 0;
}

/* With the lock held. */
static int admit(const struct journal *journal, const struct journal_entry *entries, size_t n)
{
	if (journal->status.failed) {
		return journal->status.failed;
	}
	if (!follows(entries, n, journal->appended)) {
		return -EINVAL;
	}
	return journal->status.queued + (int64_t)n > JOURNAL_QUEUE_MAX ? JOURNAL_BUSY : 0;
}

int journal_append(struct journal *journal, const struct journal_entry *entries, size_t n)
{
	struct store_batch *batch = copy_batch(entries, n);
	if (!batch) {
		return -ENOMEM;
	}
	pthread_mutex_lock(&journal->lock);
	int r = admit(journal, entries, n);
	if (r == 0) {
		*journal->tail = batch;
		journal->tail = &batch->next;
		journal->appended += (int64_t)n;
		journal->status.queued += (int64_t)n;
		batch = NULL;
		pthread_cond_signal(&journal->work);
	}
	pthread_mutex_unlock(&journal->lock);
	free(batch);
	return r;
}

void journal_status(struct journal *journal, struct journal_status *ret_status)
{
	pthread_mutex_lock(&journal->lock);
	*ret_status = journal->status;
	pthread_mutex_unlock(&journal->lock);
}

int journal_flush(struct journal *journal)
{
	pthread_mutex_lock(&journal->lock);
	const struct journal_status *status = &journal->status;
	while (status->committed < journal->appended && !status->failed && !status->stalled) {
		pthread_cond_wait(&journal->progress, &journal->lock);
	}
	int r = status->failed ? status->failed : status->stalled;
	pthread_mutex_unlock(&journal->lock);
	return r;
}

static bool answers(const struct journal_entry *entry, const char *client, const char *command)
{
	return entry->client && entry->command && strcmp(entry->client, client) == 0 &&
	       strcmp(entry->command, command) == 0;
}

static int64_t find_in(const struct store_batch *batch, const char *client, const char *command)
{
	int64_t found = 0;
	for (; batch; batch = batch->next) {
		for (size_t i = 0; i < batch->n; i++) {
			if (answers(&batch->entries[i], client, command)) {
				found = batch->entries[i].seq;
			}
		}
	}
	return found;
}

int journal_answer(
	struct journal *journal, const char *client, const char *command, int64_t *ret_seq)
{
	pthread_mutex_lock(&journal->lock);
	int64_t found = find_in(journal->queue, client, command);
	if (found == 0) {
		found = find_in(journal->in_hand, client, command);
	}
	pthread_mutex_unlock(&journal->lock);
	if (found > 0) {
		*ret_seq = found;
		return 0;
	}
	pthread_mutex_lock(&journal->finding);
	int r = store_answer(journal->store, client, command, ret_seq);
	pthread_mutex_unlock(&journal->finding);
	return r;
}

struct stamp journal_created(const struct journal *journal)
{
	return store_created(journal->store);
}

int journal_anchor(struct journal *journal, struct journal_anchor *ret_anchor)
{
	pthread_mutex_lock(&journal->storage);
	int r = store_anchor(journal->store, ret_anchor);
	pthread_mutex_unlock(&journal->storage);
	return r;
}

int journal_set_anchor(struct journal *journal, const struct journal_anchor *anchor)
{
	pthread_mutex_lock(&journal->storage);
	int r = store_set_anchor(journal->store, anchor);
	pthread_mutex_unlock(&journal->storage);
	return r;
}

static int set_mark(struct journal *journal, enum store_mark which, int64_t value)
{
	pthread_mutex_lock(&journal->storage);
	int r = store_set_mark(journal->store, which, value);
	pthread_mutex_unlock(&journal->storage);
	return r;
}

static int get_mark(struct journal *journal, enum store_mark which, bool *ret_set)
{
	int64_t value = 0;
	pthread_mutex_lock(&journal->storage);
	int r = store_get_mark(journal->store, which, &value);
	pthread_mutex_unlock(&journal->storage);
	*ret_set = value != 0;
	return r;
}

int journal_begin_draft(struct journal *journal)
{
	return set_mark(journal, STORE_MARK_DRAFT, 1);
}

/* A crash between the two leaves a draft. */
int journal_end_draft(struct journal *journal)
{
	int r = set_mark(journal, STORE_MARK_UNOPENED, 1);
	return r == 0 ? set_mark(journal, STORE_MARK_DRAFT, 0) : r;
}

int journal_is_draft(struct journal *journal, bool *ret_draft)
{
	return get_mark(journal, STORE_MARK_DRAFT, ret_draft);
}

int journal_is_first_opening(struct journal *journal, bool *ret_first)
{
	int r = get_mark(journal, STORE_MARK_UNOPENED, ret_first);
	return r == 0 && *ret_first ? set_mark(journal, STORE_MARK_UNOPENED, 0) : r;
}

int journal_last(struct journal *journal, struct journal_entry *ret_entry)
{
	pthread_mutex_lock(&journal->storage);
	int r = store_last(journal->store, ret_entry);
	pthread_mutex_unlock(&journal->storage);
	return r;
}
