/* The texts that the cells of a workbook share, and one text with its runs. */
#ifndef DIEMCAU_COORDINATOR_SHEETS_SHARED_STRINGS_H
#define DIEMCAU_COORDINATOR_SHEETS_SHARED_STRINGS_H

#include "coordinator/sheets/text_parts.h"
#include "coordinator/sheets/workbook.h"
#include "coordinator/sheets/xml_walk.h"

/* All of them into book->strings, which the caller frees. 0, an enum sheets_fault or -ENOMEM. */
int shared_strings_read(struct xml_walk *walk, struct workbook *book);

/*
 * Reads up to the end of the element that has opened: its texts and those of its runs, without
 * what tells how to pronounce them. 0 or -EBADMSG.
 */
int rich_text_read(struct xml_walk *walk, struct text_parts *ret_parts);

#endif
