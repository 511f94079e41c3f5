/* See plan_workbook.h. */
#include "coordinator/import/plan_workbook.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/import/import_rows.h"
#include "coordinator/import/import_words.h"
#include "coordinator/sheets/list_workbook.h"
#include "proto/codec/codec.h"
#include "proto/gen/tables.h"
#include "proto/words/text_fill.h"

enum { TITLE_SIZE = 128 };

/* As an office's tables have them: when, what, who; its own order for each part. */
static const enum import_column columns[IMPORT_PARTS][IMPORT_COLUMNS] = {
	[IMPORT_SITES] = {IMPORT_ID, IMPORT_NAME, IMPORT_CODE, IMPORT_REGION, IMPORT_KIND,
		IMPORT_SOURCES, IMPORT_VENUE, IMPORT_CHAIR, IMPORT_CONTACT},
	[IMPORT_AGENDA] = {IMPORT_ID, IMPORT_DAY, IMPORT_START, IMPORT_MINUTES, IMPORT_TITLE,
		IMPORT_BY, IMPORT_KIND, IMPORT_FIXED_END, IMPORT_LISTS},
	[IMPORT_SPEAKING] = {IMPORT_LIST, IMPORT_SITE, IMPORT_UNIT, IMPORT_SPEAKER, IMPORT_OFFICE,
		IMPORT_TOPIC, IMPORT_MINUTES},
};

struct plan_book {
	struct msg_arena arena;
	enum language language;
	struct list_sheet sheets[IMPORT_PARTS];
	struct import_rows rows[IMPORT_PARTS];
};

static const char *keep_text(struct plan_book *book, enum text_id text)
{
	char title[TITLE_SIZE];
	text_fill(title, sizeof(title), text, book->language, NULL);
	return import_keep(&book->arena, title);
}

/* Kinds of items are said in the language. */
static const char *shown(const struct plan_book *book, enum import_part part,
	const struct import_row *row, enum import_column column)
{
	const char *value = import_value(row, column);
	int kind = part == IMPORT_AGENDA && column == IMPORT_KIND
			   ? msg_enum_value(&msg_item_kind, value)
			   : 0;
	return kind > 0 ? label_of_item_kind((enum item_kind)kind, book->language) : value;
}

static int fill_titles(struct plan_book *book, enum import_part part)
{
	struct list_sheet *sheet = &book->sheets[part];
	while (columns[part][sheet->n_columns]) {
		sheet->n_columns++;
	}
	const char **made = msg_arena_take(&book->arena, sheet->n_columns * sizeof(*made));
	sheet->name = keep_text(book, import_part_title(part));
	sheet->titles = made;
	for (size_t i = 0; made && i < sheet->n_columns; i++) {
		made[i] = keep_text(book, import_column_title(columns[part][i]));
		if (!made[i]) {
			return -ENOMEM;
		}
	}
	return made && sheet->name ? 0 : -ENOMEM;
}

static int fill_rows(struct plan_book *book, enum import_part part)
{
	struct list_sheet *sheet = &book->sheets[part];
	const struct import_rows *rows = &book->rows[part];
	const char **made =
		msg_arena_take(&book->arena, (rows->n * sheet->n_columns + 1) * sizeof(*made));
	if (!made) {
		return -ENOMEM;
	}
	sheet->n_rows = rows->n;
	sheet->cells = made;
	for (size_t i = 0; i < rows->n * sheet->n_columns; i++) {
		made[i] = shown(book, part, &rows->list[i / sheet->n_columns],
			columns[part][i % sheet->n_columns]);
	}
	return 0;
}

static int fill(struct plan_book *book, const struct plan *plan)
{
	int r = 0;
	for (enum import_part part = 0; part < IMPORT_PARTS && r == 0; part++) {
		r = import_rows_of_plan(plan, part, &book->arena, &book->rows[part]);
		r = r == 0 ? fill_titles(book, part) : r;
		r = r == 0 ? fill_rows(book, part) : r;
	}
	return r;
}

int plan_workbook_make(
	const struct plan *plan, enum language language, char **ret_bytes, size_t *ret_size)
{
	struct plan_book book = {.language = language};
	int r = fill(&book, plan);
	r = r == 0 ? list_workbook_make(book.sheets, IMPORT_PARTS, ret_bytes, ret_size) : r;
	for (enum import_part part = 0; part < IMPORT_PARTS; part++) {
		import_rows_finish(&book.rows[part]);
	}
	msg_arena_finish(&book.arena);
	return r;
}
