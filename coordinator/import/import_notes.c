/* What is to be said of rows and tables, kept until it is shown. */
#include <errno.h>

#include "coordinator/import/import.h"

int import_tell(struct import *import, const struct import_note *note)
{
	if (import->n_notes == IMPORT_NOTES_MAX) {
		import->n_notes_lost++;
		return 0;
	}
	struct import_note *kept = &import->notes[import->n_notes];
	*kept = *note;
	kept->column = import_keep(&import->arena, note->column);
	kept->value = import_keep(&import->arena, note->value);
	import->n_notes++;
	return kept->column && kept->value ? 0 : -ENOMEM;
}
