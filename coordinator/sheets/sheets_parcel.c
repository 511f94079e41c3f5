/* See sheets_parcel.h. */
#include "coordinator/sheets/sheets_parcel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/sheets/sheet_grid.h"

DEFINE_CLEANUP(struct sheets *, sheets_destroy)
DEFINE_CLEANUP(struct sheet_grid *, sheet_grid_destroy)

/* ---- packing ---- */

int sheets_parcel_reserve(struct sheets_parcel *parcel, size_t more)
{
	if (parcel->capacity - parcel->n >= more) {
		return 0;
	}
	size_t capacity = 2 * (parcel->n + more);
	char *grown = realloc(parcel->bytes, capacity);
	if (!grown) {
		return -ENOMEM;
	}
	parcel->bytes = grown;
	parcel->capacity = capacity;
	return 0;
}

void sheets_parcel_finish(struct sheets_parcel *parcel)
{
	free(parcel->bytes);
	*parcel = (struct sheets_parcel){0};
}

static int put(struct sheets_parcel *parcel, const void *bytes, size_t n)
{
	int r = sheets_parcel_reserve(parcel, n);
	if (r == 0 && n > 0) {
		memcpy(parcel->bytes + parcel->n, bytes, n);
		parcel->n += n;
	}
	return r;
}

static int put_number(struct sheets_parcel *parcel, size_t number)
{
	uint32_t narrow = (uint32_t)number;
	return put(parcel, &narrow, sizeof(narrow));
}

static int put_text(struct sheets_parcel *parcel, const char *text)
{
	size_t length = strlen(text);
	int r = put_number(parcel, length);
	return r == 0 ? put(parcel, text, length) : r;
}

/* Cells that say something or cover others; behind them a row that no sheet has. */
static bool is_told(const struct sheet_cell *cell)
{
	return cell->kind != SHEET_CELL_EMPTY || cell->across > 1 || cell->down > 1;
}

static int put_cell(
	struct sheets_parcel *parcel, const struct sheet_cell *cell, size_t row, size_t column)
{
	const size_t numbers[] = {row, column, cell->kind, cell->across, cell->down};
	int r = 0;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]) && r == 0; i++) {
		r = put_number(parcel, numbers[i]);
	}
	return r == 0 ? put_text(parcel, cell->text) : r;
}

static int put_sheet(struct sheets_parcel *parcel, const struct sheet *sheet)
{
	const char flags[] = {(char)sheet->hidden, (char)sheet->cut};
	int r = put_text(parcel, sheet->name);
	r = r == 0 ? put_text(parcel, sheet->above) : r;
	r = r == 0 ? put(parcel, flags, sizeof(flags)) : r;
	r = r == 0 ? put_number(parcel, sheet->n_rows) : r;
	r = r == 0 ? put(parcel, sheet->hidden_rows, sheet->n_rows) : r;
	for (size_t i = 0; i < sheet->n_rows * sheet->n_columns && r == 0; i++) {
		if (is_told(&sheet->cells[i])) {
			r = put_cell(parcel, &sheet->cells[i], i / sheet->n_columns,
				i % sheet->n_columns);
		}
	}
	return r == 0 ? put_number(parcel, SHEETS_ROWS_MAX) : r;
}

int sheets_pack(const struct sheets *sheets, struct sheets_parcel *parcel)
{
	int r = put_number(parcel, sheets->n);
	r = r == 0 ? put_number(parcel, sheets->is_document) : r;
	for (size_t i = 0; i < sheets->n && r == 0; i++) {
		r = put_sheet(parcel, &sheets->list[i]);
	}
	return r;
}

/* ---- unpacking ---- */

struct parcel_reading {
	const char *at, *end;
	struct sheets_memory *memory;
	bool broken; /* from here on all numbers are 0 and all texts empty */
};

static const char *take(struct parcel_reading *unpacking, size_t n)
{
	if (unpacking->broken || (size_t)(unpacking->end - unpacking->at) < n) {
		unpacking->broken = true;
		return NULL;
	}
	const char *bytes = unpacking->at;
	unpacking->at += n;
	return bytes;
}

static size_t take_number(struct parcel_reading *unpacking)
{
	uint32_t number = 0;
	const char *bytes = take(unpacking, sizeof(number));
	if (bytes) {
		memcpy(&number, bytes, sizeof(number));
	}
	return number;
}

/* NULL: no memory. */
static const char *take_text(struct parcel_reading *unpacking)
{
	size_t length = take_number(unpacking);
	const char *bytes = take(unpacking, length);
	return bytes ? sheets_keep_text(unpacking->memory, bytes, length) : "";
}

static int take_cell(struct parcel_reading *unpacking, size_t row, struct sheet_grid *grid)
{
	struct grid_cell cell = {.row = row, .column = take_number(unpacking)};
	size_t kind = take_number(unpacking);
	struct grid_area area = {.row = row, .column = cell.column};
	area.columns = take_number(unpacking);
	area.rows = take_number(unpacking);
	cell.kind = kind <= SHEET_CELL_UNKNOWN ? (enum sheet_cell_kind)kind : SHEET_CELL_TEXT;
	cell.text = take_text(unpacking);
	int r = cell.text ? 0 : -ENOMEM;
	r = r == 0 ? sheet_grid_add(grid, &cell) : r;
	return r == 0 ? sheet_grid_merge(grid, &area) : r;
}

static int take_cells(struct parcel_reading *unpacking, struct sheet_grid *grid)
{
	int r = 0;
	for (size_t row = take_number(unpacking);
		r == 0 && !unpacking->broken && row != SHEETS_ROWS_MAX;
		row = take_number(unpacking)) {
		r = take_cell(unpacking, row, grid);
	}
	return r;
}

static void take_hidden_rows(struct parcel_reading *unpacking, struct sheet_grid *grid)
{
	size_t n = take_number(unpacking);
	const char *hidden = take(unpacking, n);
	for (size_t i = 0; hidden && i < n; i++) {
		if (hidden[i]) {
			sheet_grid_hide_row(grid, i);
		}
	}
}

static int take_sheet(struct parcel_reading *unpacking, struct sheet *sheet)
{
	struct sheet_grid *grid cleanup(sheet_grid_destroy) = sheet_grid_create(unpacking->memory);
	sheet->name = take_text(unpacking);
	sheet->above = take_text(unpacking);
	const char *flags = take(unpacking, 2);
	sheet->hidden = flags && flags[0];
	bool cut = flags && flags[1];
	if (!grid || !sheet->name || !sheet->above) {
		return -ENOMEM;
	}
	take_hidden_rows(unpacking, grid);
	int r = take_cells(unpacking, grid);
	r = r == 0 ? sheet_grid_finish(grid, sheet) : r;
	sheet->cut = sheet->cut || cut;
	return r;
}

int sheets_unpack(const struct sheets_parcel *parcel, struct sheets **ret_sheets)
{
	struct sheets *sheets cleanup(sheets_destroy) = sheets_create();
	if (!sheets) {
		return -ENOMEM;
	}
	struct parcel_reading unpacking = {
		.at = parcel->bytes, .end = parcel->bytes + parcel->n, .memory = sheets->memory};
	size_t n = take_number(&unpacking);
	sheets->is_document = take_number(&unpacking) == 1;
	int r = n <= SHEETS_MAX ? 0 : SHEETS_BROKEN;
	for (; r == 0 && !unpacking.broken && sheets->n < n; sheets->n++) {
		r = take_sheet(&unpacking, &sheets->list[sheets->n]);
	}
	if (r == 0 && (unpacking.broken || unpacking.at != unpacking.end)) {
		r = SHEETS_BROKEN;
	}
	if (r == 0) {
		*ret_sheets = sheets;
		sheets = NULL;
	}
	return r;
}
