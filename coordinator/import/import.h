/*
 * Tables of an office taken into a plan: which tables there are and what of a plan they are, row by
 * row what was understood and what was not, and how the plan's parts become by it.
 *
 * What the office says goes before what the plan has, and what it does not say stays: ids of items,
 * their kinds, lists, the sites of units. An item or a site is the one of the plan by its id, title
 * or name; whatever marks, capitals and spaces it is written with.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_H

#include "coordinator/import/import_rows.h"
#include "coordinator/import/import_table.h"
#include "proto/gen/words.h"

enum {
	IMPORT_FILES_MAX = 16,
	IMPORT_TABLES_MAX = 64, /* of all files together */
	IMPORT_NOTES_MAX = 2000, /* more are counted, not stored */
	IMPORT_CORRECTIONS_MAX = 256,
};

/* Something to say of a row, or of a whole table. */
struct import_note {
	size_t table;
	size_t row; /* from 1; 0: of the table */
	enum text_id text;
	const char *column; /* the title of the column; "" : none */
	const char *value; /* what stands there, or what was taken for it */
};

/* A file that was read. */
struct import_file {
	const char *name;
	struct sheets *sheets;
	bool guessed_encoding;
};

/* What a cell is to say instead. */
struct import_correction {
	const char *text; /* as it was given */
	const char *value;
	size_t row, column; /* from 0 */
	size_t name_length; /* of the sheet's name, with which the text begins; 0: the first sheet
			     */
	bool used;
};

struct import {
	const struct plan *plan; /* borrowed */
	struct msg_arena arena;
	struct import_file files[IMPORT_FILES_MAX];
	size_t n_files;
	struct import_table tables[IMPORT_TABLES_MAX];
	const struct import_file *files_of[IMPORT_TABLES_MAX];
	size_t n_tables;
	struct import_rows read[IMPORT_PARTS]; /* as the tables say */
	struct import_rows before[IMPORT_PARTS]; /* as the plan has it */
	struct import_rows merged[IMPORT_PARTS];
	struct import_note notes[IMPORT_NOTES_MAX];
	size_t n_notes, n_notes_lost;
	struct import_correction corrections[IMPORT_CORRECTIONS_MAX];
	size_t n_corrections;
};

/* For import_destroy; NULL: no memory. The plan outlives it. */
struct import *import_create(const struct plan *plan);
void import_destroy(struct import *import);

/*
 * Reads one file: a workbook, a document, or a text with separators (CSV), by what is in it; the
 * first two in a process of their own (sheets_apart.h). 0, an enum sheets_fault, or a negative
 * errno.
 */
int import_file(struct import *import, const char *path);

/*
 * The same of sheets that were read already, which become the import's; so they are where this
 * fails. 0, -ENOSPC or -ENOMEM.
 */
int import_sheets(struct import *import, const char *name, struct sheets *sheets);

/* Puts all that was read and the plan together. 0 or -ENOMEM. */
int import_merge(struct import *import);

/* Whether tables of the part were read, or the part changes by those of another. */
bool import_touches(const struct import *import, enum import_part part);

/*
 * Has a cell of the files that are read from here on say something else: "B7=07:30", or
 * "Chương trình!B7=07:30" (of documents "2!B7=…", the second table). The text is borrowed. False:
 * it is no such text, or there is no room for more.
 */
bool import_correct(struct import *import, const char *text);

/* Only whether it is such a text. */
bool import_correction_read(const char *text, struct import_correction *ret_correction);

/* The first correction whose cell was in no file; NULL: all were used. */
const char *import_correction_unused(const struct import *import);

/* For the room's own files: adds a note. 0 or -ENOMEM. */
int import_tell(struct import *import, const struct import_note *note);

#endif
