/*
 * The files that the centre has handed out, in a folder of this machine: each under the SHA-256 of
 * its contents, and what has come of one that is still on its way under that name and ".part". What
 * the centre calls a file is no part of a path.
 */
#ifndef DIEMCAU_ENDPOINT_PAPERS_HANDED_FILES_H
#define DIEMCAU_ENDPOINT_PAPERS_HANDED_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { HANDED_FILE_PATH_SIZE = 4096 };

/* Where a whole file is, or is to be. 0 or -ENAMETOOLONG. */
int handed_file_path(const char *folder, const char *digest, char path[HANDED_FILE_PATH_SIZE]);
bool handed_file_is_here(const char *folder, const char *digest);
/* Bytes of it that are here; `whole`: as many as it has. */
uint64_t handed_file_size(const char *folder, const char *digest, uint64_t whole);

/* What has come of it, to be appended to; *ret_size: bytes that it has. 0 or a negative errno. */
int handed_file_open(const char *folder, const char *digest, FILE **ret_file, uint64_t *ret_size);
/* All of it has come: it gets its name. 0; -EBADMSG: it is another, and gone; a negative errno. */
int handed_file_finish(const char *folder, const char *digest);

/* Removes what is not in the list of digests, whole or not. */
void handed_files_keep(const char *folder, const char *const *digests, size_t n_digests);

#endif
