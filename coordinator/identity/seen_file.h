/*
 * When the screens of display links were last connected, on disk: one file of mode 0600, replaced
 * whole (atomic_file.h). The coordinator writes it, command lines read it.
 */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_SEEN_FILE_H
#define DIEMCAU_COORDINATOR_IDENTITY_SEEN_FILE_H

#include "identity_msg.h"
#include "proto/codec/arena.h"

#define SEEN_FILE_NAME "displays_seen.json"

/* Blocks on the disk: call it on a worker. 0 or a negative errno; the old file remains then. */
int seen_file_write(const char *path, const struct seen_displays *seen);

/*
 * What the file holds, in the arena; nothing where there is no file. 0; -EBADMSG for one that is
 * damaged; another negative errno.
 */
int seen_file_load(const char *path, struct msg_arena *arena, struct seen_displays *ret_seen);

#endif
