/*
 * CSV as spreadsheets save it (RFC 4180 and its common variants): UTF-8 with or without BOM, comma,
 * semicolon or tab, quoted cells, CRLF or LF.
 *
 * What the cells mean is read in csv_json.c. The reader works in the caller's own copy of the file:
 * cells are unquoted in place and stay valid as long as the text does. It allocates nothing.
 */
#ifndef DIEMCAU_COORDINATOR_PLAN_CSV_H
#define DIEMCAU_COORDINATOR_PLAN_CSV_H

#include <stddef.h>

enum {
	CSV_CELLS_MAX = 32,
};

/* What can be wrong with the form of a row; positive, so that it is not taken for an errno. */
enum csv_result {
	CSV_END = 0,
	CSV_ROW = 1,
	CSV_QUOTE_OPEN, /* a quoted cell never ends */
	CSV_QUOTE_STRAY, /* something after a closing quote, or a quote inside a bare cell */
	CSV_TOO_MANY, /* more than CSV_CELLS_MAX cells */
	CSV_CONTROL, /* a control character other than tab and line ends */
	CSV_ENCODING, /* a cell is not UTF-8 */
};

/* One cell: NUL-terminated text in the caller's buffer, spaces (also U+00A0) around it removed. */
struct csv_cell {
	char *text;
	size_t length;
};

/* number counts rows as a spreadsheet shows them: from 1, empty rows counted. */
struct csv_row {
	size_t number;
	size_t from; /* the row's bytes in the text */
	size_t to;
	size_t n_cells;
	struct csv_cell cells[CSV_CELLS_MAX];
};

struct csv {
	char *text;
	char *at;
	char *end;
	size_t rows;
	char separator;
};

/*
 * Begins to read `text`, of which `length` bytes belong to the file and text[length] is writable
 * (it holds the last cell's NUL). A BOM is skipped; the separator is the one that a first row
 * "sep=;" names, else the most frequent one of the first row.
 */
void csv_init(struct csv *csv, char *text, size_t length);

/*
 * Reads the next row that is not empty into `row`. Returns CSV_ROW, CSV_END, or what is wrong with
 * the row named in row->number; after CSV_QUOTE_OPEN nothing is left to read, after the others
 * reading goes on at the next row.
 */
enum csv_result csv_next(struct csv *csv, struct csv_row *row);

#endif
