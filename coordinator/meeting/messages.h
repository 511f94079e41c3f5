/* The last MESSAGES_KEPT_MAX messages between sites and the centre. */
#ifndef DIEMCAU_COORDINATOR_MEETING_MESSAGES_H
#define DIEMCAU_COORDINATOR_MEETING_MESSAGES_H

#include "coordinator/meeting/meeting.h"

struct message {
	int64_t seq;
	struct instant at;
	struct stamp wall;
	struct actor by;
	int site; /* receiver or sender; MTG_NONE: from the centre to all */
	enum message_audience audience; /* staff: to no site */
	char text[MESSAGE_TEXT_SIZE];
};

/* Oldest first. */
size_t mtg_message_count(const struct meeting *meeting);
const struct message *mtg_message(const struct meeting *meeting, size_t position);

#endif
