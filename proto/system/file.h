/*
 * Files from untrusted sources: opened without blocking, read only if they are regular files, and
 * up to a limit.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_FILE_H
#define DIEMCAU_PROTO_SYSTEM_FILE_H

#include <stddef.h>

/*
 * Reads a whole file of at most `most` bytes into *ret_bytes (NUL after its size; the caller frees
 * it). 0; -EFBIG for a larger file, of which nothing is read; -EINVAL if it is not a regular file
 * (a pipe, a device, a folder, a socket); another negative errno. Never blocks on another process.
 */
int file_read(const char *path, size_t most, char **ret_bytes, size_t *ret_size);

/* The meaning of such an error, for people; static or of strerror. */
const char *file_fault_text(int error);

#endif
