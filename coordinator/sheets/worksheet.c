/* See worksheet.h. */
#include "coordinator/sheets/worksheet.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/sheets/shared_strings.h"
#include "coordinator/sheets/sheet_grid.h"
#include "coordinator/sheets/text_parts.h"
#include "coordinator/sheets/xml_walk.h"

enum {
	REFERENCE_SIZE = 64, /* "B7", "B7:XFD1048576" */
	TYPE_SIZE = 16,
	LETTERS = 26,
	NUMBER_MAX = 1 << 24, /* more than any column or row has */
};

DEFINE_CLEANUP(char *, free)
DEFINE_CLEANUP(struct xml_walk *, xml_walk_destroy)
DEFINE_CLEANUP(struct sheet_grid *, sheet_grid_destroy)

struct sheet_reading {
	struct workbook *book;
	struct sheet_grid *grid;
	struct xml_walk *walk;
	struct text_parts parts;
	size_t row, column; /* where the next row or cell is that does not say so */
};

/* A cell as the file has it. */
struct stored_cell {
	char type[TYPE_SIZE];
	long style;
	bool has_formula, has_value;
};

/* A letter's place in the alphabet from 1; 0: it is none. */
static size_t letter(char c)
{
	size_t small = c >= 'a' && c <= 'z' ? (size_t)(c - 'a') + 1 : 0;
	return c >= 'A' && c <= 'Z' ? (size_t)(c - 'A') + 1 : small;
}

/* "B7" → row 6, column 1. Behind it; NULL: it is none. */
static const char *read_reference(const char *at, size_t *ret_row, size_t *ret_column)
{
	size_t column = 0, row = 0;
	for (; letter(*at) > 0 && column < NUMBER_MAX; at++) {
		column = column * LETTERS + letter(*at);
	}
	for (; *at >= '0' && *at <= '9' && row < NUMBER_MAX; at++) {
		row = row * 10 + (size_t)(*at - '0');
	}
	if (column == 0 || row == 0 || (*at != '\0' && *at != ':')) {
		return NULL;
	}
	*ret_row = row - 1;
	*ret_column = column - 1;
	return at;
}

/* ---- values ---- */

static enum number_format format_of(const struct sheet_reading *reading, long style)
{
	const struct workbook *book = reading->book;
	return style >= 0 && (size_t)style < book->n_styles ? book->styles[style]
							    : NUMBER_FORMAT_PLAIN;
}

static int keep(struct sheet_reading *reading, enum sheet_cell_kind kind, const char *text)
{
	const char *kept = sheets_keep_text(reading->book->sheets->memory, text, strlen(text));
	if (!kept) {
		return -ENOMEM;
	}
	return sheet_grid_add(
		reading->grid, &(struct grid_cell){reading->row, reading->column, kept, kind});
}

static int keep_number(struct sheet_reading *reading, long style)
{
	char text[NUMBER_TEXT_SIZE];
	double number;
	if (!number_format_read(reading->parts.text, &number)) {
		return keep(reading, SHEET_CELL_TEXT, reading->parts.text);
	}
	enum sheet_cell_kind kind = number_format_write(
		number, format_of(reading, style), reading->book->from_1904, text);
	return keep(reading, kind, text);
}

static int keep_shared(struct sheet_reading *reading)
{
	const struct workbook *book = reading->book;
	char *end;
	unsigned long at = strtoul(reading->parts.text, &end, 10);
	if (*end != '\0' || at >= book->n_strings) {
		return SHEETS_BROKEN;
	}
	return sheet_grid_add(reading->grid, &(struct grid_cell){reading->row, reading->column,
						     book->strings[at], SHEET_CELL_TEXT});
}

/* "2022-07-15T07:30:00": a day as strict workbooks store it. */
static int keep_day(struct sheet_reading *reading)
{
	char *text = reading->parts.text;
	char *clock = strchr(text, 'T');
	text[strcspn(text, ".Z")] = '\0';
	if (clock) {
		*clock = strcmp(clock, "T00:00:00") == 0 ? '\0' : ' ';
	}
	return keep(reading, SHEET_CELL_DATE, text);
}

static int keep_value(struct sheet_reading *reading, const struct stored_cell *cell)
{
	if (!cell->has_value) {
		return cell->has_formula ? keep(reading, SHEET_CELL_UNKNOWN, "") : 0;
	}
	if (strcmp(cell->type, "s") == 0) {
		return keep_shared(reading);
	}
	if (strcmp(cell->type, "str") == 0 || strcmp(cell->type, "inlineStr") == 0) {
		return keep(reading, SHEET_CELL_TEXT, reading->parts.text);
	}
	if (strcmp(cell->type, "b") == 0) {
		return keep(reading, SHEET_CELL_TEXT,
			strcmp(reading->parts.text, "1") == 0 ? "true" : "false");
	}
	if (strcmp(cell->type, "e") == 0) {
		return keep(reading, SHEET_CELL_ERROR, reading->parts.text);
	}
	return strcmp(cell->type, "d") == 0 ? keep_day(reading) : keep_number(reading, cell->style);
}

/* ---- elements ---- */

static int read_inside(struct sheet_reading *reading, struct stored_cell *cell)
{
	struct xml_walk *walk = reading->walk;
	text_parts_clear(&reading->parts);
	bool in_value = false;
	for (;;) {
		int step = xml_walk_next(walk);
		if (step <= 0) {
			return SHEETS_BROKEN;
		}
		if (step == XML_STEP_CLOSES && xml_walk_is(walk, "c")) {
			return 0;
		}
		if (step == XML_STEP_TEXT) {
			text_parts_add(&reading->parts, in_value ? xml_walk_text(walk) : "");
			continue;
		}
		in_value = step == XML_STEP_OPENS && xml_walk_is(walk, "v");
		cell->has_value |= in_value;
		cell->has_formula |= xml_walk_is(walk, "f");
		if (step == XML_STEP_OPENS && xml_walk_is(walk, "is")) {
			cell->has_value = true;
			if (rich_text_read(walk, &reading->parts) < 0) {
				return SHEETS_BROKEN;
			}
		}
	}
}

static int read_cell(struct sheet_reading *reading)
{
	char reference[REFERENCE_SIZE];
	struct stored_cell cell = {0};
	if (xml_walk_attribute(reading->walk, "r", reference, sizeof(reference)) &&
		!read_reference(reference, &reading->row, &reading->column)) {
		return SHEETS_BROKEN;
	}
	xml_walk_attribute(reading->walk, "t", cell.type, sizeof(cell.type));
	xml_walk_number(reading->walk, "s", LONG_MAX, &cell.style);
	int r = read_inside(reading, &cell);
	if (r == 0) {
		text_parts_trim(&reading->parts);
		r = keep_value(reading, &cell);
	}
	reading->column++;
	return r;
}

static void begin_row(struct sheet_reading *reading)
{
	long number;
	if (xml_walk_number(reading->walk, "r", NUMBER_MAX, &number) && number > 0) {
		reading->row = (size_t)number - 1;
	}
	reading->column = 0;
	if (xml_walk_switch(reading->walk, "hidden")) {
		sheet_grid_hide_row(reading->grid, reading->row);
	}
}

static int read_merged(struct sheet_reading *reading)
{
	char reference[REFERENCE_SIZE];
	size_t row, column, last_row, last_column;
	const char *at = NULL;
	if (xml_walk_attribute(reading->walk, "ref", reference, sizeof(reference))) {
		at = read_reference(reference, &row, &column);
	}
	if (!at || *at != ':' || !read_reference(at + 1, &last_row, &last_column) ||
		last_row < row || last_column < column) {
		return 0;
	}
	return sheet_grid_merge(reading->grid,
		&(struct grid_area){row, column, last_row - row + 1, last_column - column + 1});
}

static int read_opened(struct sheet_reading *reading)
{
	if (xml_walk_is(reading->walk, "row")) {
		begin_row(reading);
		return 0;
	}
	if (xml_walk_is(reading->walk, "c")) {
		return read_cell(reading);
	}
	return xml_walk_is(reading->walk, "mergeCell") ? read_merged(reading) : 0;
}

static int walk_sheet(struct sheet_reading *reading)
{
	int r = 0;
	while (r == 0) {
		int step = xml_walk_next(reading->walk);
		if (step <= 0) {
			return step < 0 ? SHEETS_BROKEN : 0;
		}
		if (step == XML_STEP_OPENS) {
			r = read_opened(reading);
		} else if (step == XML_STEP_CLOSES && xml_walk_is(reading->walk, "row")) {
			reading->row++;
		}
	}
	return r;
}

int worksheet_read(struct workbook *book, const char *part, struct sheet *sheet)
{
	char *bytes cleanup(free) = NULL;
	struct xml_walk *walk cleanup(xml_walk_destroy) = NULL;
	struct sheet_grid *grid cleanup(sheet_grid_destroy) =
		sheet_grid_create(book->sheets->memory);
	size_t size;
	int r = grid ? package_part(book->package, part, &bytes, &size) : -ENOMEM;
	r = r == 0 ? xml_walk_create(bytes, size, &walk) : r;
	if (r != 0) {
		return r;
	}
	struct sheet_reading *reading = calloc(1, sizeof(*reading));
	if (!reading) {
		return -ENOMEM;
	}
	reading->book = book;
	reading->grid = grid;
	reading->walk = walk;
	r = walk_sheet(reading);
	free(reading);
	return r == 0 ? sheet_grid_finish(grid, sheet) : r;
}
