/*
 * What was understood of an office's tables, for the person who sent them or has to: each table
 * with its columns, row by row what it becomes, below it what of it was not understood, and what
 * the plan alone has.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_PRINT_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_PRINT_H

#include <stdio.h>

#include "coordinator/import/import.h"

/* After import_merge. */
void import_print(const struct import *import, enum language language, FILE *to);

#endif
