/* Whole files, replaced all at once: what a reader opens is either the old file or the new one. */
#ifndef DIEMCAU_COORDINATOR_IDENTITY_ATOMIC_FILE_H
#define DIEMCAU_COORDINATOR_IDENTITY_ATOMIC_FILE_H

#include <stddef.h>

enum {
	ATOMIC_FILE_SIZE_MAX = 8 * 1024 * 1024, /* 16384 credentials take 4 MiB */
	ATOMIC_FILE_PATH_MAX = 1024,
};

/*
 * Write path by way of a temporary beside it (mode 0600), fsync, rename and fsync of the folder.
 * 0 or a negative errno; on failure the old file stands and no temporary is left.
 */
int atomic_file_replace(const char *path, const void *bytes, size_t size);

/*
 * Read a whole file of at most ATOMIC_FILE_SIZE_MAX bytes into *ret_bytes (NUL-terminated beyond
 * its size; the caller frees it). 0 or a negative errno; -EFBIG when it is larger, -EINVAL unless
 * it is a regular file.
 */
int atomic_file_read(const char *path, char **ret_bytes, size_t *ret_size);

/*
 * Sync the folder that holds this path: after a rename, or when the path was created. 0 or a
 * negative errno.
 */
int atomic_file_sync_folder_of(const char *path);

/* Create a folder of mode 0700; an existing one is fine. 0 or a negative errno. */
int atomic_file_make_folder(const char *path);

/* dir "/" name into path. 0, or -ENAMETOOLONG. */
int atomic_file_path(char path[ATOMIC_FILE_PATH_MAX], const char *dir, const char *name);

#endif
