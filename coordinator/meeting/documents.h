/*
 * What is owed to the centre: titles, by whom and by when; and what of it has come in. The files
 * themselves are kept by content beside the journal (coordinator/papers); here is which of them,
 * whose, and since when. A site that owes nothing any more has signed `documents_in` (roster.h).
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

/* One that has come in: the latest of its document and site. */
struct received_document {
	char document[DOCUMENT_ID_SIZE];
	int site; /* whose; MTG_NONE: of a unit */
	struct meeting_file file;
	struct stamp wall;
	struct actor by;
};

/* In the order they were added. */
size_t mtg_document_count(const struct meeting *meeting);
const struct owed_document *mtg_document(const struct meeting *meeting, size_t position);
/*
 * Whether this document may come in from this site (NULL: from a unit, by the centre): 0 or the
 * refusal.
 */
int mtg_check_receive(const struct meeting *meeting, const char *document, const char *site);

/* Whether a document is owed by this site (MTG_NONE: by a unit). */
bool mtg_may_bring(const struct meeting *meeting, const struct owed_document *document, int site);

/* In the order they came. */
size_t mtg_received_count(const struct meeting *meeting);
const struct received_document *mtg_received_at(const struct meeting *meeting, size_t position);
/* From anybody. */
bool mtg_has_any_received(const struct meeting *meeting, const char *document);
/* NULL: it has not come in. */
const struct received_document *mtg_received(
	const struct meeting *meeting, const char *document, int site);
/* From how many it has not come in. */
size_t mtg_document_missing(const struct meeting *meeting, const struct owed_document *document);

/* The seq of the last change; 0: none ever. */
int64_t mtg_documents_revision(const struct meeting *meeting);

#endif
