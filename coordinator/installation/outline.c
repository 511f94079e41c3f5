#include "coordinator/installation/outline.h"

#include <errno.h>

#include "cleanup.h"
#include "coordinator/journal/record.h"

DEFINE_CLEANUP(struct meeting *, mtg_destroy)
DEFINE_CLEANUP(struct journal_reader *, journal_reader_destroy)

/* The core wants numbers without a gap; those of the events between are left out. */
static int add(void *user, const struct journal_entry *entry)
{
	struct meeting *meeting = user;
	struct mtg_record record;
	struct msg_error error;
	int r = record_decode(entry, &record, &error);
	if (r == 0) {
		record.seq = mtg_last_seq(meeting) + 1;
		mtg_apply(meeting, &record);
	}
	return r;
}

int outline_read(const char *journal, struct about *ret_about)
{
	struct meeting *meeting cleanup(mtg_destroy) = mtg_create();
	struct journal_reader *reader cleanup(journal_reader_destroy) = NULL;
	if (!meeting) {
		return -ENOMEM;
	}
	int r = journal_reader_create(journal, &reader);
	if (r == 0) {
		r = journal_read_named(reader, "meeting.*", add, meeting);
	}
	if (r == 0) {
		*ret_about = *mtg_about(meeting);
	}
	return r;
}
