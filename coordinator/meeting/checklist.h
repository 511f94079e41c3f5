/*
 * The checklist: what somebody at each site looks at with his own eyes, the same lines everywhere,
 * and the technician on duty, who is at his post or not. When all lines are ticked, the step
 * `checklist` of the readiness ledger (roster.h) is signed by who ticked the last.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_CHECKLIST_H
#define DIEMCAU_COORDINATOR_MEETING_CHECKLIST_H

#include "coordinator/meeting/meeting.h"

struct check {
	char id[CHECK_ID_SIZE];
	char title[CHECK_TITLE_SIZE];
};

/* One line at one site. */
struct tick {
	bool marked; /* ticked, or taken back: the rest is set */
	bool done;
	struct instant at;
	struct stamp wall;
	struct actor by;
	char note[NOTE_SIZE]; /* "" where none was given */
};

struct site_ticks {
	int64_t revision; /* seq of their last change; 0: none ever */
	struct tick ticks[CHECKS_MAX]; /* of each line, in the order of the checklist */
};

/* In the order they were added. */
size_t mtg_check_count(const struct meeting *meeting);
const struct check *mtg_check_line(const struct meeting *meeting, size_t position);
const struct site_ticks *mtg_site_ticks(const struct meeting *meeting, int site);
/* The seq of the last change of the lines themselves; 0: none ever. */
int64_t mtg_checklist_revision(const struct meeting *meeting);

#endif
