/*
 * Files that people of this site have given for the centre, kept in a folder until the centre has
 * them: DOCUMENT, and its ticket DOCUMENT.json (kept_paper of proto/schema/panel.json), which is
 * written when all of the file is on disk. They go on from where they were after a restart.
 */
#ifndef DIEMCAU_ENDPOINT_PAPERS_KEPT_PAPERS_H
#define DIEMCAU_ENDPOINT_PAPERS_KEPT_PAPERS_H

#include <stddef.h>
#include <stdio.h>

#include "panel_msg.h"

enum { KEPT_PAPER_PATH_SIZE = 4096 };

/*
 * A file that begins to come, under a name that nobody else has. 0 or a negative errno; the caller
 * closes the file, then calls kept_paper_finish or unlinks the path.
 */
int kept_paper_begin(const char *folder, FILE **ret_file, char ret_path[KEPT_PAPER_PATH_SIZE]);
/* All of it is on disk: it takes the place of what was kept of the document before. */
int kept_paper_finish(const char *folder, const struct kept_paper *paper, const char *path);

/* 0 or a negative errno. */
int kept_paper_open(const char *folder, const char *document, FILE **ret_file);
/* Writes its ticket anew. */
int kept_paper_note(const char *folder, const struct kept_paper *paper);
void kept_paper_drop(const char *folder, const char *document);

/* The tickets of the folder, into a list with room for `most`; what has none is removed. */
size_t kept_papers_list(const char *folder, struct kept_paper *list, size_t most);

#endif
