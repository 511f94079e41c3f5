/* What the system refused, as a sentence that says what to do about it. */
#ifndef DIEMCAU_PROTO_SYSTEM_SAY_ERRNO_H
#define DIEMCAU_PROTO_SYSTEM_SAY_ERRNO_H

#include <stddef.h>

/*
 * "WHAT: ..." for an errno (ENOENT, not -ENOENT), in the language of language.h, into `out` of
 * `size` bytes; where there is no sentence of ours, the C library's words.
 */
void errno_sentence(char *out, size_t size, const char *what, int error);
/* The same of reading a file by file_read. */
void file_sentence(char *out, size_t size, const char *path, int error);

/* "PROGRAM: WHAT: ..." on standard error. */
void say_errno(const char *program, const char *what, int error);

#endif
