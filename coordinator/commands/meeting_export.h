/*
 * A meeting as files for people: its papers and minutes.json (paper_files.h), journal.jsonl (one
 * event a line, proto/schema), journal.sqlite as it is, for `verify`, and plan/. What is in them is
 * what an operator may see; no key, token or password is.
 */
#ifndef DIEMCAU_COORDINATOR_COMMANDS_MEETING_EXPORT_H
#define DIEMCAU_COORDINATOR_COMMANDS_MEETING_EXPORT_H

#include "coordinator/installation/held_meetings.h"

/*
 * Writes them into the folder `to`, which is made, or is empty. Also while a coordinator writes the
 * journal. 0, a refusal of journal.h or new_folder.h, or a negative errno; a fault leaves nothing.
 */
int meeting_export(const struct meeting_place *place, const char *to);

#endif
