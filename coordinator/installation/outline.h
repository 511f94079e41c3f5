/*
 * What stands over a meeting's journal: name, date, state, beginning and end. Read from the events
 * about the meeting itself, so that listing many meetings is quick; also while a coordinator writes
 * the journal.
 */
#ifndef DIEMCAU_COORDINATOR_INSTALLATION_OUTLINE_H
#define DIEMCAU_COORDINATOR_INSTALLATION_OUTLINE_H

#include "coordinator/meeting/meeting.h"

/*
 * Fill *ret_about; its state is unset where the journal holds no meeting. 0, or a refusal or fault
 * of journal.h.
 */
int outline_read(const char *journal, struct about *ret_about);

#endif
