/* See import_words.h. */
#include "coordinator/import/import_words.h"

#include "proto/words/text_fill.h"

enum { SHOWN_MAX = 12 };

enum text_id import_fault_text(int fault)
{
	switch (fault) {
	case SHEETS_OLD:
		return TEXT_IMPORT_FAULT_OLD;
	case SHEETS_BROKEN:
		return TEXT_IMPORT_FAULT_BROKEN;
	case SHEETS_TOO_LARGE:
		return TEXT_IMPORT_FAULT_TOO_LARGE;
	default:
		return TEXT_IMPORT_FAULT_OTHER;
	}
}

enum text_id import_part_text(enum import_part part)
{
	switch (part) {
	case IMPORT_SITES:
		return TEXT_IMPORT_PART_SITES;
	case IMPORT_AGENDA:
		return TEXT_IMPORT_PART_AGENDA;
	case IMPORT_SPEAKING:
	case IMPORT_PARTS:
		break;
	}
	return TEXT_IMPORT_PART_SPEAKING;
}

void import_sheet_name(const struct import_file *file, size_t at, enum language language,
	char ret_name[static IMPORT_SHEET_NAME_SIZE])
{
	const struct sheet *sheet = &file->sheets->list[at];
	enum text_id text = file->sheets->is_document ? TEXT_IMPORT_DOCUMENT_TABLE
			    : sheet->name[0]          ? TEXT_IMPORT_SHEET
						      : TEXT_IMPORT_TEXT;
	text_fill(ret_name, IMPORT_SHEET_NAME_SIZE, text, language,
		(const struct text_value[]){{.name = "name", .text = sheet->name},
			{.name = "number", .number = (int64_t)at + 1}, {0}});
}

void import_note_sentence(const struct import_note *note, enum language language,
	char ret_line[static IMPORT_LINE_SIZE])
{
	text_fill(ret_line, IMPORT_LINE_SIZE, note->text, language,
		(const struct text_value[]){{.name = "column", .text = note->column},
			{.name = "value", .text = note->value}, {0}});
}

/* ---- what was not read ---- */

bool import_has_table(const struct import *import, const struct sheet *sheet)
{
	for (size_t i = 0; i < import->n_tables; i++) {
		if (import->tables[i].sheet == sheet) {
			return true;
		}
	}
	return false;
}

struct unread_telling {
	const struct import_file *file;
	enum language language;
	import_hear *hear;
	void *user;
};

static int tell(const struct unread_telling *telling, enum text_id text, const char *sheet)
{
	char line[IMPORT_LINE_SIZE];
	text_fill(line, sizeof(line), text, telling->language,
		(const struct text_value[]){{.name = "file", .text = telling->file->name},
			{.name = "sheet", .text = sheet}, {0}});
	return telling->hear(telling->user, line);
}

static int tell_sheet(const struct import *import, const struct unread_telling *telling, size_t at)
{
	const struct sheet *sheet = &telling->file->sheets->list[at];
	char name[IMPORT_SHEET_NAME_SIZE];
	int r = 0;
	import_sheet_name(telling->file, at, telling->language, name);
	if (sheet->hidden) {
		r = tell(telling, TEXT_IMPORT_SHEET_HIDDEN, name);
	} else if (!import_has_table(import, sheet) && sheet->n_rows > 0) {
		r = tell(telling, TEXT_IMPORT_SHEET_UNREAD, name);
	}
	return r == 0 && sheet->cut ? tell(telling, TEXT_IMPORT_SHEET_CUT, name) : r;
}

int import_unread(const struct import *import, const struct import_file *file,
	enum language language, import_hear *hear, void *user)
{
	const struct unread_telling telling = {file, language, hear, user};
	int r = 0;
	for (size_t i = 0; i < file->sheets->n && r == 0; i++) {
		r = tell_sheet(import, &telling, i);
	}
	return r == 0 && file->guessed_encoding ? tell(&telling, TEXT_IMPORT_ENCODING_GUESSED, "")
						: r;
}

/* ---- rows ---- */

const struct import_row *import_row_at(const struct import *import, size_t table, size_t row)
{
	const struct import_rows *rows = &import->merged[import->tables[table].part];
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->list[i].row == row && rows->list[i].table == table) {
			return &rows->list[i];
		}
	}
	return NULL;
}

const enum import_column *import_shown_columns(enum import_part part)
{
	static const enum import_column shown[IMPORT_PARTS][SHOWN_MAX] = {
		[IMPORT_SITES] = {IMPORT_ID, IMPORT_NAME, IMPORT_CODE, IMPORT_REGION, IMPORT_KIND,
			IMPORT_VENUE, IMPORT_CHAIR, IMPORT_CONTACT},
		[IMPORT_AGENDA] = {IMPORT_ID, IMPORT_DAY, IMPORT_START, IMPORT_MINUTES, IMPORT_KIND,
			IMPORT_TITLE, IMPORT_BY, IMPORT_LISTS},
		[IMPORT_SPEAKING] = {IMPORT_LIST, IMPORT_SITE, IMPORT_UNIT, IMPORT_SPEAKER,
			IMPORT_OFFICE, IMPORT_TOPIC, IMPORT_MINUTES},
	};
	return shown[part];
}

/* ---- titles ---- */

enum text_id import_column_title(enum import_column column)
{
	static const enum text_id titles[IMPORT_COLUMNS] = {
		[IMPORT_ID] = TEXT_IMPORT_TITLE_ID,
		[IMPORT_KIND] = TEXT_IMPORT_TITLE_KIND,
		[IMPORT_TITLE] = TEXT_IMPORT_TITLE_TITLE,
		[IMPORT_BY] = TEXT_IMPORT_TITLE_BY,
		[IMPORT_DAY] = TEXT_IMPORT_TITLE_DAY,
		[IMPORT_START] = TEXT_IMPORT_TITLE_START,
		[IMPORT_MINUTES] = TEXT_IMPORT_TITLE_MINUTES,
		[IMPORT_FIXED_END] = TEXT_IMPORT_TITLE_FIXED_END,
		[IMPORT_LISTS] = TEXT_IMPORT_TITLE_LISTS,
		[IMPORT_LIST] = TEXT_IMPORT_TITLE_LIST,
		[IMPORT_SITE] = TEXT_IMPORT_TITLE_SITE,
		[IMPORT_UNIT] = TEXT_IMPORT_TITLE_UNIT,
		[IMPORT_SPEAKER] = TEXT_IMPORT_TITLE_SPEAKER,
		[IMPORT_OFFICE] = TEXT_IMPORT_TITLE_OFFICE,
		[IMPORT_TOPIC] = TEXT_IMPORT_TITLE_TOPIC,
		[IMPORT_NAME] = TEXT_IMPORT_TITLE_NAME,
		[IMPORT_CODE] = TEXT_IMPORT_TITLE_CODE,
		[IMPORT_REGION] = TEXT_IMPORT_TITLE_REGION,
		[IMPORT_SOURCES] = TEXT_IMPORT_TITLE_SOURCES,
		[IMPORT_VENUE] = TEXT_IMPORT_TITLE_VENUE,
		[IMPORT_CONTACT] = TEXT_IMPORT_TITLE_CONTACT,
		[IMPORT_CHAIR] = TEXT_IMPORT_TITLE_CHAIR,
	};
	return titles[column];
}

enum text_id import_part_title(enum import_part part)
{
	static const enum text_id names[IMPORT_PARTS] = {
		[IMPORT_SITES] = TEXT_IMPORT_TITLE_SITES,
		[IMPORT_AGENDA] = TEXT_IMPORT_TITLE_AGENDA,
		[IMPORT_SPEAKING] = TEXT_IMPORT_TITLE_SPEAKING,
	};
	return names[part];
}
