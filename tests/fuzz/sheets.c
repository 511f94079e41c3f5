/*
 * Workbooks and documents: the first byte says whether what follows is a whole file, or the parts
 * of a workbook (its list of sheets, one sheet, strings, styles, parted by NUL bytes), or a
 * document's main part. The packages are made here, so that what is changed reaches the readers of
 * XML.
 */
#include "coordinator/sheets/sheets.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/import/import.h"
#include "coordinator/import/import_print.h"
#include "tests/unit/sheets/made_package.h"

enum { PARTS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define RELATION(id, kind, target)                                                                 \
	"<Relationship Id=\"" id "\" Type=\"/" kind "\" Target=\"" target "\"/>"

static const char of_book[] =
	"<Relationships>" RELATION("r", "officeDocument", "xl/workbook.xml") "</Relationships>";
static const char of_document[] =
	"<Relationships>" RELATION("r", "officeDocument", "word/document.xml") "</Relationships>";
static const char of_sheets[] = "<Relationships>" RELATION("r1", "worksheet", "sheet.xml")
	RELATION("r2", "sharedStrings", "strings.xml")
		RELATION("r3", "styles", "styles.xml") "</Relationships>";

/* Every text of every cell is looked at. */
static size_t weigh(const struct sheets *sheets)
{
	size_t n = 0;
	for (size_t i = 0; i < sheets->n; i++) {
		const struct sheet *sheet = &sheets->list[i];
		n += strlen(sheet->name) + strlen(sheet->above);
		for (size_t j = 0; j < sheet->n_rows * sheet->n_columns; j++) {
			const struct sheet_cell *cell =
				sheet_at(sheet, j / sheet->n_columns, j % sheet->n_columns);
			n += strlen(cell->text) + cell->across * cell->down;
			n += cell->merged_into ? strlen(cell->merged_into->text) : 0;
		}
	}
	return n;
}

/* What comes of it is written, and shown. */
static void look_at(const struct import *import, FILE *nowhere)
{
	for (enum import_part part = 0; part < IMPORT_PARTS; part++) {
		size_t length;
		char *text = import_rows_csv(&import->merged[part], part, &length);
		if (!text || strlen(text) != length) {
			abort();
		}
		free(text);
	}
	import_print(import, LANGUAGE_VI, nowhere);
}

/* A plan with a site, an item and a turn that tables may mean. */
static void fill(
	struct plan *plan, struct plan_site *site, struct plan_item *item, struct plan_turn *turn)
{
	strcpy(site->id, "can-tho");
	strcpy(site->name, "Cần Thơ");
	strcpy(item->id, "01");
	strcpy(item->title, "Thảo luận");
	strcpy(item->lists[0], "thao-luan");
	item->has_lists = true;
	item->n_lists = 1;
	strcpy(turn->list, "thao-luan");
	strcpy(turn->unit, "UBND Cần Thơ");
	plan->sites = (struct plan_sites){.sites = site, .n_sites = 1};
	plan->agenda = (struct plan_agenda){.items = item, .n_items = 1};
	plan->speaking = (struct plan_speaking){.turns = turn, .n_turns = 1};
}

static void take_in(struct sheets *sheets)
{
	static FILE *nowhere;
	static struct plan plan;
	static struct plan_site site = {.kind = SITE_KIND_REMOTE};
	static struct plan_item item = {.kind = ITEM_KIND_DISCUSSION};
	static struct plan_turn turn = {.minutes = 10};
	nowhere = nowhere ? nowhere : fopen("/dev/null", "w");
	fill(&plan, &site, &item, &turn);
	struct import *import = import_create(&plan);
	if (!nowhere || !import || import_sheets(import, "x", sheets) != 0 ||
		import_merge(import) != 0) {
		abort();
	}
	look_at(import, nowhere);
	import_destroy(import);
}

static void read_file(const char *bytes, size_t size)
{
	struct sheets *sheets = NULL;
	if (sheets_read(bytes, size, &sheets) == 0) {
		if (sheets->n > SHEETS_MAX || weigh(sheets) == SIZE_MAX) {
			abort();
		}
		take_in(sheets);
	}
}

static void read_parts(const struct made_part *parts, size_t n_parts)
{
	size_t size;
	char *bytes = made_package(parts, n_parts, &size);
	read_file(bytes, size);
	free(bytes);
}

/* The next part, ended by NUL; what is empty is left out. */
static struct made_part take_part(const char *name, const char **at, const char *end)
{
	const char *from = *at;
	size_t left = (size_t)(end - from);
	const char *nul = left > 0 ? memchr(from, '\0', left) : NULL;
	size_t length = nul ? (size_t)(nul - from) : left;
	*at = from + length + (nul != NULL);
	return (struct made_part){name, length > 0 ? from : NULL, length};
}

static void read_book(const char *at, const char *end)
{
	static const char *const names[PARTS] = {
		"xl/workbook.xml", "xl/sheet.xml", "xl/strings.xml", "xl/styles.xml"};
	struct made_part parts[PARTS + 2] = {
		{"_rels/.rels", of_book, 0}, {"xl/_rels/workbook.xml.rels", of_sheets, 0}};
	for (size_t i = 0; i < PARTS; i++) {
		parts[2 + i] = take_part(names[i], &at, end);
	}
	read_parts(parts, PARTS + 2);
}

static void read_document(const char *at, const char *end)
{
	const struct made_part parts[] = {{"_rels/.rels", of_document, 0},
		{"word/document.xml", at < end ? at : NULL, (size_t)(end - at)}};
	read_parts(parts, 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data, *end = at + size;
	if (size == 0) {
		return 0;
	}
	if (*at == 'b') {
		read_book(at + 1, end);
	} else if (*at == 'd') {
		read_document(at + 1, end);
	} else {
		read_file(at, size);
	}
	return 0;
}
