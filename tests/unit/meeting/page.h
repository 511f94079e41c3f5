/*
 * The tables of docs/meeting.md, to be played. A table follows the line `<!-- table: NAME -->`; its
 * first row names the columns, the first cell of each row the row.
 */
#ifndef DIEMCAU_TESTS_UNIT_MEETING_PAGE_H
#define DIEMCAU_TESTS_UNIT_MEETING_PAGE_H

#include <stddef.h>

enum { PAGE_ROWS_MAX = 192, PAGE_COLUMNS_MAX = 24, PAGE_CELL_MAX = 64 };

struct page_table {
	char columns[PAGE_COLUMNS_MAX][PAGE_CELL_MAX]; /* [0] is the corner */
	size_t n_columns;
	char cells[PAGE_ROWS_MAX][PAGE_COLUMNS_MAX][PAGE_CELL_MAX]; /* [row][0] is its name */
	size_t n_rows;
};

/* Fails the test where there is no such table or a row is not as wide as the first. */
void page_read(const char *name, struct page_table *ret);
/* The cell, by names; fails the test where there is none. */
const char *page_cell(const struct page_table *table, const char *row, const char *column);

#endif
