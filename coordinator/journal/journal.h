/*
 * The journal: the append-only list of all events of one meeting.
 *
 * This header is the port; store.c is the storage behind it. One thread (the loop) queues entries
 * and the journal's own thread writes them: everything queued goes into one transaction, and when
 * it is on disk the owner is woken and journal_status() shows the highest committed number. No
 * event may be sent to a peer before its number is committed.
 *
 * While the disk is full the journal keeps its queue and tries again (state `stalled`): a
 * transaction refused for lack of space has certainly not happened. After any other fault the
 * contents of the disk are unknown: the journal takes no more work, and the process must stop and
 * read again.
 *
 * The journal reads no clock and parses no message: `by` and `data` are opaque JSON texts.
 */
#ifndef DIEMCAU_COORDINATOR_JOURNAL_JOURNAL_H
#define DIEMCAU_COORDINATOR_JOURNAL_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "units.h"

enum {
	JOURNAL_FORMAT = 2,
	JOURNAL_HASH_BYTES = 32, /* SHA-256 */
	JOURNAL_BOOT_ID_SIZE = 40,
	/* Entries queued and not yet committed; a disk stalled for 10 s at 1 000 events/s fits. */
	JOURNAL_QUEUE_MAX = 16384,
};

/* Refusals, beside the negative errno-like faults. */
enum journal_refusal {
	JOURNAL_NEWER = 1, /* written by a later format than this program knows */
	JOURNAL_FOREIGN, /* a file, but not a journal of ours */
	JOURNAL_DAMAGED, /* numbers are missing, or the storage says that it is corrupt */
	JOURNAL_BUSY, /* JOURNAL_QUEUE_MAX entries wait already */
	JOURNAL_UNKNOWN, /* nothing is stored under this key */
};

struct journal;
struct journal_reader;

/* One event. Pointers are borrowed for the call; client and command are NULL for the system's own.
 */
struct journal_entry {
	int64_t seq;
	struct instant at;
	struct stamp wall;
	const char *by; /* the actor, JSON */
	const char *client; /* instance that sent the command */
	const char *command; /* its command id, unique per client */
	const char *name; /* event name */
	const char *data; /* event data, JSON */
	/* Of an entry that was read: of it and all before it. NULL in a file of format 1. The
	 * journal makes it: in an entry that is appended it is not looked at. */
	const uint8_t *hash;
};

/*
 * Ties the timeline to a boot of the machine: while boot_id is the same, instant = at + (boottime -
 * boottime_ms). On another boot the timeline goes on from the last entry by the wall clock.
 */
struct journal_anchor {
	char boot_id[JOURNAL_BOOT_ID_SIZE];
	int64_t boottime_ms;
	struct instant at;
	struct stamp wall;
};

struct journal_config {
	const char *path; /* made if it is not there; beside it stand -wal, -shm and .lock */
	struct stamp now; /* the time of creation of a new journal */
	void (*wake)(
		void *user); /* called on the journal thread after each commit and at a fault */
	void *user;
};

/* committed: highest number on disk. stalled: -ENOSPC while the disk is full. failed: the fault. */
struct journal_status {
	int64_t committed;
	int64_t queued;
	int stalled;
	int failed;
};

/*
 * Opens or creates the journal and starts its thread. Refusals: JOURNAL_NEWER, JOURNAL_FOREIGN,
 * JOURNAL_DAMAGED. Faults: -EBUSY where another process has it open, and those of the disk.
 */
int journal_create(const struct journal_config *config, struct journal **ret_journal);

/* Commits what is queued (unless failed or stalled), stops the thread, closes. NULL is allowed. */
void journal_destroy(struct journal *journal);

/*
 * Queues `n` entries, numbered on from the last ones queued; they are committed together, never in
 * part. Copies everything. Refusal: JOURNAL_BUSY, nothing taken. Faults: -EINVAL (numbers do not
 * follow), -ENOMEM, or the fault that stopped the journal.
 */
int journal_append(struct journal *journal, const struct journal_entry *entries, size_t n);

/* What is committed, queued or wrong, at this moment. Any thread. */
void journal_status(struct journal *journal, struct journal_status *ret_status);

/* Waits until all that was queued is committed. 0, or the fault or stall that prevents it. */
int journal_flush(struct journal *journal);

/*
 * The answer stored for a command: the number of its last event, which may still be queued.
 * Refusal: JOURNAL_UNKNOWN.
 */
int journal_answer(
	struct journal *journal, const char *client, const char *command, int64_t *ret_seq);

/* Time of creation of this journal. */
struct stamp journal_created(const struct journal *journal);

/* The anchor last set. Refusal: JOURNAL_UNKNOWN in a new journal. */
int journal_anchor(struct journal *journal, struct journal_anchor *ret_anchor);

/* Stores `anchor`, committed on return: called once at each start, before the first append. */
int journal_set_anchor(struct journal *journal, const struct journal_anchor *anchor);

/*
 * Importing a plan takes many commits. Between begin and end the journal is a draft: opened again
 * as a draft, it shows that the import did not finish. On disk on return.
 */
int journal_begin_draft(struct journal *journal);
int journal_end_draft(struct journal *journal);
int journal_is_draft(struct journal *journal, bool *ret_draft);
/*
 * Whether nobody has opened the journal since its import ended: true once, then it is on disk that
 * somebody has.
 */
int journal_is_first_opening(struct journal *journal, bool *ret_first);

/* Number and times of the last committed entry. Refusal: JOURNAL_UNKNOWN where there is none. */
int journal_last(struct journal *journal, struct journal_entry *ret_entry);

/*
 * A reader has its own connection: any thread may create one and use it while entries are written.
 * It sees committed entries. It may outlive the journal.
 */
int journal_reader_create(const char *path, struct journal_reader **ret_reader);
void journal_reader_destroy(struct journal_reader *reader);

/*
 * Called with each entry in order; pointers are valid during the call. Not 0 ends the reading with
 * that value.
 */
typedef int journal_visit(void *user, const struct journal_entry *entry);

/*
 * Visits at most `limit` entries from number `from` on. 0 at the end of the page or of the journal
 * (`ret_next`: the number to go on from; unchanged from `from` if there was nothing), the visitor's
 * value, or a fault.
 */
int journal_read(struct journal_reader *reader, int64_t from, size_t limit, journal_visit *visit,
	void *user, int64_t *ret_next);

/*
 * Visits all entries whose name matches the pattern (SQLite's GLOB: "meeting.*"), in order. 0, the
 * visitor's value, or a fault.
 */
int journal_read_named(
	struct journal_reader *reader, const char *pattern, journal_visit *visit, void *user);

#endif
