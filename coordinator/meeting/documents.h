/*
 * What is owed to the centre: titles, by whom and by when. The papers themselves are not here; that
 * they are in is a step of the readiness ledger (roster.h).
 */
#ifndef DIEMCAU_COORDINATOR_MEETING_DOCUMENTS_H
#define DIEMCAU_COORDINATOR_MEETING_DOCUMENTS_H

#include "coordinator/meeting/meeting.h"

struct owed_document {
	char id[DOCUMENT_ID_SIZE];
	char title[TITLE_LINE_SIZE];
	int site; /* who owes it; MTG_NONE: every remote site, or a unit */
	bool every_site;
	char unit[UNIT_SIZE]; /* "" where it is no unit */
	char due[41]; /* YYYY-MM-DD, checked; "" without one */
};

/* In the order they were added. */
size_t mtg_document_count(const struct meeting *meeting);
const struct owed_document *mtg_document(const struct meeting *meeting, size_t position);
/* The seq of the last change; 0: none ever. */
int64_t mtg_documents_revision(const struct meeting *meeting);

#endif
