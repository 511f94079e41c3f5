/*
 * Where a coordinator's directory keeps meetings: meeting.sqlite is the one that runs,
 * rehearsal.sqlite a rehearsal, archive/ID.sqlite those that are over; and the sessions of either.
 */
#ifndef DIEMCAU_COORDINATOR_DATA_DIR_H
#define DIEMCAU_COORDINATOR_DATA_DIR_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/engine/engine.h"

int data_dir_journal_path(char *ret, size_t size, const char *dir, bool rehearsal);
/*
 * Close the directory to everybody but its owner, and say what was open. 0; -EPERM where somebody
 * else owns what lies in it; another negative errno.
 */
int data_dir_guard(const char *dir);

/*
 * Say which secrets still lie in the directory that it can do without: join files not yet handed
 * out, the authority's key.
 */
void data_dir_warn_of_secrets(const char *dir);

/* Each has sessions of its own: both may run at one time, and each writes its file whole. */
int data_dir_sessions_path(char *ret, size_t size, const char *dir, bool rehearsal);

/* Closed, and too long ago to be reopened. */
bool data_dir_is_over(struct engine *engine);

/* Move a journal that nobody has open to the archive; a rehearsal is thrown away. 0 or an errno. */
int data_dir_archive(const char *dir, const char *journal, const char *meeting, bool rehearsal);

/* Delete a journal that nobody has open. 0 or an errno. */
int data_dir_discard(const char *journal);

/* What a refusal of the journal means, for a log. */
const char *storage_refusal_text(int refusal);

#endif
