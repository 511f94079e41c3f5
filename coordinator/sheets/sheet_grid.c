/* See sheet_grid.h. */
#include "coordinator/sheets/sheet_grid.h"

#include <errno.h>
#include <stdlib.h>

#include "text_copy.h"

static const struct sheet_cell empty = {.text = "", .across = 1, .down = 1};

struct sheet_grid *sheet_grid_create(struct sheets_memory *memory)
{
	struct sheet_grid *grid = calloc(1, sizeof(*grid));
	if (grid) {
		grid->memory = memory;
	}
	return grid;
}

void sheet_grid_destroy(struct sheet_grid *grid)
{
	if (grid) {
		free(grid->cells);
		free(grid->areas);
		free(grid);
	}
}

const char *sheets_keep_text(struct sheets_memory *memory, const char *text, size_t length)
{
	size_t kept = length < SHEETS_TEXT_BYTES_MAX ? length : SHEETS_TEXT_BYTES_MAX;
	char *copy = msg_arena_take(&memory->arena, kept + 1);
	if (copy) {
		text_copy_part(copy, kept + 1, text, length);
	}
	return copy;
}

int sheets_make_room(void **list, size_t n, size_t *capacity, size_t size)
{
	if (n < *capacity) {
		return 0;
	}
	size_t more = *capacity ? *capacity * 2 : 64;
	void *grown = realloc(*list, more * size);
	if (!grown) {
		return -ENOMEM;
	}
	*list = grown;
	*capacity = more;
	return 0;
}

int sheet_grid_add(struct sheet_grid *grid, const struct grid_cell *cell)
{
	if (cell->text[0] == '\0' && cell->kind != SHEET_CELL_UNKNOWN) {
		return 0;
	}
	if (cell->row >= SHEETS_ROWS_MAX || cell->column >= SHEETS_COLUMNS_MAX ||
		grid->n_cells == SHEETS_CELLS_MAX) {
		grid->cut = true;
		return 0;
	}
	void *list = grid->cells;
	int r = sheets_make_room(&list, grid->n_cells, &grid->cells_capacity, sizeof(*cell));
	grid->cells = list;
	if (r == 0) {
		grid->cells[grid->n_cells++] = *cell;
	}
	return r;
}

int sheet_grid_merge(struct sheet_grid *grid, const struct grid_area *area)
{
	if (area->row >= SHEETS_ROWS_MAX || area->column >= SHEETS_COLUMNS_MAX ||
		grid->n_areas == SHEETS_CELLS_MAX || (area->rows <= 1 && area->columns <= 1)) {
		return 0;
	}
	void *list = grid->areas;
	int r = sheets_make_room(&list, grid->n_areas, &grid->areas_capacity, sizeof(*area));
	grid->areas = list;
	if (r == 0) {
		grid->areas[grid->n_areas++] = *area;
	}
	return r;
}

void sheet_grid_hide_row(struct sheet_grid *grid, size_t row)
{
	if (row < SHEETS_ROWS_MAX) {
		grid->hidden_rows[row] = true;
	}
}

static void find_extent(const struct sheet_grid *grid, struct sheet *sheet)
{
	for (size_t i = 0; i < grid->n_cells; i++) {
		const struct grid_cell *cell = &grid->cells[i];
		sheet->n_rows = cell->row >= sheet->n_rows ? cell->row + 1 : sheet->n_rows;
		sheet->n_columns =
			cell->column >= sheet->n_columns ? cell->column + 1 : sheet->n_columns;
	}
}

static int make_cells(struct sheet_grid *grid, struct sheet *sheet)
{
	size_t left = SHEETS_CELLS_MAX - grid->memory->n_cells;
	if (sheet->n_columns > 0 && sheet->n_rows > left / sheet->n_columns) {
		sheet->n_rows = left / sheet->n_columns;
		sheet->cut = true;
	}
	size_t n = sheet->n_rows * sheet->n_columns;
	if (n == 0) {
		sheet->n_rows = sheet->n_columns = 0;
		return 0;
	}
	sheet->cells = msg_arena_take(&grid->memory->arena, n * sizeof(*sheet->cells));
	sheet->hidden_rows = msg_arena_take(&grid->memory->arena, sheet->n_rows);
	if (!sheet->cells || !sheet->hidden_rows) {
		return -ENOMEM;
	}
	grid->memory->n_cells += n;
	for (size_t i = 0; i < n; i++) {
		sheet->cells[i] = empty;
	}
	memcpy(sheet->hidden_rows, grid->hidden_rows, sheet->n_rows);
	return 0;
}

static struct sheet_cell *cell_of(const struct sheet *sheet, size_t row, size_t column)
{
	return &sheet->cells[row * sheet->n_columns + column];
}

/* A cell that something else covers already stays as it is; so does a grid's time bound. */
static void cover(struct sheet *sheet, const struct grid_area *area, size_t *ret_work)
{
	struct sheet_cell *first = cell_of(sheet, area->row, area->column);
	size_t rows = sheet->n_rows - area->row, columns = sheet->n_columns - area->column;
	rows = area->rows < rows ? area->rows : rows;
	columns = area->columns < columns ? area->columns : columns;
	*ret_work += rows * columns;
	first->down = (uint32_t)rows;
	first->across = (uint32_t)columns;
	for (size_t i = 0; i < rows * columns; i++) {
		struct sheet_cell *cell =
			cell_of(sheet, area->row + i / columns, area->column + i % columns);
		if (cell != first && !cell->merged_into) {
			cell->merged_into = first;
		}
	}
}

static void cover_areas(const struct sheet_grid *grid, struct sheet *sheet)
{
	size_t work = 0;
	for (size_t i = 0; i < grid->n_areas && work <= SHEETS_CELLS_MAX; i++) {
		const struct grid_area *area = &grid->areas[i];
		if (area->row < sheet->n_rows && area->column < sheet->n_columns &&
			!cell_of(sheet, area->row, area->column)->merged_into) {
			cover(sheet, area, &work);
		}
	}
}

int sheet_grid_finish(struct sheet_grid *grid, struct sheet *sheet)
{
	sheet->cut = grid->cut;
	find_extent(grid, sheet);
	int r = make_cells(grid, sheet);
	if (r != 0) {
		return r;
	}
	for (size_t i = 0; i < grid->n_cells; i++) {
		const struct grid_cell *from = &grid->cells[i];
		if (from->row < sheet->n_rows) {
			struct sheet_cell *to = cell_of(sheet, from->row, from->column);
			to->text = from->text;
			to->kind = from->kind;
		}
	}
	cover_areas(grid, sheet);
	return 0;
}

const struct sheet_cell *sheet_at(const struct sheet *sheet, size_t row, size_t column)
{
	return row < sheet->n_rows && column < sheet->n_columns ? cell_of(sheet, row, column)
								: &empty;
}
