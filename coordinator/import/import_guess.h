/*
 * What an office does not write and a plan has to have: ids, kinds, the site of a unit, the list of
 * a turn and its length. Each rule is one that people would follow; where it is no more than a
 * guess, a note says so.
 */
#ifndef DIEMCAU_COORDINATOR_IMPORT_IMPORT_GUESS_H
#define DIEMCAU_COORDINATOR_IMPORT_IMPORT_GUESS_H

#include "coordinator/import/import.h"

/* For rows of this part that are new, before they are put beside the plan's. 0 or -ENOMEM. */
int import_guess_site(struct import *import, struct import_row *row);
int import_guess_item(struct import *import, struct import_row *row);
int import_guess_turn(struct import *import, struct import_row *row);

/* The list that the row of a table belongs to, before it is looked for in the plan. */
int import_guess_list(struct import *import, struct import_row *row);

/* Lists of items, and lengths of turns, by all that is there. */
int import_guess_across(struct import *import);

#endif
