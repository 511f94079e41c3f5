/*
 * What an office calls the columns of its tables, and which fields of a plan they are.
 *
 * Titles are compared as plain text (name_text_plain): marks, capitals and signs differ from desk
 * to desk. A word counts for the whole title or for its beginning, the longest first.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_COLUMN_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_COLUMN_H

#include <stdbool.h>

/* The parts of a plan that offices have as tables. */
enum import_part {
	IMPORT_SITES,
	IMPORT_AGENDA,
	IMPORT_SPEAKING,
	IMPORT_PARTS,
};

enum import_column {
	IMPORT_NONE,
	IMPORT_NUMBER, /* of the row, as the office counts */
	IMPORT_END, /* the time at which an item ends */
	IMPORT_FIRST_FIELD, /* from here on: fields of the plan */
	IMPORT_ID = IMPORT_FIRST_FIELD,
	IMPORT_KIND,
	IMPORT_TITLE,
	IMPORT_BY,
	IMPORT_DAY,
	IMPORT_START,
	IMPORT_MINUTES,
	IMPORT_FIXED_END,
	IMPORT_LISTS,
	IMPORT_LIST,
	IMPORT_SITE,
	IMPORT_UNIT,
	IMPORT_SPEAKER,
	IMPORT_OFFICE,
	IMPORT_TOPIC,
	IMPORT_NAME,
	IMPORT_CODE,
	IMPORT_REGION,
	IMPORT_SOURCES,
	IMPORT_VENUE,
	IMPORT_CONTACT,
	IMPORT_CHAIR,
	IMPORT_COLUMNS,
};

/* "agenda": the file of the part, without its ending. */
const char *import_part_name(enum import_part part);

/* The name in the plan's form; NULL: no field of its own. */
const char *import_column_field(enum import_column column);

/* The column of the part with this title, in plain text; IMPORT_NONE: none is called so. */
enum import_column import_column_called(enum import_part part, const char *title);

/* Whether the title is such a word and nothing else. */
bool import_column_is_exactly(enum import_part part, const char *title);

/* Whether a text around a table, in plain text, says that it is of this part. */
bool import_part_is_named_in(enum import_part part, const char *text);

/* Where `text` has `word` as words of its own, both in plain text; NULL: nowhere. */
const char *import_find_word(const char *text, const char *word);

#endif
