/* Which row of the plan a row that was read is: by texts that are alike in plain text. */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_MATCH_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_MATCH_H

#include "coordinator/import/import_rows.h"

/*
 * Sets `before` of the rows of the part to those of the plan, each one once. The texts are compared
 * for all rows before less is enough: what is written alike is never given away. 0 or -ENOMEM.
 */
int import_match(enum import_part part, struct import_rows *rows, const struct import_rows *before);

#endif
