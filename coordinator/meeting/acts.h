/*
 * Acts of a ceremony: awards handed over, or signatures, one after another. An act belongs to an
 * item of kind awards or signing. At most one is shown, and only while its item is active; an item
 * that ends ends it too. The index of an act is valid until the next mtg_apply.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_ACTS_H
#define DIEMCAU_COORDINATOR_MEETING_ACTS_H

#include "coordinator/meeting/meeting.h"

struct act {
	char id[ACT_ID_SIZE];
	int item;
	enum act_state state;
	enum recipient recipient; /* unset where it is not said */
	bool was_shown; /* false again where it was stepped back */
	struct instant shown; /* for the first time */
	struct stamp shown_wall;
	char name[UNIT_SIZE]; /* who gets the award, or signs */
	char office[OFFICE_SIZE]; /* this and what follows: "" where there is none */
	char award[AWARD_SIZE];
	char giver[GIVER_SIZE];
};

size_t mtg_act_count(const struct meeting *meeting);
const struct act *mtg_act(const struct meeting *meeting, int index);
/* The seq of the last change; 0: none ever. */
int64_t mtg_acts_revision(const struct meeting *meeting);
/* Items of this kind have acts. */
bool mtg_is_ceremony(enum item_kind kind);
/* Whether the item may be of this kind: one that has acts stays a ceremony. */
bool mtg_acts_allow(const struct meeting *meeting, int item, enum item_kind kind);

/* Where the ceremony of the active item stands: acts, MTG_NONE where there is none. */
struct ceremony {
	int item; /* MTG_NONE: the active item has no acts */
	int shown;
	int previous; /* what a step back shows again */
	int next; /* what a step forward shows */
	size_t over; /* done or skipped */
	size_t total;
};

void mtg_ceremony(const struct meeting *meeting, struct ceremony *ret);

#endif
