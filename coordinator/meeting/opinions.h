/*
 * Written opinions: what sites write to chair and secretary while an item is under way that takes
 * opinions. They are kept with the item; no other site sees them.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_OPINIONS_H
#define DIEMCAU_COORDINATOR_MEETING_OPINIONS_H

#include "coordinator/meeting/meeting.h"

struct opinion {
	int item;
	int site;
	int64_t revision; /* seq of the last change */
	struct stamp wall;
	struct instant at;
	enum opinion_state state;
	struct actor marked_by; /* unset while it is not read */
	char unit[UNIT_SIZE]; /* "": the site's own */
	char note[NOTE_SIZE]; /* what was said to it; "" where nothing was */
	char text[OPINION_TEXT_SIZE];
};

/* In the order they were given; the number of an opinion is its position and one. */
size_t mtg_opinion_count(const struct meeting *meeting);
const struct opinion *mtg_opinion(const struct meeting *meeting, size_t position);

/* Index of the active item where it takes opinions, or MTG_NONE. */
int mtg_item_for_opinions(const struct meeting *meeting);
/* How many this site may still give in that item. */
size_t mtg_opinions_left(const struct meeting *meeting, int site);

/* The seq of the last change of any; 0: none. */
int64_t mtg_opinions_revision(const struct meeting *meeting);

#endif
