/* A message of proto/schema as a whole file (atomic_file.h). Both wait for the disk. */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_MESSAGE_FILE_H
#define DIEMCAU_COORDINATOR_IDENTITY_MESSAGE_FILE_H

#include "proto/codec/codec.h"

/* 0 or a negative errno; the old file remains then. */
int message_file_write(const char *path, const struct msg_type *type, const void *message);

/*
 * What the file holds; what the message points to is in the arena. 0; -ENOENT; -EBADMSG for one
 * that is damaged; another negative errno.
 */
int message_file_read(
	const char *path, const struct msg_type *type, struct msg_arena *arena, void *ret_message);

#endif
