/*
 * Sessions on disk: one file of mode 0600, replaced whole (atomic_file.h), that holds the digest of
 * each session's secret and never the secret (docs/decisions/011-sessions-survive.md).
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_SESSION_FILE_H
#define DIEMCAU_COORDINATOR_IDENTITY_SESSION_FILE_H

#include "coordinator/identity/sessions.h"
#include "identity_msg.h"

/* May take as long as the disk: for a worker. 0 or a negative errno; the old file stands then. */
int session_file_write(const char *path, const struct stored_sessions *stored);

/*
 * Take up what a file holds, as sessions_restore does. 0, also where there is no file; -EBADMSG for
 * one that is damaged; another negative errno.
 */
int session_file_read(const char *path, struct now now, struct sessions *sessions);

#endif
