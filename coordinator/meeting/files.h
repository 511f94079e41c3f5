/* Private: what the record holds of a file, for what comes in and what is handed out. */
#ifndef DIEMCAU_COORDINATOR_MEETING_FILES_H
#define DIEMCAU_COORDINATOR_MEETING_FILES_H

#include <stdbool.h>

#include "domain_msg.h"

/* Whether it is said in full, by a name that is fit to be shown. */
bool mtg_is_file(const struct meeting_file *file);
/* Filled up with zeroes behind its texts. */
void mtg_copy_file(struct meeting_file *ret, const struct meeting_file *file);

#endif
