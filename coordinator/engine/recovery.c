#include "coordinator/engine/recovery.h"

#include "coordinator/journal/record.h"

struct folding {
	struct meeting *pending;
	struct meeting *committed;
	struct reply_cache *cache;
};

static int remember_answer(struct reply_cache *cache, const struct journal_entry *entry,
	const struct mtg_record *record)
{
	if (!entry->client || !entry->command) {
		return 0;
	}
	const struct reply *cached = reply_cache_find(cache, entry->client, entry->command);
	struct reply answer = cached ? *cached : (struct reply){0};
	reply_add_event(&answer, record->seq, &record->event);
	return reply_cache_put(cache, entry->client, entry->command, &answer);
}

static int fold(void *user, const struct journal_entry *entry, const struct mtg_record *record)
{
	struct folding *folding = user;
	mtg_apply(folding->pending, record);
	mtg_apply(folding->committed, record);
	return remember_answer(folding->cache, entry, record);
}

int recover_meetings(const char *path, struct meeting *pending, struct meeting *committed,
	struct reply_cache *cache)
{
	struct folding folding = {.pending = pending, .committed = committed, .cache = cache};
	struct journal_reader *reader;
	int r = journal_reader_create(path, &reader);
	if (r != 0) {
		return r;
	}
	int64_t last;
	r = replay(reader, 1, fold, &folding, &last);
	journal_reader_destroy(reader);
	return r == 0 && mtg_check(committed) ? JOURNAL_DAMAGED : r;
}

int recover_clock(struct journal *journal, struct clock *clock, struct recovery *ret_resumption)
{
	struct clock_reading reading;
	int r = clock_read(&reading);
	if (r < 0) {
		return r;
	}
	struct journal_anchor anchor;
	r = journal_anchor(journal, &anchor);
	if (r != 0 && r != JOURNAL_UNKNOWN) {
		return r;
	}
	ret_resumption->resumed = r == 0;
	struct journal_entry last;
	if (r == JOURNAL_UNKNOWN) {
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
