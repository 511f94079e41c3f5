/* See import_preview.h. */
#include "coordinator/import/import_preview.h"

#include <errno.h>
#include <string.h>

#include "bounds.h"
#include "coordinator/import/import_words.h"
#include "text_copy.h"

enum { LETTERS = 26, ROWS_OF_UNKNOWN_MAX = 40 };

struct previewing {
	const struct import *import;
	enum language language;
	struct msg_arena *arena;
};

/* ---- texts ---- */

void import_preview_copy(char *to, size_t size, size_t characters, const char *from)
{
	text_copy_part(to, size, from, utf8_first(from, characters));
}

/* "A" to "Z", "AA" … */
static void write_letters(size_t column, char out[static CELL_COLUMN_SIZE])
{
	size_t n = 0;
	if (column >= LETTERS) {
		out[n++] = (char)('A' + column / LETTERS - 1);
	}
	out[n++] = (char)('A' + column % LETTERS);
	out[n] = '\0';
}

bool import_preview_column(const struct import_table *table, const char *field,
	char ret_column[static CELL_COLUMN_SIZE])
{
	for (size_t i = 0; field[0] && i < table->sheet->n_columns; i++) {
		const char *its = import_column_field(table->columns[i]);
		if (its && strcmp(its, field) == 0) {
			write_letters(i, ret_column);
			return true;
		}
	}
	return false;
}

static enum office_part part_of(enum import_part part)
{
	static const enum office_part parts[IMPORT_PARTS] = {
		[IMPORT_SITES] = OFFICE_PART_SITES,
		[IMPORT_AGENDA] = OFFICE_PART_AGENDA,
		[IMPORT_SPEAKING] = OFFICE_PART_SPEAKING,
	};
	return parts[part];
}

static enum row_fate fate_of(enum import_fate fate)
{
	static const enum row_fate fates[] = {
		[IMPORT_FATE_UNSET] = ROW_FATE_UNSET,
		[IMPORT_ADDED] = ROW_FATE_ADDED,
		[IMPORT_CHANGED] = ROW_FATE_CHANGED,
		[IMPORT_UNCHANGED] = ROW_FATE_UNCHANGED,
		[IMPORT_KEPT] = ROW_FATE_KEPT,
		[IMPORT_DROPPED] = ROW_FATE_DROPPED,
	};
	return fates[fate];
}

/* Of none an array of one, which nobody looks at. */
static void *take(const struct previewing *previewing, size_t n, size_t size)
{
	return msg_arena_take(previewing->arena, (n > 0 ? n : 1) * size);
}

static const char *title_of(const struct previewing *previewing, enum text_id text)
{
	return text_of(text, previewing->language);
}

/* ---- notes ---- */

static bool is_of(const struct import_note *note, size_t table, size_t row)
{
	return note->table == table && note->row == row;
}

/* The column with this title; false: the note is of none, or of one that was not found. */
static bool find_column(
	const struct import_table *table, const char *title, char out[static CELL_COLUMN_SIZE])
{
	char found[OFFICE_TEXT_SIZE];
	for (size_t i = 0; title[0] && i < table->sheet->n_columns; i++) {
		import_table_title(table, i, found);
		if (strcmp(found, title) == 0) {
			write_letters(i, out);
			return true;
		}
	}
	return false;
}

static int add_notes(const struct previewing *previewing, size_t table, size_t row,
	const struct import_note_view **ret_notes, size_t *ret_n)
{
	const struct import *import = previewing->import;
	size_t n = 0;
	for (size_t i = 0; i < import->n_notes; i++) {
		n += is_of(&import->notes[i], table, row);
	}
	struct import_note_view *notes = take(previewing, n, sizeof(*notes));
	if (!notes) {
		return -ENOMEM;
	}
	*ret_notes = notes;
	for (size_t i = 0; i < import->n_notes; i++) {
		const struct import_note *note = &import->notes[i];
		if (is_of(note, table, row)) {
			char line[IMPORT_LINE_SIZE];
			struct import_note_view *view = &notes[(*ret_n)++];
			import_note_sentence(note, previewing->language, line);
			PREVIEW_SENTENCE(view->text, line);
			view->has_column =
				find_column(&import->tables[table], note->column, view->column);
		}
	}
	return 0;
}

/* ---- rows ---- */

static bool is_shown(const struct sheet *sheet, size_t row, size_t column)
{
	return sheet_at(sheet, row, column)->text[0] != '\0';
}

static size_t count_cells(const struct sheet *sheet, size_t row)
{
	size_t n = 0;
	for (size_t i = 0; i < sheet->n_columns; i++) {
		n += is_shown(sheet, row, i);
	}
	return n;
}

/* What a merged cell covers is not said twice. */
static int add_cells(const struct previewing *previewing, const struct sheet *sheet, size_t row,
	struct import_line *line)
{
	struct import_cell *cells = take(previewing, count_cells(sheet, row), sizeof(*cells));
	if (!cells) {
		return -ENOMEM;
	}
	line->cells = cells;
	for (size_t i = 0; i < sheet->n_columns; i++) {
		if (is_shown(sheet, row, i)) {
			struct import_cell *cell = &cells[line->n_cells++];
			write_letters(i, cell->column);
			PREVIEW_TEXT(cell->text, sheet_at(sheet, row, i)->text);
		}
	}
	return 0;
}

static bool has_changed(const struct import_row *row, enum import_column column)
{
	return row->fate == IMPORT_CHANGED &&
	       strcmp(import_value(row, column), import_value(row->before, column)) != 0;
}

static bool is_told(const struct import_row *row, enum import_column column)
{
	return import_value(row, column)[0] != '\0' || has_changed(row, column);
}

static int add_values(
	const struct previewing *previewing, const struct import_row *row, struct import_line *line)
{
	size_t n = 0;
	for (enum import_column i = IMPORT_FIRST_FIELD; i < IMPORT_COLUMNS; i++) {
		n += is_told(row, i);
	}
	struct import_value *values = take(previewing, n, sizeof(*values));
	if (!values) {
		return -ENOMEM;
	}
	line->values = values;
	for (enum import_column i = IMPORT_FIRST_FIELD; i < IMPORT_COLUMNS; i++) {
		if (is_told(row, i)) {
			struct import_value *value = &values[line->n_values++];
			TEXT_COPY(value->field, import_column_field(i));
			TEXT_COPY(value->label, title_of(previewing, import_column_title(i)));
			PREVIEW_TEXT(value->text, import_value(row, i));
			value->has_before = has_changed(row, i);
			if (value->has_before) {
				PREVIEW_TEXT(value->before, import_value(row->before, i));
			}
		}
	}
	line->has_fate = true;
	line->fate = fate_of(row->fate);
	return 0;
}

/* ---- tables ---- */

static int add_line(
	const struct previewing *previewing, size_t at, size_t row, struct import_line *line)
{
	const struct import *import = previewing->import;
	const struct import_table *table = &import->tables[at];
	const struct import_row *taken =
		row >= table->first ? import_row_at(import, at, row + 1) : NULL;
	line->row = (uint32_t)row + 1;
	int r = add_cells(previewing, table->sheet, row, line);
	r = r == 0 && taken ? add_values(previewing, taken, line) : r;
	return r == 0 ? add_notes(previewing, at, row + 1, &line->notes, &line->n_notes) : r;
}

/* From the titles on; empty rows are not told. */
static int add_lines(const struct previewing *previewing, size_t at, struct import_table_view *view)
{
	const struct import_table *table = &previewing->import->tables[at];
	size_t n = table->end - table->header;
	struct import_line *lines =
		take(previewing, n < PREVIEW_LINES_MAX ? n : PREVIEW_LINES_MAX, sizeof(*lines));
	int r = lines ? 0 : -ENOMEM;
	view->lines = lines;
	for (size_t row = table->header; row < table->end && r == 0; row++) {
		if (count_cells(table->sheet, row) == 0) {
			continue;
		}
		if (view->n_lines == PREVIEW_LINES_MAX) {
			view->left_out++;
		} else {
			r = add_line(previewing, at, row, &lines[view->n_lines++]);
		}
	}
	return r;
}

static int add_columns(
	const struct previewing *previewing, size_t at, struct import_table_view *view)
{
	const struct import_table *table = &previewing->import->tables[at];
	size_t n = table->sheet->n_columns;
	struct import_column_view *columns = take(previewing, n, sizeof(*columns));
	if (!columns) {
		return -ENOMEM;
	}
	view->columns = columns;
	view->n_columns = n;
	for (size_t i = 0; i < n; i++) {
		const char *field = import_column_field(table->columns[i]);
		char title[OFFICE_TEXT_SIZE];
		import_table_title(table, i, title);
		write_letters(i, columns[i].column);
		PREVIEW_TEXT(columns[i].title, title);
		columns[i].has_field = field != NULL;
		if (field) {
			TEXT_COPY(columns[i].field, field);
			columns[i].has_label = true;
			TEXT_COPY(columns[i].label,
				title_of(previewing, import_column_title(table->columns[i])));
		}
	}
	return 0;
}

static void name_sheet(const struct previewing *previewing, const struct import_file *file,
	const struct sheet *sheet, struct import_table_view *view)
{
	size_t at = (size_t)(sheet - file->sheets->list);
	char name[IMPORT_SHEET_NAME_SIZE];
	import_sheet_name(file, at, previewing->language, name);
	PREVIEW_SENTENCE(view->name, name);
	view->sheet = (uint32_t)at + 1;
}

static int add_table(const struct previewing *previewing, size_t at, struct import_table_view *view)
{
	const struct import *import = previewing->import;
	const struct import_table *table = &import->tables[at];
	name_sheet(previewing, import->files_of[at], table->sheet, view);
	view->has_part = view->has_label = true;
	view->part = part_of(table->part);
	TEXT_COPY(view->label, title_of(previewing, import_part_title(table->part)));
	int r = add_columns(previewing, at, view);
	r = r == 0 ? add_notes(previewing, at, 0, &view->notes, &view->n_notes) : r;
	return r == 0 ? add_lines(previewing, at, view) : r;
}

/* ---- sheets without a table ---- */

static bool is_unknown(const struct import *import, const struct sheet *sheet)
{
	return !sheet->hidden && sheet->n_rows > 0 && !import_has_table(import, sheet);
}

static int name_columns(const struct previewing *previewing, const struct sheet *sheet,
	struct import_table_view *view)
{
	struct import_column_view *columns = take(previewing, sheet->n_columns, sizeof(*columns));
	if (!columns) {
		return -ENOMEM;
	}
	view->columns = columns;
	view->n_columns = sheet->n_columns;
	for (size_t i = 0; i < sheet->n_columns; i++) {
		write_letters(i, columns[i].column);
	}
	return 0;
}

/* As many rows as it takes to see which ones have to be titles. */
static int add_unknown(const struct previewing *previewing, const struct import_file *file,
	const struct sheet *sheet, struct import_table_view *view)
{
	size_t n = sheet->n_rows < ROWS_OF_UNKNOWN_MAX ? sheet->n_rows : ROWS_OF_UNKNOWN_MAX;
	struct import_line *lines = take(previewing, n, sizeof(*lines));
	name_sheet(previewing, file, sheet, view);
	int r = lines ? name_columns(previewing, sheet, view) : -ENOMEM;
	view->lines = lines;
	for (size_t row = 0; row < n && r == 0; row++) {
		if (count_cells(sheet, row) > 0) {
			struct import_line *line = &lines[view->n_lines++];
			line->row = (uint32_t)row + 1;
			r = add_cells(previewing, sheet, row, line);
		}
	}
	return r;
}

static int add_tables(const struct previewing *previewing, struct import_preview *preview)
{
	const struct import *import = previewing->import;
	struct import_table_view *views =
		take(previewing, IMPORT_PREVIEW_TABLES_MAX, sizeof(*views));
	int r = views ? 0 : -ENOMEM;
	preview->tables = views;
	for (size_t i = 0; i < import->n_tables && r == 0; i++) {
		r = add_table(previewing, i, &views[preview->n_tables++]);
	}
	for (size_t i = 0; i < import->n_files; i++) {
		const struct import_file *file = &import->files[i];
		for (size_t j = 0; j < file->sheets->n && r == 0 &&
				   preview->n_tables < IMPORT_PREVIEW_TABLES_MAX;
			j++) {
			const struct sheet *sheet = &file->sheets->list[j];
			if (is_unknown(import, sheet)) {
				r = add_unknown(
					previewing, file, sheet, &views[preview->n_tables++]);
			}
		}
	}
	return r;
}

/* ---- what goes, and what was not read ---- */

static bool goes(const struct import_row *row)
{
	return row->row == 0 && (row->fate == IMPORT_CHANGED || row->fate == IMPORT_DROPPED);
}

static int add_gone(const struct previewing *previewing, struct import_preview *preview)
{
	struct import_line *lines = take(previewing, IMPORT_PREVIEW_GONE_MAX, sizeof(*lines));
	int r = lines ? 0 : -ENOMEM;
	preview->gone = lines;
	for (enum import_part part = 0; part < IMPORT_PARTS; part++) {
		const struct import_rows *rows = &previewing->import->merged[part];
		for (size_t i = 0;
			i < rows->n && r == 0 && preview->n_gone < IMPORT_PREVIEW_GONE_MAX; i++) {
			if (goes(&rows->list[i])) {
				struct import_line *line = &lines[preview->n_gone++];
				line->has_part = line->has_label = true;
				line->part = part_of(part);
				TEXT_COPY(
					line->label, title_of(previewing, import_part_title(part)));
				r = add_values(previewing, &rows->list[i], line);
			}
		}
	}
	return r;
}

struct unread {
	struct import_note_view *notes;
	size_t n;
};

static int keep_sentence(void *user, const char *sentence)
{
	struct unread *unread = user;
	if (unread->n < IMPORT_PREVIEW_UNREAD_MAX) {
		PREVIEW_SENTENCE(unread->notes[unread->n++].text, sentence);
	}
	return 0;
}

static int add_unread(const struct previewing *previewing, struct import_preview *preview)
{
	const struct import *import = previewing->import;
	struct unread unread = {
		.notes = take(previewing, IMPORT_PREVIEW_UNREAD_MAX, sizeof(*unread.notes))};
	int r = unread.notes ? 0 : -ENOMEM;
	for (size_t i = 0; i < import->n_files && r == 0; i++) {
		r = import_unread(
			import, &import->files[i], previewing->language, keep_sentence, &unread);
	}
	preview->unread = unread.notes;
	preview->n_unread = unread.n;
	return r;
}

int import_preview_fill(const struct import *import, enum language language,
	struct msg_arena *arena, struct import_preview *preview)
{
	const struct previewing previewing = {import, language, arena};
	int r = add_unread(&previewing, preview);
	r = r == 0 ? add_tables(&previewing, preview) : r;
	return r == 0 ? add_gone(&previewing, preview) : r;
}
