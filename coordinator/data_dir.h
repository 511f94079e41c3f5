/*
 * The files in a coordinator's directory: meeting.sqlite is the running meeting, rehearsal.sqlite a
 * rehearsal, archive/ID.sqlite past ones; and their sessions.
 */
#ifndef DIEMCAU_COORDINATOR_DATA_DIR_H
#define DIEMCAU_COORDINATOR_DATA_DIR_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/engine/engine.h"

int data_dir_journal_path(char *ret, size_t size, const char *dir, bool rehearsal);
/*
 * Restrict the directory to its owner, and log what was open. 0; -EPERM where another user owns
 * something in it; another negative errno.
 */
int data_dir_guard(const char *dir);

/*
 * Log which secrets are still in the directory without need: join files not yet handed out, the
 * CA's key.
 */
void data_dir_warn_of_secrets(const char *dir);

/*
 * Meeting and rehearsal have separate sessions: both may run at one time, and each rewrites its
 * file.
 */
int data_dir_sessions_path(char *ret, size_t size, const char *dir, bool rehearsal);

/* Closed, and too long ago to be reopened. */
bool data_dir_is_over(struct engine *engine);

/* Move a journal that is not open to the archive; a rehearsal is deleted. 0 or an errno. */
int data_dir_archive(const char *dir, const char *journal, const char *meeting, bool rehearsal);

/* Delete a journal that is not open. 0 or an errno. */
int data_dir_discard(const char *journal);

/* What a refusal of the journal means, for a log. */
const char *storage_refusal_text(int refusal);

#endif
