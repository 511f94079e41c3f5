/* Private: what the recorder stores besides the meeting's own state. */
#ifndef DIEMCAU_COORDINATOR_MINUTES_RECORDER_PRIVATE_H
#define DIEMCAU_COORDINATOR_MINUTES_RECORDER_PRIVATE_H

#include <stdlib.h>

#include "coordinator/minutes/recorder.h"
#include "coordinator/minutes/whole_seconds.h"

/* Time of a turn on the floor without a break; undone takes are removed. */
struct floor_time {
	char turn[TURN_ID_SIZE];
	int item; /* active when it began, or MTG_NONE */
	int site; /* where it was spoken */
	bool telephone; /* by telephone, at some time of it */
	uint64_t take;
	struct minutes_moment started;
	struct minutes_moment ended;
	enum minutes_end end;
	enum interrupt_cause cause;
};

/* A stretch of time at a site. */
struct recorded_spell {
	int site;
	struct minutes_spell spell; /* runs while it has no end */
};

/* At most RECORDED_SPELLS_MAX; those left out are counted. */
enum { RECORDED_SPELLS_MAX = MINUTES_SITE_SPELLS_MAX };

struct recorded_spells {
	struct recorded_spell *list;
	size_t n;
	size_t capacity;
	uint32_t n_left_out;
};

/* How long a site was connected. Sums and counts grow while the meeting is live, up to `mark`. */
struct site_presence {
	struct instant mark;
	struct span online;
	struct span media;
	uint32_t losses;
	uint32_t silences;
	uint32_t alarms;
	bool attended;
	struct minutes_moment first_online;
	struct minutes_moment removed; /* while it is off the roster: since when */
	bool removed_live; /* then: it was not before the opening */
};

struct recorded_alarm {
	uint64_t number;
	enum alarm_kind kind;
	int site;
	int *sites; /* those whose documents were missing, where the alarm is about that */
	size_t n_sites;
	char turn[TURN_ID_SIZE]; /* "" where it is about none; the turn may have been removed since
				  */
	struct minutes_moment raised;
	bool was_acknowledged;
	struct minutes_moment acknowledged;
	struct actor acknowledged_by;
	char note[MESSAGE_TEXT_SIZE]; /* all that were given; "" without one */
	bool was_cleared;
	struct minutes_moment cleared;
};

/* A growing array; `out_of_memory` of the recorder says that one could not grow. */
struct floor_times {
	struct floor_time *list;
	size_t n;
	size_t capacity;
};

/* One site cannot fill the common list; alarms left out are counted. */
enum { RECORDED_ALARMS_OF_A_SITE_MAX = 1000 };

struct recorded_alarms {
	struct recorded_alarm *list;
	size_t n;
	size_t capacity;
	uint32_t n_left_out;
};

/* What an event said about an item. */
struct recorded_item_note {
	enum event_name event; /* who may see it */
	int item;
	struct minutes_note note;
};

/* At most MINUTES_ITEM_NOTES_MAX; notes left out are counted. */
struct item_notes {
	struct recorded_item_note *list;
	size_t n;
	size_t capacity;
	uint32_t n_left_out;
};

struct recorded_restarts {
	struct minutes_restart *list;
	size_t n;
	size_t capacity;
};

/* At most MINUTES_REOPENINGS_MAX; the time for which the meeting was closed counts them all. */
struct recorded_reopenings {
	struct minutes_reopening *list;
	size_t n;
	size_t capacity;
	struct span closed;
};

/* At most MINUTES_DIRECTIONS_MAX. */
struct recorded_directions {
	struct minutes_direction *list;
	size_t n;
	size_t capacity;
	char offered[NOTE_SIZE]; /* with the offer that stands */
};

/* At most MINUTES_CORRECTIONS_MAX; those left out are counted. */
struct recorded_corrections {
	struct minutes_correction *list;
	size_t n;
	size_t capacity;
	uint32_t n_left_out;
};

struct minutes_recorder {
	struct meeting *meeting;
	struct whole_seconds seconds;
	struct minutes_moment last;
	char head[JOURNAL_HASH_SIZE]; /* of the last record, as text */
	struct floor_times floor_times;
	struct recorded_alarms alarms;
	struct recorded_restarts restarts;
	struct minutes_moment opened; /* the first sitting */
	struct recorded_reopenings reopenings;
	struct item_notes item_notes;
	struct recorded_corrections corrections;
	struct recorded_directions directions;
	struct recorded_spells spells;
	bool has_line_test;
	struct minutes_moment line_test; /* when the latest began */
	struct site_presence *presences; /* by index of the site */
	uint32_t undone;
	bool out_of_memory;
};

/* Room for one more element of `size`, or NULL with the recorder out of memory. */
static inline void *recorder_grown(
	struct minutes_recorder *recorder, void *list, size_t n, size_t *capacity, size_t size)
{
	if (n < *capacity) {
		return list;
	}
	size_t wanted = *capacity ? *capacity * 2 : 64;
	void *larger = realloc(list, wanted * size);
	if (!larger) {
		recorder->out_of_memory = true;
		return NULL;
	}
	*capacity = wanted;
	return larger;
}

/* Called before the record is applied: what it begins or ends at sites. */
void recorder_note_spells(struct minutes_recorder *recorder, const struct mtg_record *record);

#endif
