/* What a paper is called on the command line, in addresses and of files. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_PAPER_KINDS_H
#define DIEMCAU_COORDINATOR_MINUTES_PAPER_KINDS_H

#include <stdbool.h>

#include "minutes_msg.h"

/* The names in the order of the kinds, then NULL. */
extern const char *const paper_names[];

/* technical-record */
const char *paper_name(enum paper_kind kind);
/* PAPER_KIND_UNSET: there is no such paper. */
enum paper_kind paper_kind_of_name(const char *name);
/* Whether sites may have a copy of their own: minutes and notice are of the whole meeting. */
bool paper_has_copies(enum paper_kind kind);

#endif
