/* See import_print.h. Lines are printed as they are made. */
#include "coordinator/import/import_print.h"

#include <string.h>

#include "proto/system/printable.h"
#include "proto/words/text_fill.h"

enum { LINE_SIZE = 4096, LABEL_SIZE = 256 };

struct printing {
	const struct import *import;
	enum language language;
	FILE *to;
};

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

static void say(const struct printing *printing, const char *indent, enum text_id text,
	const struct text_value *values)
{
	char line[LINE_SIZE];
	text_fill(line, sizeof(line), text, printing->language, values);
	print_line(printing->to, "%s%s", indent, line);
}

/* ---- names ---- */

static void name_sheet(const struct printing *printing, const struct import_file *file, size_t at,
	char ret_name[static LABEL_SIZE])
{
	const struct sheet *sheet = &file->sheets->list[at];
	enum text_id text = file->sheets->is_document ? TEXT_IMPORT_DOCUMENT_TABLE
			    : sheet->name[0]          ? TEXT_IMPORT_SHEET
						      : TEXT_IMPORT_TEXT;
	text_fill(ret_name, LABEL_SIZE, text, printing->language,
		(const struct text_value[]){{.name = "name", .text = sheet->name},
			{.name = "number", .number = (int64_t)at + 1}, {0}});
}

/* "row 7: "; "" for what is in no row. */
static void name_row(const struct printing *printing, size_t row, char ret_name[static LABEL_SIZE])
{
	size_t used = 0;
	if (row > 0) {
		used = text_fill(ret_name, LABEL_SIZE - 2, TEXT_PLAN_ROW, printing->language,
			(const struct text_value[]){{.name = "row", .number = (int64_t)row}, {0}});
		memcpy(ret_name + used, ": ", 2);
		used += 2;
	}
	ret_name[used] = '\0';
}

static enum text_id text_of_part(enum import_part part)
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

/* ---- rows ---- */

/* What a part's rows are shown by, IMPORT_NONE behind. */
static const enum import_column shown[IMPORT_PARTS][12] = {
	[IMPORT_SITES] = {IMPORT_ID, IMPORT_NAME, IMPORT_CODE, IMPORT_REGION, IMPORT_KIND,
		IMPORT_VENUE, IMPORT_CHAIR, IMPORT_CONTACT},
	[IMPORT_AGENDA] = {IMPORT_ID, IMPORT_DAY, IMPORT_START, IMPORT_MINUTES, IMPORT_KIND,
		IMPORT_TITLE, IMPORT_BY, IMPORT_LISTS},
	[IMPORT_SPEAKING] = {IMPORT_LIST, IMPORT_SITE, IMPORT_UNIT, IMPORT_SPEAKER, IMPORT_OFFICE,
		IMPORT_TOPIC, IMPORT_MINUTES},
};

static void add_value(const struct printing *printing, enum import_column column, const char *value,
	char line[static LINE_SIZE])
{
	size_t used = strlen(line);
	if (column == IMPORT_MINUTES) {
		text_fill(line + used, LINE_SIZE - used, TEXT_PLAN_OUTLINE_MINUTES,
			printing->language,
			(const struct text_value[]){{.name = "minutes", .text = value}, {0}});
		return;
	}
	snprintf(line + used, LINE_SIZE - used, "%s", value);
}

static void describe(const struct printing *printing, enum import_part part,
	const struct import_row *row, char line[static LINE_SIZE])
{
	line[0] = '\0';
	for (const enum import_column *column = shown[part]; *column; column++) {
		const char *value = import_value(row, *column);
		size_t used = strlen(line);
		if (value[0] != '\0' && used > 0 && used + 4 < LINE_SIZE) {
			memcpy(line + used, " · ", sizeof(" · "));
		}
		if (value[0] != '\0') {
			add_value(printing, *column, value, line);
		}
	}
}

static void print_changes(const struct printing *printing, const struct import_row *row)
{
	for (enum import_column i = IMPORT_FIRST_FIELD; i < IMPORT_COLUMNS; i++) {
		const char *before = import_value(row->before, i), *after = import_value(row, i);
		if (strcmp(before, after) != 0) {
			say(printing, "      ", TEXT_IMPORT_CHANGED,
				(const struct text_value[]){
					{.name = "field", .text = import_column_field(i)},
					{.name = "before", .text = before},
					{.name = "after", .text = after}, {0}});
		}
	}
}

static char sign_of(enum import_fate fate)
{
	switch (fate) {
	case IMPORT_ADDED:
		return '+';
	case IMPORT_CHANGED:
		return '~';
	case IMPORT_DROPPED:
		return '-';
	case IMPORT_UNCHANGED:
	case IMPORT_KEPT:
	case IMPORT_FATE_UNSET:
		break;
	}
	return '=';
}

static void print_row(
	const struct printing *printing, enum import_part part, const struct import_row *row)
{
	char line[LINE_SIZE], place[LABEL_SIZE];
	describe(printing, part, row, line);
	name_row(printing, row->row, place);
	print_line(printing->to, "  %c %s%s", sign_of(row->fate), place, line);
	if (row->fate == IMPORT_CHANGED) {
		print_changes(printing, row);
	}
}

/* ---- notes ---- */

static void print_note(const struct printing *printing, const struct import_note *note)
{
	char line[LINE_SIZE], place[LABEL_SIZE];
	text_fill(line, sizeof(line), note->text, printing->language,
		(const struct text_value[]){{.name = "column", .text = note->column},
			{.name = "value", .text = note->value}, {0}});
	name_row(printing, note->row, place);
	print_line(printing->to, "  ! %s%s", place, line);
}

static void print_notes(const struct printing *printing, size_t table, size_t row)
{
	for (size_t i = 0; i < printing->import->n_notes; i++) {
		const struct import_note *note = &printing->import->notes[i];
		if (note->table == table && note->row == row) {
			print_note(printing, note);
		}
	}
}

/* ---- tables ---- */

static void print_columns(const struct printing *printing, const struct import_table *table)
{
	char list[LINE_SIZE] = "", column[LABEL_SIZE];
	for (size_t i = 0; i < table->sheet->n_columns; i++) {
		const char *field = import_column_field(table->columns[i]);
		char title[OFFICE_TEXT_SIZE];
		import_table_title(table, i, title);
		if (field) {
			text_fill(column, sizeof(column), TEXT_IMPORT_COLUMN, printing->language,
				(const struct text_value[]){{.name = "title", .text = title},
					{.name = "field", .text = field}, {0}});
			text_list(list, sizeof(list), column);
		}
	}
	say(printing, "  ", TEXT_IMPORT_COLUMNS_ARE,
		(const struct text_value[]){{.name = "columns", .text = list}, {0}});
}

static const struct import_row *row_at(const struct import *import, size_t table, size_t row)
{
	const struct import_rows *rows = &import->merged[import->tables[table].part];
	for (size_t i = 0; i < rows->n; i++) {
		if (rows->list[i].row == row && rows->list[i].table == table) {
			return &rows->list[i];
		}
	}
	return NULL;
}

static void print_table(const struct printing *printing, size_t at)
{
	const struct import *import = printing->import;
	const struct import_table *table = &import->tables[at];
	const struct import_file *file = import->files_of[at];
	char sheet[LABEL_SIZE], part[LABEL_SIZE];
	name_sheet(printing, file, (size_t)(table->sheet - file->sheets->list), sheet);
	text_fill(part, sizeof(part), text_of_part(table->part), printing->language, NULL);
	say(printing, "", TEXT_IMPORT_TABLE,
		(const struct text_value[]){{.name = "file", .text = file->name},
			{.name = "sheet", .text = sheet},
			{.name = "from", .number = (int64_t)table->header + 1},
			{.name = "to", .number = (int64_t)table->end},
			{.name = "part", .text = part}, {0}});
	print_columns(printing, table);
	print_notes(printing, at, 0);
	for (size_t row = table->first + 1; row <= table->end; row++) {
		const struct import_row *taken = row_at(import, at, row);
		if (taken) {
			print_row(printing, table->part, taken);
		}
		print_notes(printing, at, row);
	}
}

/* ---- the whole ---- */

static bool has_table(const struct import *import, const struct sheet *sheet)
{
	for (size_t i = 0; i < import->n_tables; i++) {
		if (import->tables[i].sheet == sheet) {
			return true;
		}
	}
	return false;
}

/* What of a file is not read, or only in part. */
static void print_unread(const struct printing *printing, const struct import_file *file)
{
	for (size_t i = 0; i < file->sheets->n; i++) {
		const struct sheet *sheet = &file->sheets->list[i];
		char name[LABEL_SIZE];
		name_sheet(printing, file, i, name);
		const struct text_value values[] = {
			{.name = "file", .text = file->name}, {.name = "sheet", .text = name}, {0}};
		if (sheet->hidden) {
			say(printing, "! ", TEXT_IMPORT_SHEET_HIDDEN, values);
		} else if (!has_table(printing->import, sheet) && sheet->n_rows > 0) {
			say(printing, "! ", TEXT_IMPORT_SHEET_UNREAD, values);
		}
		if (sheet->cut) {
			say(printing, "! ", TEXT_IMPORT_SHEET_CUT, values);
		}
	}
	if (file->guessed_encoding) {
		say(printing, "! ", TEXT_IMPORT_ENCODING_GUESSED,
			(const struct text_value[]){{.name = "file", .text = file->name}, {0}});
	}
}

/* Rows that no table has, where they change or go; the others stay and are not shown. */
static void print_missing(const struct printing *printing, enum import_part part)
{
	const struct import_rows *rows = &printing->import->merged[part];
	bool told = false;
	for (size_t i = 0; i < rows->n; i++) {
		const struct import_row *row = &rows->list[i];
		if (row->row > 0 || row->fate == IMPORT_KEPT) {
			continue;
		}
		if (!told) {
			char name[LABEL_SIZE];
			text_fill(name, sizeof(name), text_of_part(part), printing->language, NULL);
			say(printing, "", TEXT_IMPORT_ONLY_IN_PLAN,
				(const struct text_value[]){{.name = "part", .text = name}, {0}});
		}
		told = true;
		print_row(printing, part, row);
	}
}

void import_print(const struct import *import, enum language language, FILE *to)
{
	struct printing printing = {import, language, to};
	for (size_t i = 0; i < import->n_files; i++) {
		print_unread(&printing, &import->files[i]);
	}
	for (size_t i = 0; i < import->n_tables; i++) {
		print_table(&printing, i);
	}
	for (enum import_part part = 0; part < IMPORT_PARTS; part++) {
		print_missing(&printing, part);
	}
	if (import->n_tables > 0) {
		say(&printing, "", TEXT_IMPORT_LEGEND, NULL);
	}
	if (import->n_notes_lost > 0) {
		print_line(to, "+ %zu", import->n_notes_lost);
	}
}
