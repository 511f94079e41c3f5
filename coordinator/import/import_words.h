/* What is said to people of tables that were read: names of sheets and parts, notes. */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_WORDS_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_WORDS_H

#include "coordinator/import/import.h"

enum { IMPORT_LINE_SIZE = 4096, IMPORT_SHEET_NAME_SIZE = 256 };

/* Why a file was not read, for an enum sheets_fault. */
enum text_id import_fault_text(int fault);

/* "programme (agenda.csv)" */
enum text_id import_part_text(enum import_part part);

/* What people call a field, and a part, where that is a title: "Start", "Programme". */
enum text_id import_column_title(enum import_column column);
enum text_id import_part_title(enum import_part part);

/* The sheet at this place of a file: «sheet “Programme”», "table 2" of a document. */
void import_sheet_name(const struct import_file *file, size_t at, enum language language,
	char ret_name[static IMPORT_SHEET_NAME_SIZE]);

/* What of a row, or of a table, is to be looked at. */
void import_note_sentence(const struct import_note *note, enum language language,
	char ret_line[static IMPORT_LINE_SIZE]);

/*
 * What of a file was not read, or only in part: a sentence each, to a function that hears them in
 * order.
 */
typedef int import_hear(void *user, const char *sentence);
int import_unread(const struct import *import, const struct import_file *file,
	enum language language, import_hear *hear, void *user);

/* Whether a table of a plan was found in the sheet. */
bool import_has_table(const struct import *import, const struct sheet *sheet);

/* The row that became of a row of a table; NULL: none did. */
const struct import_row *import_row_at(const struct import *import, size_t table, size_t row);

/* The columns that a part's rows are shown by, IMPORT_NONE behind. */
const enum import_column *import_shown_columns(enum import_part part);

#endif
