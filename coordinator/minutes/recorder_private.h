/*
 * Private: what the clerk keeps beside the meeting's own state.
 */
#ifndef DIEMCAU_COORDINATOR_MINUTES_RECORDER_PRIVATE_H
#define DIEMCAU_COORDINATOR_MINUTES_RECORDER_PRIVATE_H

#include "coordinator/minutes/recorder.h"

/* Time of a turn on the floor without a break; of takes that were undone nothing is left. */
struct floor_time {
	char turn[TURN_ID_SIZE];
	int item; /* active when it began, or MTG_NONE */
	uint64_t take;
	struct minutes_moment started;
	struct minutes_moment ended;
	enum minutes_end end;
	enum interrupt_cause cause;
};

/* How a site was there. Sums and counts grow while the meeting is live; `mark` is how far they
 * reach. */
struct site_presence {
	struct instant mark;
	struct span online;
	struct span media;
	uint32_t losses;
	uint32_t silences;
	uint32_t alarms;
	bool attended;
	struct minutes_moment first_online;
};

struct recorded_alarm {
	uint64_t number;
	enum alarm_kind kind;
	int site;
	char turn[TURN_ID_SIZE]; /* "" where it is about none; it may be forgotten meanwhile */
	struct minutes_moment raised;
	bool was_acknowledged;
	struct minutes_moment acknowledged;
	struct actor acknowledged_by;
	bool was_cleared;
	struct minutes_moment cleared;
};

/* A growing array; `starved` of the clerk tells when one could not grow. */
struct floor_times {
	struct floor_time *list;
	size_t n;
	size_t capacity;
};

/* No site fills the list of all; what is left out is counted. */
enum { RECORDED_ALARMS_OF_A_SITE_MAX = 1000 };

struct recorded_alarms {
	struct recorded_alarm *list;
	size_t n;
	size_t capacity;
	uint32_t n_left_out;
};

/* What an event said about an item. */
struct kept_item_note {
	enum event_name event; /* who may see it */
	int item;
	struct minutes_note note;
};

/* At most MINUTES_ITEM_NOTES_MAX; what is left out is counted. */
struct item_notes {
	struct kept_item_note *list;
	size_t n;
	size_t capacity;
	uint32_t n_left_out;
};

struct recorded_restarts {
	struct minutes_restart *list;
	size_t n;
	size_t capacity;
};

struct minutes_recorder {
	struct meeting *meeting;
	struct minutes_moment last;
	struct floor_times floor_times;
	struct recorded_alarms alarms;
	struct recorded_restarts restarts;
	struct item_notes item_notes;
	struct site_presence *presences; /* by index of the site */
	uint32_t undone;
	bool starved;
};

#endif
