/*
 * What a workbook's number shows: a number, or by its format a day, a time, or a span of time.
 * Pure.
 *
 * Source: ECMA-376 part 1, 18.8.30 (numFmt, with the formats that are built in) and 18.17.4 (days
 * as serial numbers; 1900 counts a 29 February that never was, and some workbooks count from 1904).
 */
#ifndef DIEMCAU_COORDINATOR_SHEETS_NUMBER_FORMAT_H
#define DIEMCAU_COORDINATOR_SHEETS_NUMBER_FORMAT_H

#include <stdbool.h>

#include "coordinator/sheets/sheets.h"

enum {
	NUMBER_FORMAT_CUSTOM = 164, /* the first one that a workbook defines itself */
	NUMBER_TEXT_SIZE = 40,
};

enum number_format {
	NUMBER_FORMAT_PLAIN,
	NUMBER_FORMAT_DATE,
	NUMBER_FORMAT_TIME,
	NUMBER_FORMAT_MOMENT, /* day and time */
	NUMBER_FORMAT_SPAN, /* [h]:mm */
};

/* Of the formats that are built in. */
enum number_format number_format_of_id(long id);

/* Of a format's code: "dd/mm/yyyy", "[$-42A]h:mm AM/PM", "0.0\" ngày\"". */
enum number_format number_format_of_code(const char *code);

/* A number as workbooks store it, in every language with a point. False: the text is none. */
bool number_format_read(const char *text, double *ret_number);

/* The number as the text of a cell, and which kind of cell that is. */
enum sheet_cell_kind number_format_write(double number, enum number_format format, bool from_1904,
	char ret_text[static NUMBER_TEXT_SIZE]);

#endif
