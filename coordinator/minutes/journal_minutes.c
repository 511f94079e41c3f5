#include "coordinator/minutes/journal_minutes.h"

#include <errno.h>

#include "cleanup.h"
#include "coordinator/journal/hash_text.h"
#include "coordinator/journal/record.h"

DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)
DEFINE_CLEANUP(struct minutes_recorder *, minutes_recorder_destroy)

int journal_minutes_take(
	void *recorder, const struct journal_entry *entry, const struct mtg_record *record)
{
	minutes_recorder_add(recorder, record);
	minutes_recorder_set_head(recorder, hash_text(entry->hash).text);
	return 0;
}

int journal_minutes_read(const char *journal, struct minutes_recorder **ret_recorder)
{
	struct minutes_recorder *recorder cleanup(minutes_recorder_destroy) =
		minutes_recorder_create();
	struct journal_reader *reader cleanup(journal_reader_destroy) = NULL;
	int64_t last;
	int r = recorder ? journal_reader_create(journal, &reader) : -ENOMEM;
	if (r == 0) {
		r = replay(reader, 1, journal_minutes_take, recorder, &last);
	}
	if (r == 0) {
		*ret_recorder = recorder;
		recorder = NULL;
	}
	return r;
}
