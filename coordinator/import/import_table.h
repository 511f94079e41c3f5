/*
 * Where the tables of a sheet are: below which titles, of which part of a plan, which column is
 * what. Above and between them is text, and a header may take two rows.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_TABLE_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_TABLE_H

#include "coordinator/import/import_column.h"
#include "coordinator/import/office_cell.h"
#include "coordinator/sheets/sheets.h"

enum { IMPORT_PLAIN_SIZE = 512 }; /* of a cell in plain text: titles are shorter */

/* Rows and columns count from 0. */
struct import_table {
	const struct sheet *sheet;
	enum import_part part;
	char name[IMPORT_PLAIN_SIZE]; /* of the sheet, in plain text, */
	char around[IMPORT_PLAIN_SIZE]; /* and what stands above the table */
	size_t header; /* its first row */
	size_t first; /* of what is below the header */
	size_t end; /* behind the last one */
	enum import_column columns[SHEETS_COLUMNS_MAX];
};

/* The next table from this row on. 1 with one, 0: there is none, or -ENOMEM. */
int import_table_find(const struct sheet *sheet, size_t from, struct import_table *ret_table);

/* Whether a row repeats the header, as programs do at the top of each page. */
bool import_table_repeats_header(const struct import_table *table, size_t row);

/* What the header calls a column, on one line. */
void import_table_title(
	const struct import_table *table, size_t column, char ret_title[static OFFICE_TEXT_SIZE]);

/* The cell's text as plain text, cut to fit. 0 or -ENOMEM. */
int import_plain(const char *text, char ret_plain[static IMPORT_PLAIN_SIZE]);

#endif
