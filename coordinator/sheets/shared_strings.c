/* See shared_strings.h. */
#include "coordinator/sheets/shared_strings.h"

#include <errno.h>
#include <stdlib.h>

#include "coordinator/sheets/sheet_grid.h"

int rich_text_read(struct xml_walk *walk, struct text_parts *ret_parts)
{
	int depth = 1, phonetic = 0;
	bool in_text = false;
	text_parts_clear(ret_parts);
	while (depth > 0) {
		int step = xml_walk_next(walk);
		if (step <= 0) {
			return -EBADMSG;
		}
		if (step == XML_STEP_TEXT) {
			text_parts_add(
				ret_parts, in_text && phonetic == 0 ? xml_walk_text(walk) : "");
			continue;
		}
		int by = step == XML_STEP_OPENS ? 1 : -1;
		depth += by;
		phonetic += xml_walk_is(walk, "rPh") ? by : 0;
		in_text = step == XML_STEP_OPENS && xml_walk_is(walk, "t");
	}
	text_parts_trim(ret_parts);
	return 0;
}

static int add_string(struct workbook *book, const struct text_parts *parts)
{
	if (book->n_strings == SHEETS_STRINGS_MAX) {
		return SHEETS_TOO_LARGE;
	}
	const char *text = sheets_keep_text(book->sheets->memory, parts->text, parts->length);
	void *list = book->strings;
	int r = sheets_make_room(&list, book->n_strings, &book->strings_capacity, sizeof(text));
	book->strings = list;
	if (r < 0 || !text) {
		return -ENOMEM;
	}
	book->strings[book->n_strings++] = text;
	return 0;
}

static int walk_strings(struct xml_walk *walk, struct workbook *book, struct text_parts *parts)
{
	int r = 0;
	while (r == 0) {
		int step = xml_walk_next(walk);
		if (step <= 0) {
			return step < 0 ? SHEETS_BROKEN : 0;
		}
		if (step == XML_STEP_OPENS && xml_walk_is(walk, "si")) {
			r = rich_text_read(walk, parts) < 0 ? SHEETS_BROKEN
							    : add_string(book, parts);
		}
	}
	return r;
}

int shared_strings_read(struct xml_walk *walk, struct workbook *book)
{
	struct text_parts *parts = calloc(1, sizeof(*parts));
	int r = parts ? walk_strings(walk, book, parts) : -ENOMEM;
	free(parts);
	return r;
}
