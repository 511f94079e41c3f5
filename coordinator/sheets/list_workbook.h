/*
 * Lists as a workbook (.xlsx) that an office opens, edits and sends back.
 *
 * Every cell is a text, in the format of texts: what begins with a sign of a formula is none, also
 * after somebody has edited it, and leading zeros, days and times stay as they are written.
 * libxlsxwriter makes the file.
 */
#ifndef DIEMCAU_COORDINATOR_SHEETS_LIST_WORKBOOK_H
#define DIEMCAU_COORDINATOR_SHEETS_LIST_WORKBOOK_H

#include <stddef.h>

enum { LIST_SHEET_NAME_MAX = 31 }; /* characters of a name, of which none is one of []:*?/\ */

/* One sheet: titles, and rows below them. Texts are UTF-8. */
struct list_sheet {
	const char *name;
	const char *const *titles;
	size_t n_columns;
	const char *const *cells; /* row by row */
	size_t n_rows;
};

/*
 * The file's bytes into *ret_bytes, which the caller frees. 0; -EINVAL: a name or a text is none of
 * a workbook; or another negative errno.
 */
int list_workbook_make(
	const struct list_sheet *sheets, size_t n_sheets, char **ret_bytes, size_t *ret_size);

#endif
