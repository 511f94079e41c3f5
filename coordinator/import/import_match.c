/* See import_match.h. */
#include "coordinator/import/import_match.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/plan/name_text.h"

enum { MATCH_COLUMNS_MAX = 3 };

/* Columns that have to be alike, IMPORT_NONE behind them. */
struct pass {
	enum import_part part;
	enum import_column columns[MATCH_COLUMNS_MAX];
};

static const struct pass passes[] = {
	{IMPORT_SITES, {IMPORT_ID}},
	{IMPORT_SITES, {IMPORT_NAME}},
	{IMPORT_SITES, {IMPORT_CODE}},
	{IMPORT_AGENDA, {IMPORT_ID}},
	{IMPORT_AGENDA, {IMPORT_TITLE, IMPORT_START}},
	{IMPORT_AGENDA, {IMPORT_TITLE}},
	{IMPORT_AGENDA, {IMPORT_START, IMPORT_BY}},
	{IMPORT_AGENDA, {IMPORT_NUMBER, IMPORT_BY}},
	{IMPORT_AGENDA, {IMPORT_NUMBER, IMPORT_START}},
	{IMPORT_SPEAKING, {IMPORT_LIST, IMPORT_UNIT, IMPORT_TOPIC}},
	{IMPORT_SPEAKING, {IMPORT_LIST, IMPORT_UNIT}},
	{IMPORT_SPEAKING, {IMPORT_LIST, IMPORT_TOPIC}},
};

/* The plain texts of all rows, one column after the other. */
struct plain_rows {
	const struct import_rows *rows;
	char **texts; /* rows × IMPORT_COLUMNS; NULL: nothing stands there */
};

static void plain_finish(struct plain_rows *plain)
{
	for (size_t i = 0; plain->texts && i < plain->rows->n * IMPORT_COLUMNS; i++) {
		free(plain->texts[i]);
	}
	free(plain->texts);
}

/* The plan's items are numbered by their ids: "01" is 1. */
static const char *text_of(const struct import_row *row, enum import_column column)
{
	const char *text = import_value(row, column);
	if (column == IMPORT_NUMBER && text[0] == '\0') {
		text = import_value(row, IMPORT_ID);
	}
	return column == IMPORT_NUMBER ? text + strspn(text, "0") : text;
}

static int plain_init(struct plain_rows *plain, const struct import_rows *rows)
{
	*plain = (struct plain_rows){rows, calloc(rows->n * IMPORT_COLUMNS + 1, sizeof(char *))};
	for (size_t i = 0; plain->texts && i < rows->n * IMPORT_COLUMNS; i++) {
		const char *text = text_of(
			&rows->list[i / IMPORT_COLUMNS], (enum import_column)(i % IMPORT_COLUMNS));
		if (text[0] == '\0') {
			continue;
		}
		plain->texts[i] = name_text_plain(text);
		if (!plain->texts[i]) {
			return -ENOMEM;
		}
	}
	return plain->texts ? 0 : -ENOMEM;
}

static bool are_alike(const struct pass *pass, const struct plain_rows *one, size_t i,
	const struct plain_rows *other, size_t j)
{
	for (size_t k = 0; k < MATCH_COLUMNS_MAX && pass->columns[k]; k++) {
		const char *text = one->texts[i * IMPORT_COLUMNS + pass->columns[k]];
		const char *beside = other->texts[j * IMPORT_COLUMNS + pass->columns[k]];
		if (!text || !beside || text[0] == '\0' || strcmp(text, beside) != 0) {
			return false;
		}
	}
	return true;
}

static void run(const struct pass *pass, struct import_rows *rows, const struct plain_rows *one,
	const struct plain_rows *other, bool *taken)
{
	for (size_t i = 0; i < rows->n; i++) {
		for (size_t j = 0; j < other->rows->n && !rows->list[i].before; j++) {
			if (!taken[j] && are_alike(pass, one, i, other, j)) {
				rows->list[i].before = &other->rows->list[j];
				taken[j] = true;
			}
		}
	}
}

int import_match(enum import_part part, struct import_rows *rows, const struct import_rows *before)
{
	struct plain_rows one = {0}, other = {0};
	bool *taken = calloc(before->n + 1, sizeof(*taken));
	int r = plain_init(&one, rows);
	r = r == 0 ? plain_init(&other, before) : r;
	r = taken ? r : -ENOMEM;
	for (size_t i = 0; i < sizeof(passes) / sizeof(passes[0]) && r == 0; i++) {
		if (passes[i].part == part) {
			run(&passes[i], rows, &one, &other, taken);
		}
	}
	plain_finish(&one);
	plain_finish(&other);
	free(taken);
	return r;
}
