/*
 * Files that somebody else may have put there: opened without waiting, read only where they are
 * ordinary ones, and never more of them than was bargained for.
 */
#ifndef DIEMCAU_PROTO_SYSTEM_FILE_H
#define DIEMCAU_PROTO_SYSTEM_FILE_H

#include <stddef.h>

/*
 * Read a whole file of at most `most` bytes into *ret_bytes (NUL beyond its size; the caller frees
 * it). 0; -EFBIG for a larger one, of which nothing is read; -EINVAL for what is no ordinary file
 * (a pipe, a device, a folder, a socket); another negative errno. Never waits for another end.
 */
int file_read(const char *path, size_t most, char **ret_bytes, size_t *ret_size);

/* What a fault of these means, for people; static or of strerror. */
const char *file_fault_text(int fault);

#endif
