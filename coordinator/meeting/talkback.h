/*
 * The talkback: before the opening, and in the debrief after the closing, the main venue speaks to
 * all sites, calls one of them aloud, or speaks with one alone. It is never in the program, and
 * ends with the opening.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_TALKBACK_H
#define DIEMCAU_COORDINATOR_MEETING_TALKBACK_H

#include "coordinator/meeting/meeting.h"

struct talkback {
	bool open; /* all else is unset while it is not */
	bool private; /* heard by the called site and the main venue alone */
	int site; /* the site that is called, or MTG_NONE */
	enum talkback_answer answer; /* what came of this call; unset: nothing yet */
	struct instant since;
};

const struct talkback *mtg_talkback(const struct meeting *meeting);

#endif
