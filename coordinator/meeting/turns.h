/*
 * Turns and speaking lists. A list may belong to several items; the order of its turns is that of
 * mtg_turn_at, which runs over the turns of all lists.
 *
 * A finished hand may be removed, and any turn of a draft; another turn takes its index then
 * (finished_hands.c). A turn that has been on air is never removed.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_TURNS_H
#define DIEMCAU_COORDINATOR_MEETING_TURNS_H

#include "coordinator/meeting/meeting.h"

struct speaking_list {
	char id[LIST_ID_SIZE];
	char title[TITLE_LINE_SIZE];
	int64_t revision; /* seq of its last change */
	bool hands_closed; /* takes no raised hands */
};

struct turn {
	char id[TURN_ID_SIZE];
	int list;
	int site;
	enum turn_origin origin;
	enum turn_class class;
	enum turn_state state;
	bool approved;
	bool acknowledged; /* while cued, and then while on air */
	struct instant cued; /* while cued: since when */
	struct span allowance; /* as planned plus extensions, not scaled by speed; 0: no limit */
	struct span spoken; /* in finished stretches, real time */
	struct instant since; /* while on air: start of this stretch */
	bool warned;
	bool overran;
	enum interrupt_cause cause; /* while interrupted */
	int64_t taken_off; /* while withdrawn, absent or skipped: the seq that made it so */

	struct instant added; /* for a request: when the hand was raised */
	bool was_taken;
	struct instant taken; /* first time on air */
	struct stamp taken_wall;
	bool was_ended; /* done, or at least interrupted */
	struct instant ended; /* last time off air */
	struct stamp ended_wall;

	bool by_telephone; /* its sound comes in at another site */
	int telephone; /* that site, or MTG_NONE */
	struct span elsewhere; /* of what was spoken: at sites it was moved from since */

	char unit[UNIT_SIZE];
	char speaker[SPEAKER_SIZE]; /* "" where not known */
	char office[OFFICE_SIZE]; /* "" where not known */
	char topic[TOPIC_SIZE];
	char telephone_note[NOTE_SIZE]; /* who is on the line; "" where not said */
};

/* The site whose microphone carries the turn. */
static inline int mtg_turn_input(const struct turn *turn)
{
	return turn->by_telephone ? turn->telephone : turn->site;
}

/* The turn is spoken for this site, or comes in there. */
static inline bool mtg_turn_concerns(const struct turn *turn, int site)
{
	return turn->site == site || (turn->by_telephone && turn->telephone == site);
}

size_t mtg_list_count(const struct meeting *meeting);
const struct speaking_list *mtg_list(const struct meeting *meeting, int index);

size_t mtg_turn_count(const struct meeting *meeting);
const struct turn *mtg_turn(const struct meeting *meeting, int index);
/* Index of the turn at a position of the common order, position < mtg_turn_count. */
int mtg_turn_at(const struct meeting *meeting, size_t position);
const struct turn *mtg_turn_by_id(const struct meeting *meeting, const char *id);
int mtg_turn_index(const struct meeting *meeting, const struct turn *turn);

#endif
