/*
 * The journal of a meeting in memory, to be played: its entries as texts, about 300 bytes each, and
 * when its items began. Read once; never changed.
 */
#ifndef DIEMCAU_COORDINATOR_ENGINE_RECORDING_H
#define DIEMCAU_COORDINATOR_ENGINE_RECORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "bounds.h"
#include "coordinator/journal/journal.h"
#include "coordinator/meeting/meeting.h"

struct recording;

/* When an item began, for the first time. */
struct recording_mark {
	char item[ITEM_ID_SIZE];
	struct instant at;
};

/*
 * Reads the journal at `path`. 0; JOURNAL_DAMAGED, also where the meeting that follows from it is
 * broken or there is no entry; another refusal or fault of journal.h.
 */
int recording_read(const char *path, struct recording **ret_recording);
/* NULL is allowed. */
void recording_destroy(struct recording *recording);

size_t recording_count(const struct recording *recording);
struct now recording_time(const struct recording *recording, size_t index);
/* Whether people did it or must know it: not links and media that come and go, not the plan. */
bool recording_is_notable(const struct recording *recording, size_t index);
/* How many entries are no later than this. */
size_t recording_until(const struct recording *recording, struct instant at);

/* The entry, without client and command, and its record; the texts are the recording's. */
int recording_record(const struct recording *recording, size_t index,
	struct journal_entry *ret_entry, struct mtg_record *ret_record);

/* When the meeting was assembled, else opened, else its first entry; when it was closed last. */
struct instant recording_begins(const struct recording *recording);
struct instant recording_ends(const struct recording *recording);
/* In order of time, at most ITEMS_MAX. */
const struct recording_mark *recording_marks(const struct recording *recording, size_t *ret_count);

#endif
