/* The sheets of a workbook (.xlsx): their cells as sheets.h wants them. */
#ifndef DIEMCAU_COORDINATOR_SHEETS_WORKBOOK_H
#define DIEMCAU_COORDINATOR_SHEETS_WORKBOOK_H

#include "coordinator/sheets/number_format.h"
#include "coordinator/sheets/office_package.h"
#include "coordinator/sheets/sheets.h"

/* What the cells of all sheets refer to. */
struct workbook {
	struct office_package *package;
	struct sheets *sheets;
	const char **strings;
	size_t n_strings, strings_capacity;
	enum number_format *styles;
	size_t n_styles, styles_capacity;
	bool from_1904;
};

/* Reads the workbook whose main part has this name. 0, an enum sheets_fault or -ENOMEM. */
int workbook_read(struct office_package *package, const char *part, struct sheets *sheets);

#endif
