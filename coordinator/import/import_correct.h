/* Cells that say something else than in their file (import_correct in import.h). */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_CORRECT_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_CORRECT_H

#include "coordinator/import/import.h"

/* Puts them into the sheets of a file that was read. */
void import_apply_corrections(struct import *import, struct sheets *sheets);

#endif
