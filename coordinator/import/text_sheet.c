/* See text_sheet.h. */
#include "coordinator/import/text_sheet.h"

#include <errno.h>

#include "cleanup.h"
#include "coordinator/plan/csv.h"
#include "coordinator/plan/csv_joined.h"
#include "coordinator/plan/file_text.h"
#include "coordinator/sheets/sheet_grid.h"

DEFINE_CLEANUP(struct sheets *, sheets_destroy)
DEFINE_CLEANUP(struct sheet_grid *, sheet_grid_destroy)

static int to_utf8(char **text, size_t *length, bool *ret_guessed)
{
	int r = file_text_convert(text, length);
	if (r == FILE_TEXT_OTHER_ENCODING) {
		*ret_guessed = true;
		r = file_text_from_windows_1258(text, length);
	}
	return r <= 0 ? r : SHEETS_OTHER;
}

static int add_row(struct sheet_grid *grid, const struct csv_row *row)
{
	int r = 0;
	for (size_t i = 0; i < row->n_cells && r == 0; i++) {
		const struct csv_cell *cell = &row->cells[i];
		const char *text = sheets_keep_text(grid->memory, cell->text, cell->length);
		r = text ? sheet_grid_add(grid,
				   &(struct grid_cell){row->number - 1, i, text, SHEET_CELL_TEXT})
			 : -ENOMEM;
	}
	return r;
}

/* A row that is no CSV is read as far as it is one: what it holds is shown. */
static int read_rows(char *text, size_t length, struct sheet_grid *grid)
{
	struct csv csv;
	struct csv_row row;
	int r = 0;
	csv_undo_joined(text, &length);
	csv_init(&csv, text, length);
	while (r == 0 && csv_next(&csv, &row) != CSV_END) {
		r = add_row(grid, &row);
	}
	return r;
}

int text_sheet_read(char **text, size_t length, struct sheets **ret_sheets, bool *ret_guessed)
{
	struct sheets *sheets cleanup(sheets_destroy) = NULL;
	struct sheet_grid *grid cleanup(sheet_grid_destroy) = NULL;
	*ret_guessed = false;
	int r = to_utf8(text, &length, ret_guessed);
	if (r != 0) {
		return r;
	}
	sheets = sheets_create();
	grid = sheets ? sheet_grid_create(sheets->memory) : NULL;
	if (!grid) {
		return -ENOMEM;
	}
	sheets->list[0].name = sheets->list[0].above = "";
	sheets->n = 1;
	r = read_rows(*text, length, grid);
	r = r == 0 ? sheet_grid_finish(grid, &sheets->list[0]) : r;
	if (r == 0) {
		*ret_sheets = sheets;
		sheets = NULL;
	}
	return r;
}
