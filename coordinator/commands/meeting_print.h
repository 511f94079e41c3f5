/* A meeting's papers, printed (decisions 59 and 63). */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_PRINT_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_PRINT_H

#include "coordinator/installation/held_meetings.h"
#include "minutes_msg.h"

/* Positive results, beside those of journal.h and new_folder.h. */
enum {
	MEETING_PRINT_NO_PRINTER = 0x400, /* WeasyPrint is not installed */
	MEETING_PRINT_NO_SITE, /* the meeting has no such site */
	MEETING_PRINT_ONE_COPY, /* minutes and notice are of the whole meeting */
};

struct print_wanted {
	enum paper_kind kind;
	const char *site; /* whose copy; NULL: everybody's */
	bool each_site; /* a copy for each site instead */
};

/*
 * Writes the paper in both languages, as page, as PDF and as a document to edit, into the folder
 * `to`, which is made, or is empty. 0; a refusal; a negative errno. A fault leaves nothing.
 */
int meeting_print(
	const struct meeting_place *place, const struct print_wanted *wanted, const char *to);

#endif
