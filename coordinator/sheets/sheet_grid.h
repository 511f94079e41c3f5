/*
 * A sheet while it is read: cells come in any order and place, and become a grid that ends at the
 * last one with a text. What lies beyond the limits is left out, and the sheet says so.
 */
#ifndef DIEMCAU_COORDINATOR_SHEETS_SHEET_GRID_H
#define DIEMCAU_COORDINATOR_SHEETS_SHEET_GRID_H

#include "coordinator/sheets/sheets.h"
#include "proto/codec/arena.h"

/* What all sheets of a file share. */
struct sheets_memory {
	struct msg_arena arena;
	size_t n_cells;
};

struct grid_cell {
	size_t row, column;
	const char *text;
	enum sheet_cell_kind kind;
};

struct grid_area {
	size_t row, column, rows, columns;
};

/* All zeroes but for the memory is an empty one. */
struct sheet_grid {
	struct sheets_memory *memory;
	struct grid_cell *cells;
	size_t n_cells, cells_capacity;
	struct grid_area *areas;
	size_t n_areas, areas_capacity;
	bool hidden_rows[SHEETS_ROWS_MAX];
	bool cut;
};

/* NULL: no memory. */
struct sheet_grid *sheet_grid_create(struct sheets_memory *memory);
void sheet_grid_destroy(struct sheet_grid *grid);

/* A copy of the text, cut at its limit, in the arena; NULL: no memory. */
const char *sheets_keep_text(struct sheets_memory *memory, const char *text, size_t length);

/* Room for one more of `size` bytes in a list from malloc that grows. 0 or -ENOMEM. */
int sheets_make_room(void **list, size_t n, size_t *capacity, size_t size);

/* A cell with a text that stays; an empty text is none. 0 or -ENOMEM. */
int sheet_grid_add(struct sheet_grid *grid, const struct grid_cell *cell);

/* A merged area. 0 or -ENOMEM. */
int sheet_grid_merge(struct sheet_grid *grid, const struct grid_area *area);

void sheet_grid_hide_row(struct sheet_grid *grid, size_t row);

/* Makes the sheet's cells. 0 or -ENOMEM. */
int sheet_grid_finish(struct sheet_grid *grid, struct sheet *sheet);

#endif
