/* See list_workbook.h. The library writes files, so it is given one that lies in memory. */
#define _GNU_SOURCE /* memfd_create */
#include "coordinator/sheets/list_workbook.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "utf8.h"

enum {
	PATH_SIZE = 64,
	WIDTH_MAX = 60, /* characters of a column: wider ones are read in their cell */
	WIDTH_BESIDE = 2,
	FORMAT_TEXT = 49, /* "@", built in */
};

/* The formats that every sheet of a workbook shares. */
struct list_formats {
	lxw_format *title, *text;
};

static size_t letters(const char *text)
{
	size_t n = 0;
	for (; *text; text++) {
		n += !utf8_continues(*text);
	}
	return n;
}

/* As wide as its longest text. */
static void widen(lxw_worksheet *sheet, const struct list_sheet *list, size_t column)
{
	size_t width = letters(list->titles[column]);
	for (size_t row = 0; row < list->n_rows; row++) {
		size_t n = letters(list->cells[row * list->n_columns + column]);
		width = n > width ? n : width;
	}
	width = width > WIDTH_MAX ? WIDTH_MAX : width;
	worksheet_set_column(
		sheet, (lxw_col_t)column, (lxw_col_t)column, (double)(width + WIDTH_BESIDE), NULL);
}

static int write_cells(
	lxw_worksheet *sheet, const struct list_sheet *list, const struct list_formats *formats)
{
	for (size_t i = 0; i < list->n_rows * list->n_columns; i++) {
		lxw_row_t row = (lxw_row_t)(i / list->n_columns + 1);
		lxw_col_t column = (lxw_col_t)(i % list->n_columns);
		if (worksheet_write_string(sheet, row, column, list->cells[i], formats->text) !=
			LXW_NO_ERROR) {
			return -EINVAL;
		}
	}
	return 0;
}

static int write_sheet(
	lxw_workbook *book, const struct list_sheet *list, const struct list_formats *formats)
{
	lxw_worksheet *sheet = workbook_add_worksheet(book, list->name);
	if (!sheet) {
		return -EINVAL;
	}
	for (size_t i = 0; i < list->n_columns; i++) {
		worksheet_write_string(sheet, 0, (lxw_col_t)i, list->titles[i], formats->title);
		widen(sheet, list, i);
	}
	worksheet_freeze_panes(sheet, 1, 0);
	return write_cells(sheet, list, formats);
}

static int write_book(const char *path, const struct list_sheet *sheets, size_t n_sheets)
{
	lxw_workbook *book = workbook_new(path);
	if (!book) {
		return -ENOMEM;
	}
	struct list_formats formats = {workbook_add_format(book), workbook_add_format(book)};
	int r = formats.title && formats.text ? 0 : -ENOMEM;
	if (r == 0) {
		format_set_bold(formats.title);
		format_set_num_format_index(formats.title, FORMAT_TEXT);
		format_set_num_format_index(formats.text, FORMAT_TEXT);
	}
	for (size_t i = 0; i < n_sheets && r == 0; i++) {
		r = write_sheet(book, &sheets[i], &formats);
	}
	lxw_error error = workbook_close(book); /* writes it, and frees the book */
	return r == 0 && error != LXW_NO_ERROR ? -EIO : r;
}

static int read_back(int fd, char **ret_bytes, size_t *ret_size)
{
	struct stat facts;
	if (fstat(fd, &facts) < 0) {
		return -errno;
	}
	size_t size = (size_t)facts.st_size;
	char *bytes = malloc(size + 1);
	if (!bytes) {
		return -ENOMEM;
	}
	if (pread(fd, bytes, size, 0) != (ssize_t)size) {
		free(bytes);
		return -EIO;
	}
	*ret_bytes = bytes;
	*ret_size = size;
	return 0;
}

int list_workbook_make(
	const struct list_sheet *sheets, size_t n_sheets, char **ret_bytes, size_t *ret_size)
{
	char path[PATH_SIZE];
	int fd = memfd_create("list.xlsx", MFD_CLOEXEC);
	if (fd < 0) {
		return -errno;
	}
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	int r = write_book(path, sheets, n_sheets);
	r = r == 0 ? read_back(fd, ret_bytes, ret_size) : r;
	close(fd);
	return r;
}
