/*
 * The speaker's screen: what the operator says on it to whoever speaks, and whether it is dark.
 * What was said is of the turn that was on air then, or of the time without any: it is gone when
 * the floor moves. Pure.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_LECTERN_H
#define DIEMCAU_COORDINATOR_MEETING_LECTERN_H

#include "coordinator/meeting/meeting.h"

struct lectern {
	char text[LECTERN_TEXT_SIZE]; /* "": nothing was said, or it was taken away */
	char turn[TURN_ID_SIZE]; /* that it was said to; "": nobody was on air */
	uint64_t takes; /* number of the latest take when it was said */
	bool dark;
};

/* What is to be read there now; "" for nothing. */
const char *mtg_lectern_text(const struct meeting *meeting);
bool mtg_lectern_is_dark(const struct meeting *meeting);

#endif
