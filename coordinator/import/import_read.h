/* The rows of a table, read cell by cell: what each is, and what of it is not understood. */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_READ_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_READ_H

#include "coordinator/import/import.h"

/* Adds the rows of this table to import->read. 0 or -ENOMEM. */
int import_read_table(struct import *import, size_t table);

#endif
