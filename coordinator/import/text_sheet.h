/* A text with separators (CSV) as a sheet, in whatever encoding it was saved. */
#ifndef DIEMCAU_COORDINATOR_IMPORT_TEXT_SHEET_H
#define DIEMCAU_COORDINATOR_IMPORT_TEXT_SHEET_H

#include <stdbool.h>

#include "coordinator/sheets/sheets.h"

/*
 * Reads the text, which is of malloc and is replaced and changed. 0 with sheets to be destroyed by
 * the caller; SHEETS_OTHER: no text; or -ENOMEM. *ret_guessed: it was taken for Windows-1258.
 */
int text_sheet_read(char **text, size_t length, struct sheets **ret_sheets, bool *ret_guessed);

#endif
