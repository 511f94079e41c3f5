/* The cells of one sheet of a workbook. */
#ifndef DIEMCAU_COORDINATOR_SHEETS_WORKSHEET_H
#define DIEMCAU_COORDINATOR_SHEETS_WORKSHEET_H

#include "coordinator/sheets/workbook.h"

/* Reads the part of this name. 0, an enum sheets_fault or -ENOMEM. */
int worksheet_read(struct workbook *book, const char *part, struct sheet *sheet);

#endif
