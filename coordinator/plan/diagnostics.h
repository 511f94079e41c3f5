/*
 * What is wrong with a plan, as one list of everything, each by file, place and field; and beside
 * the faults the notes: what a plan may have, and probably should not.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_DIAGNOSTICS_H
#define DIEMCAU_COORDINATOR_PLAN_DIAGNOSTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
	PLAN_FOLDER_MISSING,
	PLAN_FOLDER_NO_FOLDER, /* a file */
	PLAN_FOLDER_EMPTY, /* no file of a plan */
	PLAN_FILE_MISSING,
	PLAN_FILE_MISSING_EITHER, /* as CSV or as JSON */
	PLAN_FILE_OTHER_NAME, /* it lies there as a spreadsheet */
	PLAN_FILE_RENAMED, /* … as sites.csv.txt, or in capitals */
	PLAN_FILE_TWICE, /* as JSON and as CSV */
	PLAN_FILE_NO_FILE, /* a folder, a pipe, a device */
	PLAN_FILE_UNREADABLE, /* the system says why */
	PLAN_FILE_TOO_LARGE,
	PLAN_FILE_EMPTY,
	PLAN_FILE_WORKBOOK,
	PLAN_FILE_ENCODING,
	PLAN_NOT_JSON,
	PLAN_NO_TITLES, /* the first row names no field */
	PLAN_NO_ROWS,
	PLAN_CSV_QUOTE,
	PLAN_CSV_CELLS, /* cells in a column without a title */
	PLAN_CSV_CONTROL,
	PLAN_CSV_NARROW, /* #### instead of a number or day */
	PLAN_COLUMN_TWICE,
	PLAN_MISSING,
	PLAN_MISSING_COLUMN,
	PLAN_UNKNOWN_FIELD,
	PLAN_WRONG_TYPE,
	PLAN_UNKNOWN_WORD,
	PLAN_OUT_OF_RANGE,
	PLAN_WRONG_LENGTH,
	PLAN_WRONG_FORM,
	PLAN_WRONG_COUNT,
	PLAN_BLANK,
	PLAN_LINE_BREAK,
	PLAN_INVISIBLE,
	PLAN_GARBLED, /* UTF-8 that was read as another code page, or letters lost to it */
	PLAN_DATE_ORDER, /* day or month first: cannot be told */
	PLAN_DUPLICATE,
	PLAN_REPEATED, /* within one cell */
	PLAN_NO_SUCH_DAY,
	PLAN_UNKNOWN_SITE,
	PLAN_UNKNOWN_REGION,
	PLAN_UNKNOWN_LIST,
	PLAN_NO_CEREMONY, /* the item of an award or a party is of another kind */
	PLAN_NO_LISTS, /* turns, and no item has a list */
	PLAN_UNKNOWN_ITEM,
	PLAN_TWO_QUORUMS, /* a share and a number of delegates */
	PLAN_OPTIONS, /* of a vote: too few, too many, too long or one twice */
	PLAN_MAIN_VENUE, /* not exactly one site of kind main, the one meeting.json names */
	PLAN_DAY_OUT, /* an item's day is before the meeting's date, or long after it */
	PLAN_DAY_ALONE, /* an item's day without a start */
	PLAN_OVERLAP, /* an item begins before the one above it is planned to end */
	PLAN_FIXED_END, /* not after the item's start */
	PLAN_RESERVED, /* the name of the relay as a site's id */
	PLAN_OWNER, /* a document has no owner, or one site and every site */
	PLAN_NO_PLAYER, /* a film, and nothing to play it */
	PLAN_SECOND_PLAYER,
	PLAN_FILM_NAME, /* not the name of a file in the film folder */
	PLAN_FILM_ELSEWHERE, /* a film of an item that is not of kind film */
	PLAN_NOT_A_SITE, /* the player, where a site belongs */
	PLAN_FIRST_NOTE, /* from here on: notes, no faults */
	PLAN_NOTE_DATE_INFERRED = PLAN_FIRST_NOTE,
	PLAN_NOTE_TURN_LONG,
	PLAN_NOTE_TURNS_LONG,
	PLAN_NOTE_MAIN_WITHOUT_CAMERA,
	PLAN_NOTE_MAIN_WITHOUT_VOICE,
	PLAN_NOTE_SPEAKER_WITHOUT_VOICE,
	PLAN_NOTE_NO_ACTS, /* awards without recipients, signing without parties */
	PLAN_NOTE_ONE_PARTY, /* signs alone */
	PLAN_NOTE_NO_SPEAKER, /* an item in which one speaks has no list with a turn */
	PLAN_NOTE_REPORT_WITHOUT_CONTENT, /* who reports has no content source */
	PLAN_NOTE_DUE_LATE,
	PLAN_NOTE_NO_VOTE, /* an item of kind approval without a vote */
	PLAN_NOTE_NO_TIME,
	PLAN_NOTE_END_DIFFERS,
	PLAN_NOTE_HARD_END, /* the programme ends after it */
	PLAN_NOTE_REGION_EMPTY,
	PLAN_NOTE_NO_REMOTE,
	PLAN_NOTE_PLACEHOLDER,
	PLAN_NOTE_OFFSET,
	PLAN_NOTE_SPREADSHEET_ID,
	PLAN_DIAGNOSTIC_CODE_END,
};

/* What the number of a place counts. */
enum plan_unit {
	PLAN_UNIT_FILE, /* nothing: the whole file */
	PLAN_UNIT_ROW, /* rows of a CSV file as a spreadsheet shows them */
	PLAN_UNIT_ELEMENT, /* elements of a JSON file's list, from 1 */
	PLAN_UNIT_LINE, /* lines of a file that is not JSON */
};

struct plan_place {
	const char *file;
	enum plan_unit unit;
	size_t number;
};

/* One to be added; members may be left out, and all is copied. */
struct plan_finding {
	enum plan_diagnostic_code code;
	struct plan_place place;
	const char *field;
	const char *text; /* the text found */
	const struct msg_type *wanted; /* what is expected there; NULL: the code says all */
	struct plan_place other; /* what it collides with */
	const char *other_text;
	int64_t number; /* {number} and {limit} of the sentence */
	int64_t limit;
};

/* Texts are cut to fit at the end of a character, and hold no control character. */
struct plan_diagnostic {
	enum plan_diagnostic_code code;
	char file[PLAN_FILE_SIZE];
	enum plan_unit unit;
	size_t row;
	char field[PLAN_FIELD_SIZE];
	char text[PLAN_TEXT_SIZE];
	const struct msg_type *wanted;
	char other_file[PLAN_FILE_SIZE];
	enum plan_unit other_unit;
	size_t other_row;
	char other_text[PLAN_TEXT_SIZE];
	int64_t number;
	int64_t limit;
};

/* All zeroes is an empty list. */
struct plan_diagnostics {
	struct plan_diagnostic *list;
	size_t n;
	size_t capacity;
	size_t n_lost; /* beyond PLAN_DIAGNOSTICS_MAX, or without memory */
	size_t n_faults; /* stored and lost, without notes */
};

void plan_diagnostics_finish(struct plan_diagnostics *faults);

void plan_diagnostics_add(struct plan_diagnostics *faults, const struct plan_finding *finding);

/* Sorts by file, then by row. */
void plan_diagnostics_sort(struct plan_diagnostics *faults);

/* "unknown_site" …: stable. */
const char *plan_diagnostic_word(enum plan_diagnostic_code code);

bool plan_diagnostic_is_note(enum plan_diagnostic_code code);

/* As one line: «speaking.csv, row 4, site: …», in the language asked for; notes say that. */
void plan_diagnostic_sentence(const struct plan_diagnostic *fault, enum language language,
	char out[static PLAN_SENTENCE_SIZE]);

#endif
