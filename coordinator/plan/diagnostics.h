/* What is wrong with a plan, as one list of everything, each by file, row and field. */
#ifndef DIEMCAU_COORDINATOR_PLAN_DIAGNOSTICS_H
#define DIEMCAU_COORDINATOR_PLAN_DIAGNOSTICS_H

#include <stddef.h>

#include "domain_msg.h"
#include "proto/codec/type_table.h"

enum {
	PLAN_DIAGNOSTICS_MAX = 1000, /* more are counted, not stored */
	PLAN_FILE_SIZE = 24,
	PLAN_FIELD_SIZE = 64,
	PLAN_TEXT_SIZE = 160,
	PLAN_SENTENCE_SIZE = 1024,
};

/* Stable words; plan_diagnostic_word() gives them as text. */
enum plan_diagnostic_code {
	PLAN_DIAGNOSTIC_UNSET,
	PLAN_FILE_MISSING,
	PLAN_FILE_TWICE, /* as JSON and as CSV */
	PLAN_FILE_NO_FILE, /* a folder, a pipe, a device */
	PLAN_FILE_UNREADABLE, /* the system says why */
	PLAN_FILE_TOO_LARGE,
	PLAN_NOT_JSON,
	PLAN_CSV_QUOTE,
	PLAN_CSV_CELLS, /* more cells than the first row has names */
	PLAN_CSV_CONTROL,
	PLAN_CSV_ENCODING,
	PLAN_COLUMN_TWICE,
	PLAN_MISSING,
	PLAN_UNKNOWN_FIELD,
	PLAN_WRONG_TYPE,
	PLAN_UNKNOWN_WORD,
	PLAN_OUT_OF_RANGE,
	PLAN_WRONG_LENGTH,
	PLAN_WRONG_FORM,
	PLAN_WRONG_COUNT,
	PLAN_DUPLICATE,
	PLAN_NO_SUCH_DAY,
	PLAN_UNKNOWN_SITE,
	PLAN_UNKNOWN_REGION,
	PLAN_UNKNOWN_LIST,
	PLAN_MAIN_VENUE, /* not exactly one site of kind main, the one meeting.json names */
	PLAN_DAY_OUT, /* an item's day is before the meeting's date, or long after it */
	PLAN_DAY_ALONE, /* an item's day without a start */
	PLAN_OVERLAP, /* an item begins before the one above it is planned to end */
	PLAN_FIXED_END, /* not after the item's start */
	PLAN_OWNER, /* a document has no owner, or one site and every site */
	PLAN_DIAGNOSTIC_CODE_END,
};

/*
 * row: of a CSV file as a spreadsheet counts, of a JSON file the element from 1, of a file that is
 * no JSON the line; 0: the file.
 */
struct plan_diagnostic {
	enum plan_diagnostic_code code;
	char file[PLAN_FILE_SIZE];
	size_t row;
	char field[PLAN_FIELD_SIZE];
	char text[PLAN_TEXT_SIZE]; /* the text found; may be empty */
	const struct msg_type *wanted; /* what is expected there; NULL: the code says all */
};

/* All zeroes is an empty list. */
struct plan_diagnostics {
	struct plan_diagnostic *list;
	size_t n;
	size_t capacity;
	size_t n_lost; /* beyond PLAN_DIAGNOSTICS_MAX, or without memory */
};

void plan_diagnostics_finish(struct plan_diagnostics *faults);

/* Adds one; field and text may be NULL, and are cut to fit at the end of a character. */
void plan_diagnostics_add(struct plan_diagnostics *faults, enum plan_diagnostic_code code,
	const char *file, size_t row, const char *field, const char *text);

/* Adds one for a value that breaks the schema. */
void plan_diagnostics_add_form(struct plan_diagnostics *faults, enum plan_diagnostic_code code,
	const char *file, size_t row, const char *field, const struct msg_type *wanted);

/* Sorts by file, then by row. */
void plan_diagnostics_sort(struct plan_diagnostics *faults);

/* "unknown_site" …: stable. */
const char *plan_diagnostic_word(enum plan_diagnostic_code code);

/* The fault as one line: «speaking.csv, row 4, site: …», in the language asked for. */
void plan_diagnostic_sentence(const struct plan_diagnostic *fault, enum language language,
	char out[static PLAN_SENTENCE_SIZE]);

#endif
