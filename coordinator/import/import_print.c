/* See import_print.h. Lines are printed as they are made. */
#include "coordinator/import/import_print.h"

#include <string.h>

#include "coordinator/import/import_words.h"
#include "proto/system/printable.h"
#include "proto/words/text_fill.h"

struct printing {
	const struct import *import;
	enum language language;
	FILE *to;
};

static void say(const struct printing *printing, const char *indent, enum text_id text,
	const struct text_value *values)
{
	char line[IMPORT_LINE_SIZE];
	text_fill(line, sizeof(line), text, printing->language, values);
	print_line(printing->to, "%s%s", indent, line);
}

/* ---- names ---- */

/* "row 7: "; "" for what is in no row. */
static void name_row(
	const struct printing *printing, size_t row, char ret_name[static IMPORT_SHEET_NAME_SIZE])
{
	size_t used = 0;
	if (row > 0) {
		used = text_fill(ret_name, IMPORT_SHEET_NAME_SIZE - 2, TEXT_PLAN_ROW,
			printing->language,
			(const struct text_value[]){{.name = "row", .number = (int64_t)row}, {0}});
		memcpy(ret_name + used, ": ", 2);
		used += 2;
	}
	ret_name[used] = '\0';
}

/* ---- rows ---- */

static void add_value(const struct printing *printing, enum import_column column, const char *value,
	char line[static IMPORT_LINE_SIZE])
{
	size_t used = strlen(line);
	if (column == IMPORT_MINUTES) {
		text_fill(line + used, IMPORT_LINE_SIZE - used, TEXT_PLAN_OUTLINE_MINUTES,
			printing->language,
			(const struct text_value[]){{.name = "minutes", .text = value}, {0}});
		return;
	}
	snprintf(line + used, IMPORT_LINE_SIZE - used, "%s", value);
}

static void describe(const struct printing *printing, enum import_part part,
	const struct import_row *row, char line[static IMPORT_LINE_SIZE])
{
	line[0] = '\0';
	for (const enum import_column *column = import_shown_columns(part); *column; column++) {
		const char *value = import_value(row, *column);
		size_t used = strlen(line);
		if (value[0] != '\0' && used > 0 && used + 4 < IMPORT_LINE_SIZE) {
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
	char line[IMPORT_LINE_SIZE], place[IMPORT_SHEET_NAME_SIZE];
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
	char line[IMPORT_LINE_SIZE], place[IMPORT_SHEET_NAME_SIZE];
	import_note_sentence(note, printing->language, line);
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
	char list[IMPORT_LINE_SIZE] = "", column[IMPORT_SHEET_NAME_SIZE];
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

static void print_table(const struct printing *printing, size_t at)
{
	const struct import *import = printing->import;
	const struct import_table *table = &import->tables[at];
	const struct import_file *file = import->files_of[at];
	char sheet[IMPORT_SHEET_NAME_SIZE], part[IMPORT_SHEET_NAME_SIZE];
	import_sheet_name(
		file, (size_t)(table->sheet - file->sheets->list), printing->language, sheet);
	text_fill(part, sizeof(part), import_part_text(table->part), printing->language, NULL);
	say(printing, "", TEXT_IMPORT_TABLE,
		(const struct text_value[]){{.name = "file", .text = file->name},
			{.name = "sheet", .text = sheet},
			{.name = "from", .number = (int64_t)table->header + 1},
			{.name = "to", .number = (int64_t)table->end},
			{.name = "part", .text = part}, {0}});
	print_columns(printing, table);
	print_notes(printing, at, 0);
	for (size_t row = table->first + 1; row <= table->end; row++) {
		const struct import_row *taken = import_row_at(import, at, row);
		if (taken) {
			print_row(printing, table->part, taken);
		}
		print_notes(printing, at, row);
	}
}

/* ---- the whole ---- */

static int print_sentence(void *user, const char *sentence)
{
	const struct printing *printing = user;
	print_line(printing->to, "! %s", sentence);
	return 0;
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
			char name[IMPORT_SHEET_NAME_SIZE];
			text_fill(name, sizeof(name), import_part_text(part), printing->language,
				NULL);
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
		import_unread(import, &import->files[i], language, print_sentence, &printing);
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
