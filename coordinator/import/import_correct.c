/* See import_correct.h. */
#include "coordinator/import/import_correct.h"

#include <stdlib.h>
#include <string.h>

enum { LETTERS = 26, SHEET_NUMBER_DIGITS = 3 };

/* "B7" up to the sign "=". False: it is no cell, or one that no sheet has. */
static bool read_cell(const char *at, struct import_correction *correction)
{
	size_t column = 0, row = 0;
	for (; *at >= 'A' && *at <= 'Z' && column <= SHEETS_COLUMNS_MAX; at++) {
		column = column * LETTERS + (size_t)(*at - 'A') + 1;
	}
	for (; *at >= '0' && *at <= '9' && row <= SHEETS_ROWS_MAX; at++) {
		row = row * 10 + (size_t)(*at - '0');
	}
	correction->row = row - 1;
	correction->column = column - 1;
	correction->value = at + 1;
	return *at == '=' && column > 0 && column <= SHEETS_COLUMNS_MAX && row > 0 &&
	       row <= SHEETS_ROWS_MAX;
}

bool import_correction_read(const char *text, struct import_correction *ret_correction)
{
	const char *equals = strchr(text, '=');
	const char *sign = equals ? memchr(text, '!', (size_t)(equals - text)) : NULL;
	*ret_correction = (struct import_correction){
		.text = text, .name_length = sign ? (size_t)(sign - text) : 0};
	return read_cell(sign ? sign + 1 : text, ret_correction);
}

bool import_correct(struct import *import, const char *text)
{
	struct import_correction correction;
	if (import->n_corrections == IMPORT_CORRECTIONS_MAX ||
		!import_correction_read(text, &correction)) {
		return false;
	}
	import->corrections[import->n_corrections++] = correction;
	return true;
}

/* Whether a sheet is meant: by its name, by its number, or as the first one. */
static bool is_meant(
	const struct import_correction *correction, const struct sheets *sheets, size_t at)
{
	size_t length = correction->name_length;
	const char *name = sheets->list[at].name;
	if (length == 0) {
		return at == 0;
	}
	if (strlen(name) == length && strncmp(name, correction->text, length) == 0) {
		return true;
	}
	return length < SHEET_NUMBER_DIGITS && strtoul(correction->text, NULL, 10) == at + 1;
}

static void put(struct import_correction *correction, const struct sheet *sheet)
{
	if (correction->row >= sheet->n_rows || correction->column >= sheet->n_columns) {
		return;
	}
	struct sheet_cell *cell =
		&sheet->cells[correction->row * sheet->n_columns + correction->column];
	cell->text = correction->value;
	cell->kind = correction->value[0] ? SHEET_CELL_TEXT : SHEET_CELL_EMPTY;
	correction->used = true;
}

void import_apply_corrections(struct import *import, struct sheets *sheets)
{
	for (size_t i = 0; i < import->n_corrections; i++) {
		for (size_t j = 0; j < sheets->n; j++) {
			if (is_meant(&import->corrections[i], sheets, j)) {
				put(&import->corrections[i], &sheets->list[j]);
			}
		}
	}
}

const char *import_correction_unused(const struct import *import)
{
	for (size_t i = 0; i < import->n_corrections; i++) {
		if (!import->corrections[i].used) {
			return import->corrections[i].text;
		}
	}
	return NULL;
}
