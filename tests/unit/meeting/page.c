/* Tables of Markdown: see page.h. */
#include "tests/unit/meeting/page.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void trim(char *to, const char *from, size_t len)
{
	while (len > 0 && *from == ' ') {
		from++;
		len--;
	}
	while (len > 0 && from[len - 1] == ' ') {
		len--;
	}
	assert_true(len < PAGE_CELL_MAX);
	memcpy(to, from, len);
	to[len] = 0;
}

static size_t split(const char *line, char cells[PAGE_COLUMNS_MAX][PAGE_CELL_MAX])
{
	size_t n = 0;

	for (const char *at = line + 1; *at && *at != '\n';) {
		size_t len = strcspn(at, "|\n");

		assert_true(n < PAGE_COLUMNS_MAX);
		trim(cells[n++], at, len);
		at += len + (at[len] == '|');
	}
	return n;
}

static void find(FILE *file, const char *name)
{
	char mark[80], line[1024];

	snprintf(mark, sizeof(mark), "<!-- table: %s -->\n", name);
	while (fgets(line, sizeof(line), file)) {
		if (strcmp(line, mark) == 0) {
			return;
		}
	}
	fail_msg("docs/meeting.md has no table %s", name);
}

void page_read(const char *name, struct page_table *ret)
{
	FILE *file = fopen("docs/meeting.md", "r");
	char line[1024];

	assert_non_null(file);
	memset(ret, 0, sizeof(*ret));
	find(file, name);
	assert_non_null(fgets(line, sizeof(line), file));
	ret->n_columns = split(line, ret->columns);
	assert_non_null(fgets(line, sizeof(line), file));
	while (fgets(line, sizeof(line), file) && line[0] == '|') {
		assert_true(ret->n_rows < PAGE_ROWS_MAX);
		assert_int_equal(split(line, ret->cells[ret->n_rows]), ret->n_columns);
		ret->n_rows++;
	}
	fclose(file);
	assert_true(ret->n_rows > 0);
}

const char *page_cell(const struct page_table *table, const char *row, const char *column)
{
	for (size_t r = 0; r < table->n_rows; r++) {
		for (size_t c = 1; c < table->n_columns; c++) {
			if (strcmp(table->cells[r][0], row) == 0 &&
				strcmp(table->columns[c], column) == 0) {
				return table->cells[r][c];
			}
		}
	}
	fail_msg("no cell %s x %s", row, column);
	return NULL;
}
