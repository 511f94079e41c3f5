/*
 * What an event says about an item for the minutes: a note, or the reason why it was skipped.
 * proto/schema declares it of an event (`note_on` of `x-event`).
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_ITEM_NOTE_H
#define DIEMCAU_COORDINATOR_MEETING_ITEM_NOTE_H

#include "coordinator/meeting/meeting.h"

/* Both point into the event. */
struct item_note {
	const char *item;
	const char *text;
};

/* False where the event is not about an item, or has no note. */
bool mtg_item_note(const struct event *event, struct item_note *ret_note);

#endif
