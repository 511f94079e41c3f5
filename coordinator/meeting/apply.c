/*
 * Applying: the only writer of the state. To add an event, declare it in proto/schema and write its
 * mtg_apply_ function in the file of its area; gen/handlers.c calls it.
 */
#include "coordinator/meeting/apply.h"

void mtg_apply(struct meeting *meeting, const struct mtg_record *record)
{
	assert(record->seq == meeting->core.seq + 1);
	meeting->core.seq = record->seq;
	meeting->core.at = record->at;
	mtg_apply_event(record->event.name, meeting, record);
	mtg_note_pace(meeting, record);
}
