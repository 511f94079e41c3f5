/*
 * The name that people see of a file, made of what its sender calls it. It is never a path: files
 * are kept by content. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_PAPERS_PAPER_NAME_H
#define DIEMCAU_COORDINATOR_PAPERS_PAPER_NAME_H

#include "domain_msg.h"

/*
 * What stands behind the last slash or backslash, without characters that cannot be seen or that
 * turn the direction of writing, without dots at its beginning, cut to DISPLAY_NAME_CHARS; with the
 * ending of what the file is. Where nothing is left: "tai-lieu" with that ending.
 */
void paper_name_make(const char *given, enum file_type type, char ret[static DISPLAY_NAME_SIZE]);

#endif
