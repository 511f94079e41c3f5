/* SHA-256 of files, as sha256sum(1) writes it, so that ordinary tools can check what we wrote. */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_FILE_DIGEST_H
#define DIEMCAU_COORDINATOR_IDENTITY_FILE_DIGEST_H

enum { FILE_DIGEST_SIZE = 65 }; /* hexadecimal, and NUL */

/* Of a regular file, which may be of any size. 0 or a negative errno. */
int file_digest(const char *path, char ret_digest[static FILE_DIGEST_SIZE]);

/*
 * Copies a regular file of any size to a new one, its owner's alone and on disk on return, and
 * tells the digest of what was copied. 0; -EEXIST; another negative errno.
 */
int file_digest_copy(const char *from, const char *to, char ret_digest[static FILE_DIGEST_SIZE]);

#endif
