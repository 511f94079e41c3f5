/* See sheets.h. */
#include "coordinator/sheets/sheets.h"

#include <errno.h>
#include <stdlib.h>

#include "cleanup.h"
#include "coordinator/sheets/office_package.h"
#include "coordinator/sheets/sheet_grid.h"
#include "coordinator/sheets/word_tables.h"
#include "coordinator/sheets/workbook.h"
#include "coordinator/sheets/xml_walk.h"

DEFINE_CLEANUP(char *, free)
DEFINE_CLEANUP(struct xml_walk *, xml_walk_destroy)
DEFINE_CLEANUP(struct office_package *, package_close)
DEFINE_CLEANUP(struct sheets *, sheets_destroy)

typedef int read_main(struct office_package *package, const char *part, struct sheets *sheets);

/* By the root of the main part, whatever the file's name says; SHEETS_OTHER: neither. */
static int find_reader(struct office_package *package, const char *part, read_main **ret_read)
{
	char *bytes cleanup(free) = NULL;
	struct xml_walk *walk cleanup(xml_walk_destroy) = NULL;
	size_t size;
	int r = package_part(package, part, &bytes, &size);
	r = r == 0 ? xml_walk_create(bytes, size, &walk) : r;
	if (r != 0) {
		return r == -ENOENT ? SHEETS_BROKEN : r;
	}
	if (xml_walk_next(walk) != XML_STEP_OPENS) {
		return SHEETS_BROKEN;
	}
	*ret_read = xml_walk_is(walk, "workbook")   ? workbook_read
		    : xml_walk_is(walk, "document") ? word_tables_read
						    : NULL;
	return *ret_read ? 0 : SHEETS_OTHER;
}

struct sheets *sheets_create(void)
{
	struct sheets *sheets = calloc(1, sizeof(*sheets));
	if (sheets) {
		sheets->memory = calloc(1, sizeof(*sheets->memory));
		sheets->list = calloc(SHEETS_MAX, sizeof(*sheets->list));
	}
	if (sheets && sheets->memory && sheets->list) {
		return sheets;
	}
	sheets_destroy(sheets);
	return NULL;
}

int sheets_read(const char *bytes, size_t size, struct sheets **ret_sheets)
{
	struct office_package *package cleanup(package_close) = NULL;
	struct sheets *sheets cleanup(sheets_destroy) = NULL;
	char part[PACKAGE_NAME_SIZE];
	read_main *read = NULL;
	int r = package_open(bytes, size, &package);
	r = r == 0 ? package_related(package, "", "/officeDocument", part) : r;
	if (r != 0) {
		return r == -ENOENT ? SHEETS_OTHER : r;
	}
	r = find_reader(package, part, &read);
	if (r == 0) {
		sheets = sheets_create();
		r = sheets ? read(package, part, sheets) : -ENOMEM;
	}
	if (r == 0) {
		*ret_sheets = sheets;
		sheets = NULL;
	}
	return r;
}

void sheets_destroy(struct sheets *sheets)
{
	if (!sheets) {
		return;
	}
	if (sheets->memory) {
		msg_arena_finish(&sheets->memory->arena);
	}
	free(sheets->memory);
	free(sheets->list);
	free(sheets);
}
