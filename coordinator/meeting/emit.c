#include "coordinator/meeting/emit.h"

#include <string.h>

struct event *mtg_emit(struct deciding *d, enum event_name name)
{
	struct mtg_record *record = &d->batch->records[d->batch->n];

	assert(d->batch->n < MTG_BATCH_MAX);
	memset(record, 0, sizeof(*record));
	d->batch->n++;
	record->seq = d->meeting->core.seq + (int64_t)d->batch->n;
	record->at = d->now.at;
	record->wall = d->now.wall;
	record->by.role = d->command->by.role;
	OPTIONAL_COPY(&record->by, &d->command->by, account);
	OPTIONAL_COPY(&record->by, &d->command->by, site);
	record->event.name = name;
	return &record->event;
}

bool mtg_has_room(const struct deciding *d)
{
	return d->batch->n < MTG_BATCH_MAX;
}

void mtg_emit_contact(struct deciding *d, const char *site, const char *contact)
{
	struct ev_site_contact_given *out = &mtg_emit(d, EV_SITE_CONTACT_GIVEN)->site_contact_given;

	TEXT_COPY(out->site, site);
	TEXT_COPY(out->contact, contact);
}

void mtg_emit_uncued(struct deciding *d)
{
	int cued = d->meeting->core.floor.cued;

	TEXT_COPY(mtg_emit(d, EV_TURN_UNCUED)->turn_uncued.turn, d->meeting->turns[cued].id);
}

void mtg_emit_cued(struct deciding *d, int turn)
{
	if (d->meeting->core.floor.cued != MTG_NONE) {
		mtg_emit_uncued(d);
	}
	TEXT_COPY(mtg_emit(d, EV_TURN_CUED)->turn_cued.turn, d->meeting->turns[turn].id);
}

void mtg_emit_interrupted(struct deciding *d, int turn, enum interrupt_cause cause)
{
	struct ev_floor_interrupted *out = &mtg_emit(d, EV_FLOOR_INTERRUPTED)->floor_interrupted;

	TEXT_COPY(out->turn, d->meeting->turns[turn].id);
	out->cause = cause;
}
