/*
 * What was understood of an office's tables, as values for a page: each table row by row with what
 * stands in its cells, what was taken of it, and what is to be looked at.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_PREVIEW_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_PREVIEW_H

#include "coordinator/import/import.h"
#include "http_msg.h"

/*
 * After import_merge: fills in what was not read, tables and rows that go. What is longer than the
 * protocol's texts is cut; rows beyond PREVIEW_LINES_MAX are counted. All of it lasts as long as
 * the arena. 0 or -ENOMEM.
 */
int import_preview_fill(const struct import *import, enum language language,
	struct msg_arena *arena, struct import_preview *preview);

/* The column of a table that is this field of the plan. False: none is. */
bool import_preview_column(const struct import_table *table, const char *field,
	char ret_column[static CELL_COLUMN_SIZE]);

/* A text into a member of a preview, cut at so many characters. */
void import_preview_copy(char *to, size_t size, size_t characters, const char *from);

#define PREVIEW_TEXT(to, from) import_preview_copy((to), sizeof(to), CELL_TEXT_CHARS, (from))
#define PREVIEW_SENTENCE(to, from)                                                                 \
	import_preview_copy((to), sizeof(to), IMPORT_SENTENCE_CHARS, (from))

#endif
