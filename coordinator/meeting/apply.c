/*
 * Applying: the only writer of the state. To add an event, declare it in proto/schema and write its
 * mtg_apply_ function in the file of its area; gen/handlers.c calls it.
 */
#include "coordinator/meeting/apply.h"

#include <string.h>

void mtg_order_move(int16_t *order, size_t n, int value, int before)
{
	size_t from = 0, to = 0;

	while (order[from] != value) {
		from++;
	}
	memmove(&order[from], &order[from + 1], (n - from - 1) * sizeof(*order));
	while (to < n - 1 && order[to] != before) {
		to++;
	}
	memmove(&order[to + 1], &order[to], (n - 1 - to) * sizeof(*order));
	order[to] = (int16_t)value;
}

void mtg_apply(struct meeting *meeting, const struct mtg_record *record)
{
	assert(record->seq == meeting->core.seq + 1);
	meeting->core.seq = record->seq;
	meeting->core.at = record->at;
	mtg_apply_event(record->event.name, meeting, record);
	mtg_note_pace(meeting, record);
}
