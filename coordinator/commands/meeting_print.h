/* A meeting's papers, printed (decision 59). */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_PRINT_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_PRINT_H

#include "coordinator/installation/held_meetings.h"

/* Positive result, beside those of journal.h and new_folder.h. */
enum { MEETING_PRINT_NO_PRINTER = 0x400 /* WeasyPrint is not installed */ };

/*
 * Writes the minutes in both languages, as pages and as PDF, into the folder `to`, which is made,
 * or is empty. 0; a refusal; a negative errno. A fault leaves nothing.
 */
int meeting_print(const struct meeting_place *place, const char *to);

#endif
