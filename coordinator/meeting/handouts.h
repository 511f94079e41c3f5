/*
 * What the centre hands out: files, to whom, and how far each has come there. The files themselves
 * are kept by content beside the journal (coordinator/papers).
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_HANDOUTS_H
#define DIEMCAU_COORDINATOR_MEETING_HANDOUTS_H

#include "coordinator/meeting/meeting.h"

struct handout {
	char id[HANDOUT_ID_SIZE];
	char title[TITLE_LINE_SIZE];
	struct meeting_file file;
	struct stamp wall; /* since when it is offered */
	bool every_site; /* every remote one, also one that is added later */
	uint8_t receipts[SITES_MAX]; /* enum receipt, by site; unset: nothing is said of it */
};

/* Whether a file may be handed out under this id: 0 or the refusal. */
int mtg_check_offer(const struct meeting *meeting, const char *handout);

/* In the order they were offered. */
size_t mtg_handout_count(const struct meeting *meeting);
const struct handout *mtg_handout(const struct meeting *meeting, size_t position);
/* How far it has come at this site; unset: it is not for it. */
enum receipt mtg_receipt(const struct meeting *meeting, const struct handout *handout, int site);
/* The seq of the last change; 0: none ever. */
int64_t mtg_handouts_revision(const struct meeting *meeting);

#endif
