/* A text that comes in parts, up to the limit of a cell; what is beyond is dropped. */
#ifndef DIEMCAU_COORDINATOR_SHEETS_TEXT_PARTS_H
#define DIEMCAU_COORDINATOR_SHEETS_TEXT_PARTS_H

#include "coordinator/sheets/sheets.h"

struct text_parts {
	char text[SHEETS_TEXT_BYTES_MAX + 1];
	size_t length;
};

void text_parts_clear(struct text_parts *parts);
void text_parts_add(struct text_parts *parts, const char *text);

/* Without blanks at its ends, and with what a workbook writes as _x000D_ put back; in place. */
void text_parts_trim(struct text_parts *parts);

#endif
