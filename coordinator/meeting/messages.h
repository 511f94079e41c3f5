/*
 * The last MESSAGES_KEPT_MAX messages between sites and the centre, and who has read them: of a
 * message of the centre each site, of a message of a site anybody at the centre.
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_MESSAGES_H
#define DIEMCAU_COORDINATOR_MEETING_MESSAGES_H

#include "coordinator/meeting/meeting.h"

struct message {
	int64_t seq;
	int64_t revision; /* seq of the last change: that it was read */
	struct instant at;
	struct stamp wall;
	struct actor by;
	int site; /* receiver or sender; MTG_NONE: from the centre to all */
	enum message_audience audience; /* staff: to no site */
	unsigned slot; /* its bit in the marks of sites that have read it */
	bool acknowledge; /* it wants to be acknowledged */
	bool was_read; /* of a site's message: by somebody at the centre */
	struct actor read_by;
	struct stamp read_wall;
	char text[MESSAGE_TEXT_SIZE];
};

/* Sites that have not read a message are named as far as there is room. */
enum { MESSAGE_MISSING_NAMED = 16 };

struct message_readers {
	size_t read;
	size_t of; /* the one site, or every remote one on the roster */
	int missing[MESSAGE_MISSING_NAMED]; /* the first of those that have not */
	size_t n_missing;
};

/* Oldest first. */
size_t mtg_message_count(const struct meeting *meeting);
const struct message *mtg_message(const struct meeting *meeting, size_t position);

/* Whether a message of the centre is for this site, and whether that site has read it. */
bool mtg_message_is_to(const struct message *message, int site);
bool mtg_message_is_read(const struct meeting *meeting, const struct message *message, int site);
/* Of a message of the centre to sites. */
void mtg_message_readers(
	const struct meeting *meeting, const struct message *message, struct message_readers *ret);

/* The seq of the last message, or of the last mark that one was read; 0: none. */
int64_t mtg_messages_revision(const struct meeting *meeting);

#endif
