/*
 * Open alarms. The core alone raises and clears them, by `tick`; a cleared alarm leaves the state
 * and stays in the journal. At most one is open of each kind for a site.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_ALARMS_H
#define DIEMCAU_COORDINATOR_MEETING_ALARMS_H

#include "coordinator/meeting/meeting.h"

struct alarm {
	uint64_t number; /* 1, 2, 3 ... */
	enum alarm_kind kind;
	int site; /* or MTG_NONE */
	int turn; /* or MTG_NONE */
	struct instant at;
	struct stamp wall;
	bool acknowledged;
	struct actor acknowledged_by;
};

/* Open alarms, oldest first. */
size_t mtg_alarm_count(const struct meeting *meeting);
const struct alarm *mtg_alarm(const struct meeting *meeting, size_t position);
/* NULL unless it is open. */
const struct alarm *mtg_alarm_by_number(const struct meeting *meeting, uint64_t number);

/*
 * Whether an acknowledgement means the alarm of this number and kind: it names that one, or the
 * last of a kind that the operator saw, and so all of its kind up to it. Numbers grow: one raised
 * later is not meant.
 */
bool mtg_alarm_is_meant(
	const struct ev_alarm_acknowledged *acknowledged, uint64_t number, enum alarm_kind kind);

/* Whether the day by which a site owed documents is over, and they are not in. */
bool mtg_documents_are_late(const struct meeting *meeting, int site, struct instant at);

#endif
