/* The parts of a workbook that its sheets refer to, and the list of its sheets. */
#include "coordinator/sheets/workbook.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/sheets/shared_strings.h"
#include "coordinator/sheets/sheet_grid.h"
#include "coordinator/sheets/worksheet.h"
#include "coordinator/sheets/xml_walk.h"

enum { SHEET_NAME_SIZE = 128 * 4, FORMAT_CODE_SIZE = 256, STATE_SIZE = 16 };

DEFINE_CLEANUP(char *, free)
DEFINE_CLEANUP(struct xml_walk *, xml_walk_destroy)

/* ---- formats of cells ---- */

/* A format that the workbook defines itself. */
struct custom_format {
	long id;
	enum number_format format;
};

struct styles_reading {
	struct workbook *book;
	struct custom_format customs[SHEETS_FORMATS_MAX];
	size_t n_customs;
	bool in_cell_formats;
};

static void read_custom(struct styles_reading *reading, struct xml_walk *walk)
{
	char code[FORMAT_CODE_SIZE];
	long id;
	if (reading->n_customs < SHEETS_FORMATS_MAX &&
		xml_walk_number(walk, "numFmtId", LONG_MAX, &id) &&
		xml_walk_attribute(walk, "formatCode", code, sizeof(code))) {
		reading->customs[reading->n_customs++] =
			(struct custom_format){id, number_format_of_code(code)};
	}
}

/* A workbook may define anew what is built in. */
static enum number_format format_of(const struct styles_reading *reading, long id)
{
	for (size_t i = 0; i < reading->n_customs; i++) {
		if (reading->customs[i].id == id) {
			return reading->customs[i].format;
		}
	}
	return number_format_of_id(id);
}

static int read_cell_format(struct styles_reading *reading, struct xml_walk *walk)
{
	struct workbook *book = reading->book;
	void *list = book->styles;
	long id = 0;
	if (book->n_styles == SHEETS_STYLES_MAX) {
		return SHEETS_TOO_LARGE;
	}
	int r = sheets_make_room(
		&list, book->n_styles, &book->styles_capacity, sizeof(*book->styles));
	book->styles = list;
	if (r == 0) {
		xml_walk_number(walk, "numFmtId", LONG_MAX, &id);
		book->styles[book->n_styles++] = format_of(reading, id);
	}
	return r;
}

static int read_style(struct styles_reading *reading, struct xml_walk *walk)
{
	if (xml_walk_is(walk, "numFmt")) {
		read_custom(reading, walk);
	} else if (xml_walk_is(walk, "cellXfs")) {
		reading->in_cell_formats = true;
	} else if (xml_walk_is(walk, "xf") && reading->in_cell_formats) {
		return read_cell_format(reading, walk);
	}
	return 0;
}

static int walk_styles(struct styles_reading *reading, struct xml_walk *walk)
{
	int r = 0;
	while (r == 0) {
		int step = xml_walk_next(walk);
		if (step <= 0) {
			return step < 0 ? SHEETS_BROKEN : 0;
		}
		if (step == XML_STEP_OPENS) {
			r = read_style(reading, walk);
		} else if (step == XML_STEP_CLOSES && xml_walk_is(walk, "cellXfs")) {
			reading->in_cell_formats = false;
		}
	}
	return r;
}

/* The relation's part as a walk; -ENOENT: a workbook may do without it. */
static int open_related(const struct workbook *book, const char *part, const char *kind,
	char **ret_bytes, struct xml_walk **ret_walk)
{
	char name[PACKAGE_NAME_SIZE];
	size_t size;
	int r = package_related(book->package, part, kind, name);
	r = r == 0 ? package_part(book->package, name, ret_bytes, &size) : r;
	return r == 0 ? xml_walk_create(*ret_bytes, size, ret_walk) : r;
}

static int read_styles(struct workbook *book, const char *part)
{
	char *bytes cleanup(free) = NULL;
	struct xml_walk *walk cleanup(xml_walk_destroy) = NULL;
	int r = open_related(book, part, "/styles", &bytes, &walk);
	if (r != 0) {
		return r == -ENOENT ? 0 : r;
	}
	struct styles_reading reading = {.book = book};
	return walk_styles(&reading, walk);
}

static int read_strings(struct workbook *book, const char *part)
{
	char *bytes cleanup(free) = NULL;
	struct xml_walk *walk cleanup(xml_walk_destroy) = NULL;
	int r = open_related(book, part, "/sharedStrings", &bytes, &walk);
	if (r != 0) {
		return r == -ENOENT ? 0 : r;
	}
	return shared_strings_read(walk, book);
}

/* ---- its sheets ---- */

static int read_sheet(struct workbook *book, const char *part, struct xml_walk *walk)
{
	char id[PACKAGE_ID_SIZE], name[SHEET_NAME_SIZE] = "", state[STATE_SIZE] = "";
	char file[PACKAGE_NAME_SIZE];
	struct sheets *sheets = book->sheets;
	if (sheets->n == SHEETS_MAX) {
		return SHEETS_TOO_LARGE;
	}
	struct sheet *sheet = &sheets->list[sheets->n];
	xml_walk_attribute(walk, "name", name, sizeof(name));
	xml_walk_attribute(walk, "state", state, sizeof(state));
	if (!xml_walk_attribute(walk, "id", id, sizeof(id))) {
		return SHEETS_BROKEN;
	}
	int r = package_related_by_id(book->package, part, id, file);
	if (r != 0) {
		return r == -ENOENT ? SHEETS_BROKEN : r;
	}
	sheet->above = "";
	sheet->name = sheets_keep_text(sheets->memory, name, strlen(name));
	sheet->hidden = strcmp(state, "hidden") == 0 || strcmp(state, "veryHidden") == 0;
	sheets->n++;
	return sheet->name ? worksheet_read(book, file, sheet) : -ENOMEM;
}

static int read_main(struct workbook *book, const char *part, struct xml_walk *walk)
{
	int r = 0;
	while (r == 0) {
		int step = xml_walk_next(walk);
		if (step <= 0) {
			return step < 0 ? SHEETS_BROKEN : 0;
		}
		if (step == XML_STEP_OPENS && xml_walk_is(walk, "workbookPr")) {
			book->from_1904 = xml_walk_switch(walk, "date1904");
		} else if (step == XML_STEP_OPENS && xml_walk_is(walk, "sheet")) {
			r = read_sheet(book, part, walk);
		}
	}
	return r;
}

static int read_book(struct workbook *book, const char *part)
{
	char *bytes cleanup(free) = NULL;
	struct xml_walk *walk cleanup(xml_walk_destroy) = NULL;
	size_t size;
	int r = package_part(book->package, part, &bytes, &size);
	r = r == 0 ? read_styles(book, part) : r;
	r = r == 0 ? read_strings(book, part) : r;
	r = r == 0 ? xml_walk_create(bytes, size, &walk) : r;
	return r == 0 ? read_main(book, part, walk) : r;
}

int workbook_read(struct office_package *package, const char *part, struct sheets *sheets)
{
	struct workbook book = {.package = package, .sheets = sheets};
	int r = read_book(&book, part);
	free(book.strings);
	free(book.styles);
	return r == -ENOENT ? SHEETS_BROKEN : r;
}
