/* The tables of a document (.docx), each with what stands right above it. */
#ifndef DIEMCAU_COORDINATOR_SHEETS_WORD_TABLES_H
#define DIEMCAU_COORDINATOR_SHEETS_WORD_TABLES_H

#include "coordinator/sheets/office_package.h"
#include "coordinator/sheets/sheets.h"

/* Reads the document whose main part has this name. 0, an enum sheets_fault or -ENOMEM. */
int word_tables_read(struct office_package *package, const char *part, struct sheets *sheets);

#endif
