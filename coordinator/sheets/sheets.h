/*
 * Tables of cells, as an office writes them: workbooks (.xlsx) and the tables of documents (.docx).
 *
 * Read as texts: what a cell shows or could show, in one form whatever the program and its
 * language. Numbers have a point; days are 2022-07-15 and times 07:30, by the cell's format
 * (number_format.h); a formula counts for the value saved with it. What a cell means is for others
 * (coordinator/import).
 *
 * The file is anybody's: nothing of it is believed before it is counted. No entity is expanded,
 * nothing outside of it is looked at, and all sizes are bounded here.
 *
 * Source: ECMA-376 (Office Open XML), part 1: 17.4 tables, 18.3 worksheets, 18.4 shared strings,
 * 18.8 styles; part 2: packages.
 */
#ifndef DIEMCAU_COORDINATOR_SHEETS_SHEETS_H
#define DIEMCAU_COORDINATOR_SHEETS_SHEETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "bounds.h"

enum {
	SHEETS_FILE_BYTES_MAX = OFFICE_FILE_MAX,
	SHEETS_ENTRIES_MAX = 4096, /* files in the package: pictures are some */
	SHEETS_PART_BYTES_MAX = 32 * 1024 * 1024, /* one file of the package, unpacked */
	SHEETS_UNPACKED_BYTES_MAX = 64 * 1024 * 1024, /* all that are looked at */
	SHEETS_MAX = 64, /* sheets or tables in one file */
	SHEETS_ROWS_MAX = 10000, /* of one: a plan has 8127 sites */
	SHEETS_COLUMNS_MAX = 64,
	SHEETS_CELLS_MAX = 512 * 1024, /* of all, the empty ones between them too */
	SHEETS_STRINGS_MAX = 256 * 1024, /* shared by the cells of a workbook */
	SHEETS_STYLES_MAX = 65536,
	SHEETS_FORMATS_MAX = 512, /* of numbers, that a workbook defines itself */
	SHEETS_TEXT_BYTES_MAX = 32 * 1024, /* of one cell; a spreadsheet's own limit is near */
};

/* Why a file is none of them; positive. */
enum sheets_fault {
	SHEETS_READ,
	SHEETS_OTHER, /* neither a workbook nor a document of this form */
	SHEETS_OLD, /* .xls, .doc, or one with a password */
	SHEETS_BROKEN, /* cut short, or no XML where there should be some */
	SHEETS_TOO_LARGE, /* a limit of above */
};

enum sheet_cell_kind {
	SHEET_CELL_EMPTY,
	SHEET_CELL_TEXT,
	SHEET_CELL_NUMBER,
	SHEET_CELL_DATE, /* 2022-07-15, with a time behind a space where it has one */
	SHEET_CELL_TIME, /* 07:30, 07:30:15 */
	SHEET_CELL_SPAN, /* 1:30, 26:00: hours and minutes that are counted */
	SHEET_CELL_ERROR, /* #REF! and its kin */
	SHEET_CELL_UNKNOWN, /* a formula whose value was not saved */
};

struct sheet_cell {
	const char *text; /* never NULL */
	enum sheet_cell_kind kind;
	uint32_t across, down; /* how far a merged cell goes, in cells; else 1 */
	const struct sheet_cell *merged_into; /* the first cell of what covers this one; or NULL */
};

struct sheet {
	const char *name; /* of a sheet; of a document's table "" */
	const char *above; /* what a document says right above its table; else "" */
	bool hidden;
	bool cut; /* cells beyond a limit were left out */
	size_t n_rows; /* up to the last one with a text */
	size_t n_columns;
	struct sheet_cell *cells; /* row by row */
	bool *hidden_rows;
};

struct sheets {
	struct sheet *list; /* in the order of the file */
	size_t n;
	bool is_document; /* tables, not sheets */
	struct sheets_memory *memory; /* of all texts and cells */
};

/*
 * Reads a file that is held in memory. 0 with sheets to be destroyed by the caller; an enum
 * sheets_fault; or -ENOMEM.
 */
int sheets_read(const char *bytes, size_t size, struct sheets **ret_sheets);

/* An empty one with room for SHEETS_MAX, for who reads another form (sheet_grid.h); or NULL. */
struct sheets *sheets_create(void);

/* NULL is allowed. */
void sheets_destroy(struct sheets *sheets);

/* The cell there, or an empty one. */
const struct sheet_cell *sheet_at(const struct sheet *sheet, size_t row, size_t column);

#endif
