#include "coordinator/meeting/documents.h"

#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/calendar.h"
#include "coordinator/meeting/decide.h"

size_t mtg_document_count(const struct meeting *meeting)
{
	return meeting->core.n_documents;
}

const struct owed_document *mtg_document(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_documents);
	return &meeting->documents[position];
}

int64_t mtg_documents_revision(const struct meeting *meeting)
{
	return meeting->core.revisions.documents;
}

int mtg_decide_document_add(struct deciding *d)
{
	const struct cmd_document_add *in = &d->command->body.document_add;
	bool of_each = in->has_every_site && in->every_site;
	int site;
	int64_t day;
	int r = in->has_site ? mtg_need_venue(d->meeting, in->site, &site) : 0;

	if (r != 0) {
		return r;
	}
	if (!is_open(d->meeting)) {
		return REFUSAL_WRONG_STATE;
	}
	if (!in->document[0] || !in->title[0] || (in->has_site && of_each) ||
		(in->has_due && !mtg_parse_date(in->due, &day))) {
		return REFUSAL_INVALID;
	}
	if (mtg_find_document(d->meeting, in->document) != MTG_NONE) {
		return REFUSAL_EXISTS;
	}
	if (d->meeting->core.n_documents == DOCUMENTS_MAX) {
		return REFUSAL_LIMIT;
	}
	struct ev_document_added *out = &mtg_emit(d, EV_DOCUMENT_ADDED)->document_added;
	TEXT_COPY(out->document, in->document);
	TEXT_COPY(out->title, in->title);
	OPTIONAL_COPY(out, in, site);
	out->has_every_site = out->every_site = of_each;
	OPTIONAL_COPY(out, in, unit);
	OPTIONAL_COPY(out, in, due);
	return 0;
}

void mtg_apply_document_added(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_document_added *in = &record->event.document_added;
	struct owed_document *document = &meeting->documents[meeting->core.n_documents++];

	TEXT_COPY(document->id, in->document);
	TEXT_COPY(document->title, in->title);
	document->site = in->has_site ? mtg_find_site(meeting, in->site) : MTG_NONE;
	document->every_site = in->has_every_site && in->every_site;
	TEXT_COPY(document->unit, in->has_unit ? in->unit : "");
	TEXT_COPY(document->due, in->has_due ? in->due : "");
	meeting->core.revisions.documents = record->seq;
}

int mtg_decide_document_remove(struct deciding *d)
{
	const struct cmd_document_remove *in = &d->command->body.document_remove;

	if (mtg_find_document(d->meeting, in->document) == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	if (!is_open(d->meeting) || mtg_has_any_received(d->meeting, in->document)) {
		return REFUSAL_WRONG_STATE;
	}
	TEXT_COPY(mtg_emit(d, EV_DOCUMENT_REMOVED)->document_removed.document, in->document);
	return 0;
}

void mtg_apply_document_removed(struct meeting *meeting, const struct mtg_record *record)
{
	int index = mtg_find_document(meeting, record->event.document_removed.document);
	size_t behind = meeting->core.n_documents - (size_t)index - 1;
	struct owed_document *at = &meeting->documents[index];

	memmove(at, at + 1, behind * sizeof(*at));
	meeting->core.n_documents--;
	memset(&meeting->documents[meeting->core.n_documents], 0, sizeof(*at));
	meeting->core.revisions.documents = record->seq;
}
