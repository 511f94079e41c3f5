/*
 * Sessions on disk: one file of mode 0600, replaced whole (store.h), that holds the digest of each
 * session's secret and never the secret (docs/decisions/011-sessions-survive.md).
 */
#ifndef DIEMCAU_IDENTITY_KEPT_H
#define DIEMCAU_IDENTITY_KEPT_H

#include "coordinator/identity/sessions.h"
#include "identity_msg.h"

/* May take as long as the disk: for a worker. 0 or a negative errno; the old file stands then. */
int kept_write(const char *path, const struct kept_sessions *kept);

/*
 * Take up what a file holds, as sessions_restore does. 0, also where there is no file; -EBADMSG for
 * one that is damaged; another negative errno.
 */
int kept_read(const char *path, struct now now, struct sessions *sessions);

#endif
