/*
 * See word_tables.h. A table within a table's cell is text of that cell; what is marked as deleted
 * is none, what is marked as inserted is.
 */
#include "coordinator/sheets/word_tables.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/sheets/sheet_grid.h"
#include "coordinator/sheets/text_parts.h"
#include "coordinator/sheets/xml_walk.h"

enum { MERGE_SIZE = 16 };

DEFINE_CLEANUP(char *, free)
DEFINE_CLEANUP(struct xml_walk *, xml_walk_destroy)

/* A cell that may go on below: where it began, and where it was last. */
struct standing_cell {
	bool stands;
	size_t row, last_row, columns;
};

struct word_reading {
	struct sheets *sheets;
	struct xml_walk *walk;
	struct sheet_grid *grid; /* of the table that is read; NULL outside of one */
	int tables; /* one within the other */
	bool in_text;
	size_t row, column, columns; /* of the cell: where, and how wide */
	bool continues; /* what began above */
	struct standing_cell standing[SHEETS_COLUMNS_MAX];
	struct text_parts above; /* the paragraph before the table, and the one before it */
	struct text_parts parts;
};

/* ---- tables ---- */

static int begin_table(struct word_reading *reading)
{
	struct sheets *sheets = reading->sheets;
	if (reading->tables++ > 0) {
		return 0;
	}
	if (sheets->n == SHEETS_MAX) {
		return SHEETS_TOO_LARGE;
	}
	struct sheet *sheet = &sheets->list[sheets->n++];
	text_parts_trim(&reading->above);
	sheet->name = "";
	sheet->above = sheets_keep_text(sheets->memory, reading->above.text, reading->above.length);
	text_parts_clear(&reading->above);
	memset(reading->standing, 0, sizeof(reading->standing));
	reading->row = 0;
	reading->grid = sheet_grid_create(sheets->memory);
	return reading->grid && sheet->above ? 0 : -ENOMEM;
}

static int end_standing(struct word_reading *reading, size_t column)
{
	struct standing_cell *cell = &reading->standing[column];
	if (!cell->stands) {
		return 0;
	}
	cell->stands = false;
	return sheet_grid_merge(
		reading->grid, &(struct grid_area){cell->row, column,
				       cell->last_row - cell->row + 1, cell->columns});
}

static int end_table(struct word_reading *reading)
{
	int r = 0;
	if (--reading->tables > 0) {
		return 0;
	}
	for (size_t i = 0; i < SHEETS_COLUMNS_MAX && r == 0; i++) {
		r = end_standing(reading, i);
	}
	struct sheet *sheet = &reading->sheets->list[reading->sheets->n - 1];
	r = r == 0 ? sheet_grid_finish(reading->grid, sheet) : r;
	sheet_grid_destroy(reading->grid);
	reading->grid = NULL;
	return r;
}

/* ---- cells ---- */

static void begin_cell(struct word_reading *reading)
{
	reading->columns = 1;
	reading->continues = false;
	text_parts_clear(&reading->parts);
}

static void note_merge(struct word_reading *reading)
{
	char how[MERGE_SIZE] = "";
	xml_walk_attribute(reading->walk, "val", how, sizeof(how));
	reading->continues = strcmp(how, "restart") != 0;
}

static int put_cell(struct word_reading *reading)
{
	text_parts_trim(&reading->parts);
	const char *text = sheets_keep_text(
		reading->sheets->memory, reading->parts.text, reading->parts.length);
	if (!text) {
		return -ENOMEM;
	}
	return sheet_grid_add(reading->grid,
		&(struct grid_cell){reading->row, reading->column, text, SHEET_CELL_TEXT});
}

static int stand(struct word_reading *reading, struct standing_cell *cell)
{
	if (reading->continues && cell->stands) {
		cell->last_row = reading->row;
		return 0;
	}
	int r = end_standing(reading, reading->column);
	*cell = (struct standing_cell){true, reading->row, reading->row, reading->columns};
	return r == 0 ? put_cell(reading) : r;
}

static int end_cell(struct word_reading *reading)
{
	int r = 0;
	if (reading->column < SHEETS_COLUMNS_MAX) {
		r = stand(reading, &reading->standing[reading->column]);
	} else if (reading->parts.length > 0) {
		reading->grid->cut = true;
	}
	reading->column += reading->columns;
	return r;
}

static void skip_columns(struct word_reading *reading)
{
	long n;
	if (xml_walk_number(reading->walk, "val", SHEETS_COLUMNS_MAX, &n)) {
		reading->column += (size_t)n;
	}
}

static void widen(struct word_reading *reading)
{
	long n;
	if (xml_walk_number(reading->walk, "val", SHEETS_COLUMNS_MAX, &n) && n > 0) {
		reading->columns = (size_t)n;
	}
}

/* ---- elements ---- */

static struct text_parts *parts_of(struct word_reading *reading)
{
	return reading->tables > 0 ? &reading->parts : &reading->above;
}

/* Only the table itself has rows and cells, none within one of its cells. */
static int open_in_table(struct word_reading *reading)
{
	struct xml_walk *walk = reading->walk;
	if (xml_walk_is(walk, "tr")) {
		reading->column = 0;
	} else if (xml_walk_is(walk, "gridBefore")) {
		skip_columns(reading);
	} else if (xml_walk_is(walk, "tc")) {
		begin_cell(reading);
	} else if (xml_walk_is(walk, "gridSpan")) {
		widen(reading);
	} else if (xml_walk_is(walk, "vMerge")) {
		note_merge(reading);
	}
	return 0;
}

static int opened(struct word_reading *reading)
{
	struct xml_walk *walk = reading->walk;
	reading->in_text = xml_walk_is(walk, "t");
	if (xml_walk_is(walk, "tbl")) {
		return begin_table(reading);
	}
	if (xml_walk_is(walk, "tab")) {
		text_parts_add(parts_of(reading), " ");
	} else if (xml_walk_is(walk, "br") || xml_walk_is(walk, "cr")) {
		text_parts_add(parts_of(reading), "\n");
	} else if (xml_walk_is(walk, "noBreakHyphen")) {
		text_parts_add(parts_of(reading), "-");
	}
	return reading->tables == 1 ? open_in_table(reading) : 0;
}

/* Outside of tables the last paragraphs that say something are kept. */
static void end_paragraph(struct word_reading *reading)
{
	struct text_parts *parts = parts_of(reading);
	if (reading->tables == 0 && parts->length > SHEETS_TEXT_BYTES_MAX / 2) {
		text_parts_clear(parts);
	}
	if (parts->length > 0 && parts->text[parts->length - 1] != '\n') {
		text_parts_add(parts, "\n");
	}
}

static int closed(struct word_reading *reading)
{
	struct xml_walk *walk = reading->walk;
	reading->in_text = false;
	if (xml_walk_is(walk, "p")) {
		end_paragraph(reading);
	} else if (xml_walk_is(walk, "tbl")) {
		return end_table(reading);
	} else if (reading->tables == 1 && xml_walk_is(walk, "tc")) {
		return end_cell(reading);
	} else if (reading->tables == 1 && xml_walk_is(walk, "tr")) {
		reading->row++;
	}
	return 0;
}

static int walk_document(struct word_reading *reading)
{
	int r = 0;
	while (r == 0) {
		int step = xml_walk_next(reading->walk);
		if (step <= 0) {
			return step < 0 ? SHEETS_BROKEN : 0;
		}
		if (step == XML_STEP_TEXT && reading->in_text) {
			text_parts_add(parts_of(reading), xml_walk_text(reading->walk));
		} else if (step == XML_STEP_OPENS) {
			r = opened(reading);
		} else if (step == XML_STEP_CLOSES) {
			r = closed(reading);
		}
	}
	return r;
}

int word_tables_read(struct office_package *package, const char *part, struct sheets *sheets)
{
	char *bytes cleanup(free) = NULL;
	struct xml_walk *walk cleanup(xml_walk_destroy) = NULL;
	struct word_reading *reading = calloc(1, sizeof(*reading));
	size_t size;
	int r = reading ? package_part(package, part, &bytes, &size) : -ENOMEM;
	r = r == 0 ? xml_walk_create(bytes, size, &walk) : r;
	if (r == 0) {
		reading->sheets = sheets;
		reading->walk = walk;
		sheets->is_document = true;
		r = walk_document(reading);
		sheet_grid_destroy(reading->grid);
	}
	free(reading);
	return r == -ENOENT ? SHEETS_BROKEN : r;
}
