/*
 * Between the core's records and the journal's entries: the payloads are JSON of proto/schema, so
 * that other programs can read a journal.
 */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_RECORD_H
#define DIEMCAU_COORDINATOR_JOURNAL_RECORD_H

#include "coordinator/journal/journal.h"
#include "coordinator/meeting/meeting.h"
#include "proto/codec/codec.h"

enum {
	REPLAY_PAGE = 256, /* rows read at a time */
};

/*
 * Writes the texts of a record into `by` and `data` (emptied first) and fills *ret_entry, which
 * refers to them and to static words; client and command are NULL. 0, -ENOMEM, or -EINVAL for a
 * record that breaks the schema.
 */
int record_encode(const struct mtg_record *record, struct msg_text *by, struct msg_text *data,
	struct journal_entry *ret_entry);

/*
 * The record that an entry holds. 0, -ENOMEM, or JOURNAL_DAMAGED where the entry is no event of the
 * schema (*ret_error, not NULL, says why).
 */
int record_decode(const struct journal_entry *entry, struct mtg_record *ret_record,
	struct msg_error *ret_error);

/*
 * Called with each record in order, and with its entry; both are valid during the call. Not 0 ends
 * the replay with that value.
 */
typedef int replay_apply(
	void *user, const struct journal_entry *entry, const struct mtg_record *record);

/*
 * Hands every record from number `from` on to `apply`. 0 with the number of the last one in
 * *ret_last (from - 1 if there is none), JOURNAL_DAMAGED with the number of the bad one, what
 * `apply` returned, or a fault.
 */
int replay(struct journal_reader *reader, int64_t from, replay_apply *apply, void *user,
	int64_t *ret_last);

#endif
