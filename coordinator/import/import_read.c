/*
 * See import_read.h. Between the rows stand headings, sums, numbers of columns and notes; each is
 * told for what it was taken, so that nothing is lost in silence.
 */
#include "coordinator/import/import_read.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "coordinator/import/item_kind_words.h"
#include "coordinator/import/office_cell.h"
#include "proto/codec/codec.h"
#include "proto/gen/tables.h"
#include "text_copy.h"

enum { PIECES_MAX = 2 }; /* texts of a row that is no more than a heading: a number, and words */

enum row_kind {
	ROW_EMPTY,
	ROW_TAKEN,
	ROW_HEADING, /* for those below: a region, a day, a part of the programme */
	ROW_SUM,
	ROW_COLUMN_NUMBERS,
	ROW_REMARK, /* «Ghi chú: …», and all below it */
};

/* What holds for the rows below until another heading. */
struct table_reading {
	struct import *import;
	const struct import_table *table;
	size_t at; /* of the tables */
	const char *region; /* NULL: no heading has named one */
	const char *day;
};

static size_t row_from_1(size_t row)
{
	return row + 1;
}

static int tell(
	const struct table_reading *reading, size_t row, enum text_id text, const char *value)
{
	return import_tell(reading->import,
		&(struct import_note){reading->at, row_from_1(row), text, "", value});
}

static int tell_cell(const struct table_reading *reading, size_t row, size_t column,
	enum text_id text, const char *value)
{
	char title[OFFICE_TEXT_SIZE];
	import_table_title(reading->table, column, title);
	return import_tell(reading->import,
		&(struct import_note){reading->at, row_from_1(row), text, title, value});
}

/* ---- what a row is ---- */

/* The texts of a row, each merged cell once. */
struct row_pieces {
	size_t n;
	const struct sheet_cell *first, *last;
	size_t last_column;
};

static struct row_pieces pieces_of(const struct import_table *table, size_t row)
{
	struct row_pieces pieces = {0};
	for (size_t i = 0; i < table->sheet->n_columns; i++) {
		const struct sheet_cell *cell = sheet_at(table->sheet, row, i);
		if (cell->text[0] != '\0' || cell->kind == SHEET_CELL_UNKNOWN) {
			pieces.n++;
			pieces.first = pieces.first ? pieces.first : cell;
			pieces.last = cell;
			pieces.last_column = i;
		}
	}
	return pieces;
}

static bool begins_with_any(const char *text, const char *const *words)
{
	for (; *words; words++) {
		size_t length = strlen(*words);
		if (strncmp(text, *words, length) == 0 &&
			(text[length] == '\0' || text[length] == ' ')) {
			return true;
		}
	}
	return false;
}

/* «Tổng cộng», «Cộng:»; «Tổng kết» is an item. */
static bool is_sum(const char *plain)
{
	static const char *const words[] = {
		"tong cong", "tong so", "tong thoi gian", "cong so", "total", "sum", NULL};
	return strcmp(plain, "tong") == 0 || strcmp(plain, "cong") == 0 ||
	       begins_with_any(plain, words);
}

static bool is_remark(const char *plain)
{
	static const char *const words[] = {
		"ghi chu", "luu y", "noi nhan", "note", "notes", "remarks", NULL};
	return begins_with_any(plain, words);
}

/* "(1)", "2", "A": the number of a column below its title. */
static bool is_column_number(const char *plain, size_t number)
{
	char wanted[OFFICE_MINUTES_SIZE];
	snprintf(wanted, sizeof(wanted), "%zu", number);
	return strcmp(plain, wanted) == 0 || (plain[0] >= 'a' && plain[0] <= 'z' && !plain[1]);
}

/* In the row right below the header: nothing but numbers in their order, or letters. */
static int numbers_columns(const struct import_table *table, size_t row, bool *ret_is)
{
	char plain[IMPORT_PLAIN_SIZE];
	size_t n = 0;
	*ret_is = false;
	for (size_t i = 0; i < table->sheet->n_columns; i++) {
		const struct sheet_cell *cell = sheet_at(table->sheet, row, i);
		if (cell->text[0] == '\0') {
			continue;
		}
		int r = import_plain(cell->text, plain);
		if (r != 0 || !is_column_number(plain, ++n)) {
			return r;
		}
	}
	*ret_is = n > 1;
	return 0;
}

/* I, II, IV, A, B: of a part of a table; "1" and "01" are of a row. */
static bool numbers_part(const char *plain)
{
	return plain[0] != '\0' && (plain[strspn(plain, "ivx")] == '\0' ||
					   (plain[0] >= 'a' && plain[0] <= 'h' && !plain[1]));
}

/* The column without which a row says nothing. */
static enum import_column key_of(enum import_part part)
{
	switch (part) {
	case IMPORT_AGENDA:
		return IMPORT_TITLE;
	case IMPORT_SPEAKING:
		return IMPORT_UNIT;
	case IMPORT_SITES:
	case IMPORT_PARTS:
		break;
	}
	return IMPORT_NAME;
}

/*
 * One text alone, or with the number of a part before it. An item may be its title alone, where
 * that stands in its own column.
 */
static bool is_heading(
	const struct import_table *table, const struct row_pieces *pieces, const char *first)
{
	if (pieces->n > PIECES_MAX || (pieces->n == PIECES_MAX && !numbers_part(first))) {
		return false;
	}
	bool in_own_column = pieces->last->across == 1 && pieces->n == 1 &&
			     table->columns[pieces->last_column] == key_of(table->part);
	return table->sheet->n_columns > 1 && !in_own_column;
}

static int kind_of_row(const struct import_table *table, size_t row, enum row_kind *ret_kind)
{
	struct row_pieces pieces = pieces_of(table, row);
	char first[IMPORT_PLAIN_SIZE] = "", last[IMPORT_PLAIN_SIZE] = "";
	bool numbers = false;
	*ret_kind = ROW_EMPTY;
	if (pieces.n == 0 || import_table_repeats_header(table, row)) {
		return 0;
	}
	int r = import_plain(pieces.first->text, first);
	r = r == 0 ? import_plain(pieces.last->text, last) : r;
	r = r == 0 && row == table->first ? numbers_columns(table, row, &numbers) : r;
	*ret_kind = is_sum(first) || (pieces.n <= PIECES_MAX && is_sum(last)) ? ROW_SUM
		    : is_remark(first)                                        ? ROW_REMARK
		    : numbers                                                 ? ROW_COLUMN_NUMBERS
		    : is_heading(table, &pieces, first)                       ? ROW_HEADING
									      : ROW_TAKEN;
	return r;
}

/* ---- cells ---- */

/* Of what a cell merged over several rows says, some holds for each of them. */
static const bool goes_on_below[IMPORT_COLUMNS] = {
	[IMPORT_SITE] = true,
	[IMPORT_LIST] = true,
	[IMPORT_LISTS] = true,
	[IMPORT_REGION] = true,
	[IMPORT_KIND] = true,
	[IMPORT_UNIT] = true,
	[IMPORT_BY] = true,
	[IMPORT_DAY] = true,
};

static const struct sheet_cell *cell_at(const struct import_table *table, size_t row, size_t column)
{
	const struct sheet_cell *cell = sheet_at(table->sheet, row, column);
	bool goes_on = cell->merged_into && goes_on_below[table->columns[column]];
	return goes_on ? cell->merged_into : cell;
}

/* A cell of a row, and where what it says goes. */
struct cell_reading {
	const struct table_reading *table;
	struct import_row *row;
	size_t at; /* the row in the sheet */
	size_t column;
	const struct sheet_cell *cell;
	char text[OFFICE_TEXT_SIZE];
};

static int keep(struct cell_reading *reading, enum import_column column, const char *text)
{
	const char *kept = import_keep(&reading->table->import->arena, text);
	reading->row->values[column] = kept;
	return kept ? 0 : -ENOMEM;
}

/* Said of the plan's form: what stands there is not of it, and the field stays empty. */
static int refuse(struct cell_reading *reading, enum import_column column, enum text_id text)
{
	int r = keep(reading, column, "");
	return r == 0 ? tell_cell(reading->table, reading->at, reading->column, text, reading->text)
		      : r;
}

static int keep_minutes(struct cell_reading *reading, int64_t minutes)
{
	char text[OFFICE_MINUTES_SIZE];
	snprintf(text, sizeof(text), "%" PRId64, minutes);
	return keep(reading, IMPORT_MINUTES, text);
}

static int read_start(struct cell_reading *reading)
{
	struct office_span span;
	if (!office_span_read(reading->cell, &span)) {
		return refuse(reading, IMPORT_START, TEXT_IMPORT_NO_CLOCK);
	}
	int r = keep(reading, IMPORT_START, span.start);
	return r == 0 && span.end[0]
		       ? keep_minutes(reading, office_minutes_between(span.start, span.end))
		       : r;
}

/* Columns are read from left to right: the start is known. */
static int read_end(struct cell_reading *reading)
{
	struct office_span span;
	const char *start = import_value(reading->row, IMPORT_START);
	if (!office_span_read(reading->cell, &span)) {
		return refuse(reading, IMPORT_END, TEXT_IMPORT_NO_CLOCK);
	}
	return start[0] == '\0' ? refuse(reading, IMPORT_END, TEXT_IMPORT_NO_START)
				: keep_minutes(reading, office_minutes_between(start, span.start));
}

static int read_minutes(struct cell_reading *reading)
{
	int64_t minutes;
	if (!office_minutes_read(reading->cell, &minutes) || minutes <= 0) {
		return refuse(reading, IMPORT_MINUTES, TEXT_IMPORT_NO_LENGTH);
	}
	return keep_minutes(reading, minutes);
}

static int read_day(struct cell_reading *reading)
{
	char day[CELL_DATE_SIZE];
	return office_day_read(reading->cell, day)
		       ? keep(reading, IMPORT_DAY, day)
		       : refuse(reading, IMPORT_DAY, TEXT_IMPORT_NO_DAY);
}

static int read_kind(struct cell_reading *reading)
{
	if (reading->table->table->part == IMPORT_SITES) {
		return keep(reading, IMPORT_KIND, reading->text);
	}
	enum item_kind kind = item_kind_of_name(reading->text);
	return kind ? keep(reading, IMPORT_KIND, msg_enum_name(&msg_item_kind, (int)kind))
		    : refuse(reading, IMPORT_KIND, TEXT_IMPORT_NO_KIND);
}

typedef int read_value(struct cell_reading *reading);

/* Of the columns whose values have a form; the others are text. */
static read_value *const readers[IMPORT_COLUMNS] = {
	[IMPORT_START] = read_start,
	[IMPORT_END] = read_end,
	[IMPORT_MINUTES] = read_minutes,
	[IMPORT_DAY] = read_day,
	[IMPORT_KIND] = read_kind,
};

static int read_text(struct cell_reading *reading, enum import_column column)
{
	return readers[column] && reading->text[0] != '\0' ? readers[column](reading)
							   : keep(reading, column, reading->text);
}

static int read_cell(struct cell_reading *reading)
{
	const struct import_table *table = reading->table->table;
	enum import_column column = table->columns[reading->column];
	reading->cell = cell_at(table, reading->at, reading->column);
	office_text(reading->cell, reading->text);
	if (column == IMPORT_NONE) {
		return 0;
	}
	if (reading->cell->kind == SHEET_CELL_ERROR) {
		return refuse(reading, column, TEXT_IMPORT_CELL_ERROR);
	}
	if (reading->cell->kind == SHEET_CELL_UNKNOWN) {
		return refuse(reading, column, TEXT_IMPORT_CELL_UNKNOWN);
	}
	return read_text(reading, column);
}

/* ---- rows ---- */

/* What an earlier heading has said. */
static void inherit(const struct table_reading *reading, struct import_row *row)
{
	if (reading->region && !row->values[IMPORT_REGION]) {
		row->values[IMPORT_REGION] = reading->region;
	}
	if (reading->day && !row->values[IMPORT_DAY]) {
		row->values[IMPORT_DAY] = reading->day;
	}
}

static int take_row(struct table_reading *reading, size_t at)
{
	struct import_rows *rows = &reading->import->read[reading->table->part];
	struct import_row *row = import_rows_add(rows);
	if (!row) {
		return -ENOMEM;
	}
	struct cell_reading cell = {.table = reading, .row = row, .at = at};
	row->table = reading->at;
	row->row = row_from_1(at);
	int r = 0;
	for (; cell.column < reading->table->sheet->n_columns && r == 0; cell.column++) {
		r = read_cell(&cell);
	}
	inherit(reading, row);
	reading->day = NULL; /* the first item of a day names it, those below follow */
	if (r == 0 && import_value(row, key_of(reading->table->part))[0] == '\0' &&
		import_value(row, IMPORT_SPEAKER)[0] == '\0') {
		rows->n--;
		r = tell(reading, at, TEXT_IMPORT_ROW_WITHOUT_KEY,
			import_column_field(key_of(reading->table->part)));
	}
	return r;
}

/* Behind "I. ", "II/ " and "1) ", with which headings are counted. */
static const char *skip_count(const char *text)
{
	size_t n = strspn(text, "IVX0123456789");
	size_t signs = strspn(text + n, ".)/-");
	const char *after = text + n + signs;
	return n > 0 && signs > 0 && *after ? after + strspn(after, " ") : text;
}

/* Of sites it is the region, in a programme it may be a day. */
static int take_heading(struct table_reading *reading, size_t at)
{
	struct row_pieces pieces = pieces_of(reading->table, at);
	char text[OFFICE_TEXT_SIZE], day[CELL_DATE_SIZE];
	office_text(pieces.last, text);
	if (reading->table->part == IMPORT_SITES) {
		reading->region = import_keep(&reading->import->arena, skip_count(text));
		return reading->region ? tell(reading, at, TEXT_IMPORT_ROW_REGION, reading->region)
				       : -ENOMEM;
	}
	if (reading->table->part == IMPORT_AGENDA && office_day_read(pieces.last, day)) {
		reading->day = import_keep(&reading->import->arena, day);
		return reading->day ? tell(reading, at, TEXT_IMPORT_ROW_DAY, day) : -ENOMEM;
	}
	return tell(reading, at, TEXT_IMPORT_ROW_HEADING, text);
}

/* Whether the rows below are read too. */
static int read_row(struct table_reading *reading, size_t at, bool *ret_more)
{
	enum row_kind kind;
	int r = kind_of_row(reading->table, at, &kind);
	*ret_more = kind != ROW_REMARK;
	if (r != 0 || kind == ROW_EMPTY) {
		return r;
	}
	if (reading->table->sheet->hidden_rows[at]) {
		return tell(reading, at, TEXT_IMPORT_ROW_HIDDEN, "");
	}
	switch (kind) {
	case ROW_SUM:
		return tell(reading, at, TEXT_IMPORT_ROW_SUM, "");
	case ROW_COLUMN_NUMBERS:
		return tell(reading, at, TEXT_IMPORT_ROW_NUMBERS, "");
	case ROW_REMARK:
		return tell(reading, at, TEXT_IMPORT_ROW_REMARK, "");
	case ROW_HEADING:
		return take_heading(reading, at);
	case ROW_EMPTY:
	case ROW_TAKEN:
		break;
	}
	return take_row(reading, at);
}

static int tell_columns(const struct table_reading *reading)
{
	const struct import_table *table = reading->table;
	int r = 0;
	for (size_t i = 0; i < table->sheet->n_columns && r == 0; i++) {
		char title[OFFICE_TEXT_SIZE];
		import_table_title(table, i, title);
		if (table->columns[i] == IMPORT_NONE && title[0] != '\0') {
			r = import_tell(
				reading->import, &(struct import_note){reading->at, 0,
							 TEXT_IMPORT_COLUMN_UNKNOWN, title, title});
		}
	}
	return r;
}

int import_read_table(struct import *import, size_t table)
{
	struct table_reading reading = {
		.import = import, .table = &import->tables[table], .at = table};
	bool more = true;
	int r = tell_columns(&reading);
	for (size_t at = reading.table->first; at < reading.table->end && r == 0 && more; at++) {
		r = read_row(&reading, at, &more);
	}
	return r;
}
