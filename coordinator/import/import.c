/* See import.h. */
#include "coordinator/import/import.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/import/import_correct.h"
#include "coordinator/import/import_read.h"
#include "coordinator/import/text_sheet.h"
#include "coordinator/sheets/sheets_apart.h"
#include "proto/system/file.h"

DEFINE_CLEANUP(char *, free)

struct import *import_create(const struct plan *plan)
{
	struct import *import = calloc(1, sizeof(*import));
	int r = import ? 0 : -ENOMEM;
	if (import) {
		import->plan = plan;
	}
	for (enum import_part part = 0; part < IMPORT_PARTS && r == 0; part++) {
		r = import_rows_of_plan(plan, part, &import->arena, &import->before[part]);
	}
	if (r == 0) {
		return import;
	}
	import_destroy(import);
	return NULL;
}

void import_destroy(struct import *import)
{
	if (!import) {
		return;
	}
	for (size_t i = 0; i < import->n_files; i++) {
		sheets_destroy(import->files[i].sheets);
	}
	for (enum import_part part = 0; part < IMPORT_PARTS; part++) {
		import_rows_finish(&import->read[part]);
		import_rows_finish(&import->before[part]);
		import_rows_finish(&import->merged[part]);
	}
	msg_arena_finish(&import->arena);
	free(import);
}

/* What is no package is a text; what is one of another kind is told for that. */
static int read_sheets(char **bytes, size_t size, struct sheets **ret_sheets, bool *ret_guessed)
{
	int r = sheets_read_apart(*bytes, size, ret_sheets);
	bool is_package = size >= 2 && memcmp(*bytes, "PK", 2) == 0;
	return r == SHEETS_OTHER && !is_package
		       ? text_sheet_read(bytes, size, ret_sheets, ret_guessed)
		       : r;
}

static int read_tables(
	struct import *import, const struct import_file *file, const struct sheet *sheet)
{
	int r = 0;
	for (size_t row = 0; r == 0 && import->n_tables < IMPORT_TABLES_MAX;) {
		struct import_table *table = &import->tables[import->n_tables];
		int found = import_table_find(sheet, row, table);
		if (found <= 0) {
			return found;
		}
		row = table->end;
		import->files_of[import->n_tables] = file;
		r = import_read_table(import, import->n_tables++);
	}
	return r;
}

int import_sheets(struct import *import, const char *name, struct sheets *sheets)
{
	if (import->n_files == IMPORT_FILES_MAX) {
		sheets_destroy(sheets);
		return -ENOSPC;
	}
	struct import_file *file = &import->files[import->n_files++];
	file->name = name;
	file->sheets = sheets;
	import_apply_corrections(import, sheets);
	int r = 0;
	for (size_t i = 0; i < sheets->n && r == 0; i++) {
		r = sheets->list[i].hidden ? 0 : read_tables(import, file, &sheets->list[i]);
	}
	return r;
}

int import_file(struct import *import, const char *path)
{
	char *bytes cleanup(free) = NULL;
	size_t size;
	struct sheets *sheets = NULL;
	bool guessed = false;
	int r = file_read(path, SHEETS_FILE_BYTES_MAX, &bytes, &size);
	r = r == 0 ? read_sheets(&bytes, size, &sheets, &guessed) : r;
	if (r != 0) {
		return r;
	}
	r = import_sheets(import, path, sheets);
	if (r == 0) {
		import->files[import->n_files - 1].guessed_encoding = guessed;
	}
	return r;
}

bool import_touches(const struct import *import, enum import_part part)
{
	const struct import_rows *rows = &import->merged[part];
	for (size_t i = 0; i < rows->n; i++) {
		enum import_fate fate = rows->list[i].fate;
		if (fate != IMPORT_UNCHANGED && fate != IMPORT_KEPT) {
			return true;
		}
	}
	return false;
}
