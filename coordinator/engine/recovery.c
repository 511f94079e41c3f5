#include "coordinator/engine/recovery.h"

#include <errno.h>
#include <stdlib.h>

#include "coordinator/journal/record.h"

struct folding {
	struct meeting *pending;
	struct meeting *committed;
	struct reply_cache *cache;
	struct mtg_record record;
};

static int remember_answer(struct reply_cache *cache, const struct journal_entry *entry,
	const struct mtg_record *record)
{
	if (!entry->client || !entry->command) {
		return 0;
	}
	const struct reply *kept = reply_cache_find(cache, entry->client, entry->command);
	struct reply answer = kept ? *kept : (struct reply){0};
	reply_add_event(&answer, record->seq, &record->event);
	return reply_cache_put(cache, entry->client, entry->command, &answer);
}

static int fold_entry(void *user, const struct journal_entry *entry)
{
	struct folding *folding = user;
	struct mtg_record *record = &folding->record;
	struct msg_error error;
	int status = record_decode(entry, record, &error);
	if (status != 0) {
		return status;
	}
	if (record->seq != mtg_last_seq(folding->committed) + 1) {
		return JOURNAL_DAMAGED;
	}
	mtg_apply(folding->pending, record);
	mtg_apply(folding->committed, record);
	return remember_answer(folding->cache, entry, record);
}

static int fold_all(struct journal_reader *reader, struct folding *folding)
{
	int64_t from, next = 1;
	int status;
	do {
		from = next;
		status = journal_read(reader, from, REPLAY_PAGE, fold_entry, folding, &next);
	} while (status == 0 && next > from);
	return status == 0 && mtg_check(folding->committed) ? JOURNAL_DAMAGED : status;
}

int recover_meetings(const char *path, struct meeting *pending, struct meeting *committed,
	struct reply_cache *cache)
{
	struct journal_reader *reader;
	struct folding *folding = calloc(1, sizeof(*folding));
	if (!folding) {
		return -ENOMEM;
	}
	folding->pending = pending;
	folding->committed = committed;
	folding->cache = cache;
	int status = journal_reader_create(path, &reader);
	if (status == 0) {
		status = fold_all(reader, folding);
		journal_reader_destroy(reader);
	}
	free(folding);
	return status;
}

int recover_clock(struct journal *journal, struct clock *clock, struct recovery *ret_resumption)
{
	struct clock_reading reading;
	struct journal_anchor anchor;
	struct journal_entry last;
	int status = clock_read(&reading);
	if (status < 0) {
		return status;
	}
	status = journal_anchor(journal, &anchor);
	if (status != 0 && status != JOURNAL_UNKNOWN) {
		return status;
	}
	ret_resumption->resumed = status == 0;
	if (status == JOURNAL_UNKNOWN) {
		clock_begin(clock, &reading);
	} else {
		struct now latest = {anchor.at, anchor.wall};
		if (journal_last(journal, &last) == 0) {
			latest = (struct now){last.at, last.wall};
		}
		ret_resumption->how = clock_resume(clock, &reading, &anchor, latest);
	}
	return journal_set_anchor(journal, &clock->anchor);
}
