/*
 * Who directs the meeting: a fact of the record, handed over by acceptance. It blocks nobody: every
 * operator may give every command at any time, whoever directs.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_DIRECTION_H
#define DIEMCAU_COORDINATOR_MEETING_DIRECTION_H

#include "coordinator/meeting/meeting.h"

struct direction_offer {
	int64_t number; /* seq of its event; 0: none stands */
	struct instant at;
	char to[ACCOUNT_NAME_SIZE];
	char note[NOTE_SIZE];
};

struct direction {
	char account[ACCOUNT_NAME_SIZE]; /* "": nobody yet */
	struct stamp since;
	enum link_state link; /* whether whoever directs is connected; unset: nobody directs */
	struct direction_offer offer;
};

const struct direction *mtg_direction(const struct meeting *meeting);

#endif
