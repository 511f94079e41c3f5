/*
 * Sessions on disk: one file of mode 0600, replaced whole (atomic_file.h), that holds the digest of
 * each session's secret and never the secret (docs/decisions/011-sessions-survive.md).
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_SESSION_FILE_H
#define DIEMCAU_COORDINATOR_IDENTITY_SESSION_FILE_H

#include "coordinator/identity/sessions.h"
#include "identity_msg.h"
#include "proto/codec/arena.h"

/* Blocks on the disk: call it on a worker. 0 or a negative errno; the old file remains then. */
int session_file_write(const char *path, const struct stored_sessions *stored);

/*
 * Restore the sessions of a file by sessions_restore. 0, also where there is no file; -EBADMSG for
 * one that is damaged; another negative errno.
 */
int session_file_read(const char *path, struct now now, struct sessions *sessions);

/* What the file holds, in the arena; nothing where there is no file. Faults as above. */
int session_file_load(
	const char *path, struct msg_arena *arena, struct stored_sessions *ret_stored);

#endif
