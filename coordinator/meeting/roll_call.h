/*
 * The roll call: before the opening the sites are called aloud one after the other, region by
 * region; of each it is noted what came of it. It is interrupted whenever nobody of it is called,
 * and goes on with the next site that has no result.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_ROLL_CALL_H
#define DIEMCAU_COORDINATOR_MEETING_ROLL_CALL_H

#include "coordinator/meeting/meeting.h"

struct roll_call {
	bool begun;
	struct instant since;
	int site; /* the site that is called, or MTG_NONE */
	int last; /* the one that was called last, or MTG_NONE */
};

/* What the roll knows of a site. */
struct roll_entry {
	bool called;
	struct instant at; /* called last */
	enum roll_result result;
	char note[NOTE_SIZE]; /* "" where there is none */
};

const struct roll_call *mtg_roll_call(const struct meeting *meeting);

/* The site takes part: a remote one that is let in. */
bool mtg_is_on_roll(const struct meeting *meeting, int site);

/*
 * Whom roll.call calls: the next without a result that is there, after the one called last; in this
 * region, or (NULL) of the region called last first. MTG_NONE: nobody is left.
 */
int mtg_roll_next(const struct meeting *meeting, const char *region);

#endif
