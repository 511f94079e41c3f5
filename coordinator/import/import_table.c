/* See import_table.h. */
#include "coordinator/import/import_table.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/plan/name_text.h"
#include "text_copy.h"

enum {
	LOOKED_AT_ROWS = 8, /* below a header, to see what its times are */
	TITLE_WEIGHT = 3, /* of what stands above, and */
	NAME_WEIGHT = 2, /* of the sheet's name, which stands for all its tables */
	COLUMN_WEIGHT = 2,
	NEEDED_COLUMNS = 2,
};

/* A row that may be the header of one part. */
struct header_match {
	size_t n_filled; /* titles */
	size_t n_columns; /* of them known, each column counted once */
	size_t n_exact;
	size_t n_rows;
	bool has[IMPORT_COLUMNS];
	enum import_column columns[SHEETS_COLUMNS_MAX];
};

int import_plain(const char *text, char ret_plain[static IMPORT_PLAIN_SIZE])
{
	char *plain = name_text_plain(text);
	if (!plain) {
		return -ENOMEM;
	}
	text_copy(ret_plain, IMPORT_PLAIN_SIZE, plain);
	free(plain);
	return 0;
}

/* ---- headers ---- */

static bool stands_alone(const struct sheet_cell *cell)
{
	return !cell->merged_into && cell->text[0] != '\0';
}

/* Of the second row of a header every title is one, as «Từ» and «Đến» below «Thời gian». */
static int is_second_row(const struct sheet *sheet, size_t row, enum import_part part, bool *ret_is)
{
	char plain[IMPORT_PLAIN_SIZE];
	size_t n = 0;
	for (size_t i = 0; i < sheet->n_columns; i++) {
		const struct sheet_cell *cell = sheet_at(sheet, row, i);
		if (!stands_alone(cell)) {
			continue;
		}
		int r = import_plain(cell->text, plain);
		if (r != 0) {
			return r;
		}
		if (!import_column_is_exactly(part, plain)) {
			*ret_is = false;
			return 0;
		}
		n++;
	}
	*ret_is = n > 0;
	return 0;
}

static const struct sheet_cell *title_at(
	const struct sheet *sheet, size_t row, size_t n_rows, size_t column)
{
	const struct sheet_cell *below = sheet_at(sheet, row + 1, column);
	const struct sheet_cell *cell = sheet_at(sheet, row, column);
	if (n_rows > 1 && stands_alone(below)) {
		return below;
	}
	return cell;
}

static int match_titles(
	const struct sheet *sheet, size_t row, enum import_part part, struct header_match *match)
{
	char plain[IMPORT_PLAIN_SIZE];
	for (size_t i = 0; i < sheet->n_columns; i++) {
		const char *title = title_at(sheet, row, match->n_rows, i)->text;
		int r = title[0] ? import_plain(title, plain) : 0;
		if (r != 0) {
			return r;
		}
		enum import_column column =
			title[0] ? import_column_called(part, plain) : IMPORT_NONE;
		match->n_filled += title[0] != '\0';
		match->n_exact += title[0] && import_column_is_exactly(part, plain);
		if (column && !match->has[column]) {
			match->has[column] = true;
			match->columns[i] = column;
			match->n_columns++;
		}
	}
	return 0;
}

/* In the first of two rows stands a title that the second has none for, as «Nội dung» there. */
static int keeps_title(
	const struct sheet *sheet, size_t row, enum import_part part, bool *ret_keeps)
{
	char plain[IMPORT_PLAIN_SIZE];
	int r = 0;
	*ret_keeps = false;
	for (size_t i = 0; i < sheet->n_columns && r == 0 && !*ret_keeps; i++) {
		const struct sheet_cell *cell = sheet_at(sheet, row, i);
		if (stands_alone(cell) && !stands_alone(sheet_at(sheet, row + 1, i))) {
			r = import_plain(cell->text, plain);
			*ret_keeps = r == 0 && import_column_called(part, plain);
		}
	}
	return r;
}

static int match_header(
	const struct sheet *sheet, size_t row, enum import_part part, struct header_match *match)
{
	bool two = false, keeps = false;
	*match = (struct header_match){.n_rows = 1};
	int r = is_second_row(sheet, row + 1, part, &two);
	r = r == 0 && two ? keeps_title(sheet, row, part, &keeps) : r;
	if (r != 0) {
		return r;
	}
	match->n_rows += keeps;
	return match_titles(sheet, row, part, match);
}

/* What a table of the part cannot be without. */
static bool has_needed(enum import_part part, const struct header_match *match)
{
	const bool *has = match->has;
	if (match->n_columns < NEEDED_COLUMNS || match->n_columns * 2 < match->n_filled) {
		return false;
	}
	switch (part) {
	case IMPORT_AGENDA:
		return has[IMPORT_TITLE];
	case IMPORT_SPEAKING:
		return has[IMPORT_UNIT] || has[IMPORT_SPEAKER];
	case IMPORT_SITES:
	case IMPORT_PARTS:
		break;
	}
	return has[IMPORT_NAME];
}

/* ---- which part ---- */

static bool begins_with_clock(const char *text)
{
	char clock[CELL_CLOCK_SIZE], first[IMPORT_PLAIN_SIZE];
	text_copy(first, sizeof(first), text);
	first[strcspn(first, "-\xe2(")] = '\0'; /* of a span the first time; no dash is ASCII */
	for (size_t n = strlen(first); n > 0 && first[n - 1] == ' ';) {
		first[--n] = '\0';
	}
	return cell_read_clock(first, clock);
}

/* Whether the column of times, whatever it is called, holds times of day: +1, or lengths: -1. */
static int kind_of_times(const struct sheet *sheet, const struct import_table *table)
{
	int clocks = 0, lengths = 0;
	for (size_t i = 0; i < sheet->n_columns; i++) {
		bool is_time =
			table->columns[i] == IMPORT_START || table->columns[i] == IMPORT_MINUTES;
		for (size_t row = 0; is_time && row < LOOKED_AT_ROWS; row++) {
			const char *text = sheet_at(sheet, table->first + row, i)->text;
			int64_t minutes;
			bool is_length = cell_read_minutes(text, &minutes);
			lengths += is_length;
			clocks += !is_length && begins_with_clock(text);
		}
	}
	return clocks > lengths ? 1 : lengths > clocks ? -1 : 0;
}

static int weigh(const struct sheet *sheet, const struct import_table *table,
	const struct header_match *match)
{
	int weight = COLUMN_WEIGHT * (int)match->n_columns;
	weight += import_part_is_named_in(table->part, table->around) ? TITLE_WEIGHT : 0;
	weight += import_part_is_named_in(table->part, table->name) ? NAME_WEIGHT : 0;
	int times = kind_of_times(sheet, table);
	return weight + (table->part == IMPORT_AGENDA ? times : -times);
}

static size_t first_row_below(
	const struct sheet *sheet, size_t header, const struct header_match *match)
{
	size_t first = header + match->n_rows;
	for (size_t i = 0; i < sheet->n_columns; i++) {
		const struct sheet_cell *cell = sheet_at(sheet, header, i);
		size_t end = header + cell->down;
		first = match->columns[i] && end > first ? end : first;
	}
	return first;
}

/* The part that the header is of, if it is one; `table` has the place and what is around. */
static int judge(const struct sheet *sheet, struct import_table *table, bool *ret_is)
{
	int best = 0;
	struct import_table judged = *table;
	*ret_is = false;
	for (enum import_part part = 0; part < IMPORT_PARTS; part++) {
		struct header_match match;
		int r = match_header(sheet, table->header, part, &match);
		if (r != 0) {
			return r;
		}
		if (!has_needed(part, &match)) {
			continue;
		}
		judged.part = part;
		judged.first = first_row_below(sheet, table->header, &match);
		memcpy(judged.columns, match.columns, sizeof(match.columns));
		int weight = weigh(sheet, &judged, &match);
		if (weight > best) {
			best = weight;
			*table = judged;
			*ret_is = true;
		}
	}
	return 0;
}

/* ---- tables ---- */

/* Adds a text in plain text; what does not fit is cut. */
static int add_around(struct import_table *table, const char *text)
{
	char plain[IMPORT_PLAIN_SIZE];
	int r = text[0] ? import_plain(text, plain) : 0;
	if (r != 0 || !text[0]) {
		return r;
	}
	size_t used = strlen(table->around);
	if (used > 0 && used + 1 < IMPORT_PLAIN_SIZE) {
		table->around[used++] = ' ';
	}
	text_copy(table->around + used, IMPORT_PLAIN_SIZE - used, plain);
	return 0;
}

static int add_row_around(struct import_table *table, const struct sheet *sheet, size_t row)
{
	int r = 0;
	for (size_t i = 0; i < sheet->n_columns && r == 0; i++) {
		r = add_around(table, sheet_at(sheet, row, i)->text);
	}
	return r;
}

bool import_table_repeats_header(const struct import_table *table, size_t row)
{
	for (size_t i = 0; i < table->sheet->n_columns; i++) {
		if (strcmp(sheet_at(table->sheet, row, i)->text,
			    sheet_at(table->sheet, table->header, i)->text) != 0) {
			return false;
		}
	}
	return true;
}

/* Of another table: every title is known. */
static int begins_another(const struct import_table *table, size_t row, bool *ret_is)
{
	*ret_is = false;
	for (enum import_part part = 0; part < IMPORT_PARTS && !*ret_is; part++) {
		struct header_match match;
		int r = match_header(table->sheet, row, part, &match);
		if (r != 0) {
			return r;
		}
		*ret_is = has_needed(part, &match) && match.n_exact == match.n_filled &&
			  !import_table_repeats_header(table, row);
	}
	return 0;
}

/* Whether a row has one text at most, as those above a table. */
static bool may_be_title(const struct sheet *sheet, size_t row)
{
	size_t n = 0;
	for (size_t i = 0; i < sheet->n_columns; i++) {
		n += stands_alone(sheet_at(sheet, row, i));
	}
	return n <= 1;
}

/* Where another one begins, with the titles above it; else at the end of the sheet. */
static int find_end(struct import_table *table)
{
	bool is_other = false;
	int r = 0;
	for (table->end = table->first; table->end < table->sheet->n_rows; table->end++) {
		r = begins_another(table, table->end, &is_other);
		if (r != 0 || is_other) {
			break;
		}
	}
	while (is_other && table->end > table->first &&
		may_be_title(table->sheet, table->end - 1)) {
		table->end--;
	}
	return r;
}

int import_table_find(const struct sheet *sheet, size_t from, struct import_table *ret_table)
{
	struct import_table table = {.sheet = sheet};
	int r = import_plain(sheet->name, table.name);
	r = r == 0 && from == 0 ? add_around(&table, sheet->above) : r;
	for (table.header = from; table.header < sheet->n_rows && r == 0; table.header++) {
		bool is_header;
		r = judge(sheet, &table, &is_header);
		if (r == 0 && is_header) {
			r = find_end(&table);
			*ret_table = table;
			return r == 0 ? 1 : r;
		}
		r = r == 0 ? add_row_around(&table, sheet, table.header) : r;
	}
	return r;
}

void import_table_title(
	const struct import_table *table, size_t column, char ret_title[static OFFICE_TEXT_SIZE])
{
	office_text(title_at(table->sheet, table->header, table->first - table->header, column),
		ret_title);
}
