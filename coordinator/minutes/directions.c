#include "coordinator/minutes/directions.h"

#include <string.h>

#include "coordinator/meeting/direction.h"
#include "text_copy.h"

static struct minutes_direction *add_direction(struct minutes_recorder *recorder)
{
	struct recorded_directions *directions = &recorder->directions;

	if (directions->n == MINUTES_DIRECTIONS_MAX) {
		return NULL;
	}
	struct minutes_direction *list = recorder_grown(
		recorder, directions->list, directions->n, &directions->capacity, sizeof(*list));
	if (!list) {
		return NULL;
	}
	directions->list = list;
	return &list[directions->n++];
}

static void begin(struct minutes_recorder *recorder, const struct mtg_record *record,
	enum direction_begin how, const char *note)
{
	struct recorded_directions *directions = &recorder->directions;
	struct minutes_moment now = whole_moment(&recorder->seconds, record->at, record->wall);

	if (directions->n > 0) {
		directions->list[directions->n - 1].has_until = true;
		directions->list[directions->n - 1].until = now;
	}
	struct minutes_direction *next = add_direction(recorder);
	if (!next) {
		return;
	}
	*next = (struct minutes_direction){.begin = how, .from = now, .has_note = note[0] != '\0'};
	TEXT_COPY(next->account, record->by.account);
	TEXT_COPY(next->note, note);
}

/* The first who assembles or opens the meeting; the state says whether it was this one. */
static bool has_begun(const struct minutes_recorder *recorder, const struct mtg_record *record)
{
	enum event_name name = record->event.name;

	return (name == EV_MEETING_ASSEMBLED || name == EV_MEETING_OPENED) &&
	       recorder->directions.n == 0 && record->by.has_account &&
	       strcmp(mtg_direction(recorder->meeting)->account, record->by.account) == 0;
}

void recorder_note_direction(struct minutes_recorder *recorder, const struct mtg_record *record)
{
	const struct event *event = &record->event;
	struct recorded_directions *directions = &recorder->directions;

	if (mtg_about(recorder->meeting)->state == MEETING_STATE_CLOSED) {
		return; /* what is handed over in the debrief is no part of the meeting */
	}
	if (has_begun(recorder, record)) {
		begin(recorder, record, DIRECTION_BEGIN_BEGAN, "");
	} else if (event->name == EV_DIRECTION_OFFERED) {
		TEXT_COPY(directions->offered,
			event->direction_offered.has_note ? event->direction_offered.note : "");
	} else if (event->name == EV_DIRECTION_ACCEPTED) {
		begin(recorder, record, DIRECTION_BEGIN_ACCEPTED, directions->offered);
	} else if (event->name == EV_DIRECTION_TAKEN) {
		begin(recorder, record, DIRECTION_BEGIN_TAKEN,
			event->direction_taken.has_reason ? event->direction_taken.reason : "");
	}
}

int compile_directions(struct compiling *compiling)
{
	const struct recorded_directions *directions = &compiling->recorder->directions;
	void *list;
	int r = compile_room(compiling->arena, directions->n, sizeof(*directions->list), &list);

	if (r != 0 || directions->n == 0 || !compile_is_visible(compiling, EV_DIRECTION_TAKEN)) {
		return r;
	}
	memcpy(list, directions->list, directions->n * sizeof(*directions->list));
	struct minutes_direction *last = &((struct minutes_direction *)list)[directions->n - 1];
	last->has_until = compiling->out->has_closed;
	last->until = compiling->out->closed;
	compiling->out->has_directions = true;
	compiling->out->directions = list;
	compiling->out->n_directions = directions->n;
	return 0;
}
