#include "coordinator/api/own_papers.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/handouts.h"
#include "coordinator/meeting/roster.h"
#include "http_msg.h"
#include "proto/gen/tables.h"
#include "text_copy.h"

static size_t list_documents(const struct meeting *meeting, int site, struct own_document *ret_list)
{
	size_t n = 0;
	for (size_t i = 0; i < mtg_document_count(meeting); i++) {
		const struct owed_document *document = mtg_document(meeting, i);
		const struct received_document *received =
			mtg_received(meeting, document->id, site);
		if (!mtg_may_bring(meeting, document, site)) {
			continue;
		}
		struct own_document *own = &ret_list[n++];
		TEXT_COPY(own->document, document->id);
		TEXT_COPY(own->title, document->title);
		own->has_due = document->due[0] != '\0';
		TEXT_COPY(own->due, document->due);
		own->has_file = own->has_wall = received != NULL;
		if (received) {
			own->file = received->file;
			own->wall = received->wall;
		}
	}
	return n;
}

static size_t list_handouts(const struct meeting *meeting, int site, struct own_handout *ret_list)
{
	size_t n = 0;
	for (size_t i = 0; i < mtg_handout_count(meeting); i++) {
		const struct handout *handout = mtg_handout(meeting, i);
		enum receipt receipt = mtg_receipt(meeting, handout, site);
		if (receipt != RECEIPT_UNSET) {
			struct own_handout *own = &ret_list[n++];
			TEXT_COPY(own->handout, handout->id);
			TEXT_COPY(own->title, handout->title);
			own->file = handout->file;
			own->receipt = receipt;
		}
	}
	return n;
}

void own_papers_answer(const struct responder *responder, uint64_t exchange,
	const struct http_request *request, const struct actor *by)
{
	const struct meeting *meeting = engine_committed(responder->engine);
	const struct site *asking = by->has_site ? mtg_site_by_id(meeting, by->site) : NULL;
	if (!asking) {
		respond_refused(responder, exchange, request, REFUSAL_FORBIDDEN);
		return;
	}
	int site = mtg_site_index(meeting, asking);
	struct own_document *documents =
		calloc(mtg_document_count(meeting) + 1, sizeof(*documents));
	struct own_handout *handouts = calloc(mtg_handout_count(meeting) + 1, sizeof(*handouts));
	if (documents && handouts) {
		struct site_papers papers = {.documents = documents,
			.n_documents = list_documents(meeting, site, documents),
			.handouts = handouts,
			.n_handouts = list_handouts(meeting, site, handouts)};
		respond_value(responder, exchange, &msg_site_papers, &papers);
	} else {
		respond_refused(responder, exchange, request, REFUSAL_BUSY);
	}
	free(documents);
	free(handouts);
}
