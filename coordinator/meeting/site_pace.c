/* The pace of a site's own commands: a few at once, and few in the long run. */
#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/declarations.h"
#include "coordinator/meeting/pace.h"

static const struct pace_limit limit = {SITE_COMMAND_SPAN_MS, SITE_COMMAND_BURST};

/*
 * Unpaced: a raised hand may always be lowered, a cue always be acknowledged. Both are bounded by
 * what causes them.
 */
static bool counts(const struct mtg_record *record)
{
	return record->by.role == ROLE_SITE && !mtg_events[record->event.name].unpaced;
}

int mtg_check_pace(const struct deciding *d)
{
	if (d->batch->n == 0 || !counts(&d->batch->records[0])) {
		return 0;
	}
	int site = mtg_find_site(d->meeting, d->command->by.site);
	return pace_allows(&d->meeting->sites[site].pace, limit, d->now.at) ? 0 : REFUSAL_TOO_SOON;
}

void mtg_note_pace(struct meeting *meeting, const struct mtg_record *record)
{
	int site = counts(record) ? mtg_find_site(meeting, record->by.site) : MTG_NONE;

	if (site != MTG_NONE) {
		pace_note(&meeting->sites[site].pace, limit, record->at);
	}
}
