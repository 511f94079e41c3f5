/* Notes on items: see item_note.h. */
#include "coordinator/meeting/item_note.h"

#include "coordinator/meeting/declarations.h"

bool mtg_item_note(const struct event *event, struct item_note *ret_note)
{
	const struct event_declaration *row = &mtg_events[event->name];
	const char *item = member_text(event, row->noted_item);
	const char *text = member_text(event, row->note);

	if (!item || !text || !text[0]) {
		return false;
	}
	*ret_note = (struct item_note){item, text};
	return true;
}
