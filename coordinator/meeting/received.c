/* What is owed and has come in (documents.h). */
#include <string.h>

#include "coordinator/meeting/apply.h"
#include "coordinator/meeting/decide.h"
#include "coordinator/meeting/files.h"

size_t mtg_received_count(const struct meeting *meeting)
{
	return meeting->core.n_received;
}

const struct received_document *mtg_received_at(const struct meeting *meeting, size_t position)
{
	assert(position < meeting->core.n_received);
	return &meeting->received[position];
}

static int find_received(const struct meeting *meeting, const char *document, int site)
{
	for (size_t i = 0; i < meeting->core.n_received; i++) {
		const struct received_document *received = &meeting->received[i];

		if (received->site == site && strcmp(received->document, document) == 0) {
			return (int)i;
		}
	}
	return MTG_NONE;
}

const struct received_document *mtg_received(
	const struct meeting *meeting, const char *document, int site)
{
	int index = find_received(meeting, document, site);

	return index == MTG_NONE ? NULL : &meeting->received[index];
}

bool mtg_has_any_received(const struct meeting *meeting, const char *document)
{
	for (size_t i = 0; i < meeting->core.n_received; i++) {
		if (strcmp(meeting->received[i].document, document) == 0) {
			return true;
		}
	}
	return false;
}

bool mtg_may_bring(const struct meeting *meeting, const struct owed_document *document, int site)
{
	if (site == MTG_NONE) {
		return document->site == MTG_NONE && !document->every_site;
	}
	return document->every_site ? meeting->sites[site].kind == SITE_KIND_REMOTE
				    : document->site == site;
}

static bool is_missing_from(
	const struct meeting *meeting, const struct owed_document *document, int site)
{
	bool gone = site != MTG_NONE && meeting->sites[site].removed;

	return !gone && mtg_may_bring(meeting, document, site) &&
	       find_received(meeting, document->id, site) == MTG_NONE;
}

size_t mtg_document_missing(const struct meeting *meeting, const struct owed_document *document)
{
	if (!document->every_site) {
		return is_missing_from(meeting, document, document->site);
	}
	size_t n = 0;
	for (size_t i = 0; i < meeting->core.n_sites; i++) {
		n += is_missing_from(meeting, document, (int)i);
	}
	return n;
}

/* What is owed after the day of the meeting does not keep a site from being ready for it. */
static bool is_due_for_meeting(const struct meeting *meeting, const struct owed_document *document)
{
	return !document->due[0] || strcmp(document->due, meeting->core.about.date) <= 0;
}

/* Whether a site owes nothing for the meeting but this document. */
static bool owes_nothing_but(const struct meeting *meeting, int site, const char *document)
{
	for (size_t i = 0; i < meeting->core.n_documents; i++) {
		const struct owed_document *owed = &meeting->documents[i];

		if (strcmp(owed->id, document) != 0 && is_due_for_meeting(meeting, owed) &&
			is_missing_from(meeting, owed, site)) {
			return false;
		}
	}
	return true;
}

/* The ledger follows what has come in. */
static void emit_step(struct deciding *d, int site, bool done)
{
	if (d->meeting->sites[site].steps[READINESS_STEP_DOCUMENTS_IN].done == done) {
		return;
	}
	struct ev_site_signed *out = &mtg_emit(d, EV_SITE_SIGNED)->site_signed;
	TEXT_COPY(out->site, d->meeting->sites[site].id);
	out->step = READINESS_STEP_DOCUMENTS_IN;
	out->done = done;
}

/* The site (MTG_NONE: a unit) that may bring this document. */
static int find_bearer(
	const struct meeting *meeting, const char *document, const char *site, int *ret_site)
{
	int index = mtg_find_document(meeting, document);
	int r = 0;

	*ret_site = MTG_NONE;
	if (site) {
		r = mtg_need_site(meeting, site, ret_site);
	}
	if (r != 0 || index == MTG_NONE) {
		return REFUSAL_NOT_FOUND;
	}
	if (!mtg_may_bring(meeting, &meeting->documents[index], *ret_site)) {
		return REFUSAL_INVALID;
	}
	return is_open(meeting) ? 0 : REFUSAL_WRONG_STATE;
}

int mtg_check_receive(const struct meeting *meeting, const char *document, const char *site)
{
	int index;
	int r = find_bearer(meeting, document, site, &index);

	if (r == 0 && !mtg_received(meeting, document, index) &&
		meeting->core.n_received == RECEIVED_MAX) {
		return REFUSAL_LIMIT;
	}
	return r;
}

int mtg_decide_document_receive(struct deciding *d)
{
	const struct cmd_document_receive *in = &d->command->body.document_receive;
	int site;
	int r = find_bearer(d->meeting, in->document, in->has_site ? in->site : NULL, &site);

	if (r == 0 && !mtg_is_file(&in->file)) {
		r = REFUSAL_INVALID;
	}
	if (r != 0) {
		return r;
	}
	const struct received_document *before = mtg_received(d->meeting, in->document, site);
	if (before && strcmp(before->file.digest, in->file.digest) == 0 &&
		strcmp(before->file.name, in->file.name) == 0) {
		return REFUSAL_ALREADY;
	}
	if (!before && d->meeting->core.n_received == RECEIVED_MAX) {
		return REFUSAL_LIMIT;
	}
	struct ev_document_received *out = &mtg_emit(d, EV_DOCUMENT_RECEIVED)->document_received;
	TEXT_COPY(out->document, in->document);
	OPTIONAL_COPY(out, in, site);
	out->file = in->file;
	if (site != MTG_NONE && owes_nothing_but(d->meeting, site, in->document)) {
		emit_step(d, site, true);
	}
	return 0;
}

static void remove_received(struct meeting *meeting, int index)
{
	size_t behind = meeting->core.n_received - (size_t)index - 1;
	struct received_document *at = &meeting->received[index];

	memmove(at, at + 1, behind * sizeof(*at));
	meeting->core.n_received--;
	memset(&meeting->received[meeting->core.n_received], 0, sizeof(*at));
}

void mtg_apply_document_received(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_document_received *in = &record->event.document_received;
	int site = in->has_site ? mtg_find_site(meeting, in->site) : MTG_NONE;
	int before = find_received(meeting, in->document, site);

	if (before != MTG_NONE) {
		remove_received(meeting, before);
	}
	struct received_document *received = &meeting->received[meeting->core.n_received++];
	TEXT_COPY(received->document, in->document);
	received->site = site;
	mtg_copy_file(&received->file, &in->file);
	received->wall = record->wall;
	received->by = record->by;
	meeting->core.revisions.documents = record->seq;
}

int mtg_decide_document_discard(struct deciding *d)
{
	const struct cmd_document_discard *in = &d->command->body.document_discard;
	int site;
	int r = find_bearer(d->meeting, in->document, in->has_site ? in->site : NULL, &site);

	if (r == 0 && !mtg_received(d->meeting, in->document, site)) {
		r = REFUSAL_ALREADY;
	}
	if (r != 0) {
		return r;
	}
	struct ev_document_discarded *out = &mtg_emit(d, EV_DOCUMENT_DISCARDED)->document_discarded;
	TEXT_COPY(out->document, in->document);
	OPTIONAL_COPY(out, in, site);
	OPTIONAL_COPY(out, in, reason);
	if (site != MTG_NONE) {
		emit_step(d, site, false);
	}
	return 0;
}

void mtg_apply_document_discarded(struct meeting *meeting, const struct mtg_record *record)
{
	const struct ev_document_discarded *in = &record->event.document_discarded;
	int site = in->has_site ? mtg_find_site(meeting, in->site) : MTG_NONE;

	remove_received(meeting, find_received(meeting, in->document, site));
	meeting->core.revisions.documents = record->seq;
}
