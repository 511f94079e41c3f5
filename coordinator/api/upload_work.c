#include "coordinator/api/upload_work.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/api/recorded_files.h"
#include "coordinator/host/log.h"
#include "proto/gen/tables.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

/* Its input and its result; the upload stands still meanwhile. */
struct keeping {
	struct worker_job job;
	struct uploads *uploads;
	struct upload *upload;
	struct upload_ticket ticket;
	int64_t offset;
	size_t size;
	char *bytes;
	char unwanted[CONTENT_DIGEST_SIZE]; /* a whole file that is not to stay; "": none */
	struct meeting_file file;
	int fault;
};

/* ---- answers ---- */

void upload_answer_state(struct uploads *uploads, const struct upload *upload, int status)
{
	struct upload_state state = {.offset = (uint64_t)upload->offset,
		.size = upload->ticket.ask.size,
		.piece = UPLOAD_PIECE_MAX,
		.has_file = upload->stage == UPLOAD_DONE,
		.file = upload->file,
		.has_ready = upload->stage == UPLOAD_READY,
		.ready = upload->stage == UPLOAD_READY};
	TEXT_COPY(state.upload, upload->ticket.upload);
	respond_value_as(uploads->responder, upload->exchange, status, &msg_upload_state, &state);
}

static void answer_refusal(
	struct uploads *uploads, const struct upload *upload, enum refusal refusal)
{
	respond_refused_with(uploads->responder, upload->exchange, refusal, NULL,
		sentence_of_refusal(refusal, upload->language));
}

/* ---- jobs ---- */

static void keeping_drop(struct worker_job *job)
{
	struct keeping *keeping = (struct keeping *)job;
	free(keeping->bytes);
	free(keeping);
}

static bool give(struct uploads *uploads, struct upload *upload, const struct keeping *wanted)
{
	struct keeping *keeping = malloc(sizeof(*keeping));
	if (!keeping) {
		free(wanted->bytes);
		return false;
	}
	*keeping = *wanted;
	keeping->job.drop = keeping_drop;
	keeping->uploads = uploads;
	keeping->upload = upload;
	keeping->ticket = upload->ticket;
	upload->busy = worker_give(uploads->keeper, &keeping->job);
	if (!upload->busy) {
		keeping_drop(&keeping->job);
	}
	return upload->busy;
}

static void tell_fault(const struct keeping *keeping)
{
	log_line(LOG_LINE_ERROR, "the file of upload %s cannot be kept: %s", keeping->ticket.upload,
		strerror(-keeping->fault));
}

/* ---- what came is dropped ---- */

static void end_run(struct worker_job *job)
{
	struct keeping *keeping = (struct keeping *)job;
	const struct paper_store *store = &keeping->uploads->store;
	keeping->fault = paper_end(store, keeping->ticket.upload);
	if (keeping->fault == 0 && keeping->unwanted[0]) {
		keeping->fault = paper_drop(store, keeping->unwanted);
	}
}

static void end_done(struct worker_job *job)
{
	struct keeping *keeping = (struct keeping *)job;
	keeping->upload->busy = false;
	if (keeping->fault != 0) {
		tell_fault(keeping);
	}
	if (keeping->upload->stage != UPLOAD_DONE) {
		keeping->upload->stage = UPLOAD_FREE;
	}
	keeping_drop(job);
}

bool upload_work_tidy(struct uploads *uploads, struct upload *upload)
{
	return give(uploads, upload, &(struct keeping){.job = {.run = end_run, .done = end_done}});
}

static void given_up(struct worker_job *job)
{
	struct keeping *keeping = (struct keeping *)job;
	respond(keeping->uploads->responder, keeping->upload->exchange,
		&(struct http_response){.status = 204});
	end_done(job);
}

bool upload_work_give_up(struct uploads *uploads, struct upload *upload)
{
	return give(uploads, upload, &(struct keeping){.job = {.run = end_run, .done = given_up}});
}

/* Another upload may bring the same content, or the record may know it: then it stays. */
static bool is_wanted(const struct uploads *uploads, const struct upload *but, const char *digest)
{
	for (size_t i = 0; i < UPLOADS_MAX; i++) {
		const struct upload *upload = &uploads->table.list[i];
		if (upload != but && (upload->busy || upload->stage == UPLOAD_RECORDING) &&
			(!upload->file.digest[0] || strcmp(upload->file.digest, digest) == 0)) {
			return true;
		}
	}
	return recorded_file_is_known(engine_pending(uploads->engine), digest);
}

/* It comes to nothing. What the worker has no time for, the next start removes. */
static void end_upload(struct uploads *uploads, struct upload *upload)
{
	struct keeping wanted = {.job = {.run = end_run, .done = end_done}};
	if (upload->file.digest[0] && !is_wanted(uploads, upload, upload->file.digest)) {
		TEXT_COPY(wanted.unwanted, upload->file.digest);
	}
	if (!give(uploads, upload, &wanted)) {
		upload->stage = UPLOAD_FREE;
	}
}

/* ---- whole: the record is to say so ---- */

static void describe_document(const struct upload *upload, struct cmd_document_receive *ret)
{
	const struct upload_ask *ask = &upload->ticket.ask;
	TEXT_COPY(ret->document, ask->document);
	ret->has_site = ask->has_site;
	TEXT_COPY(ret->site, ask->site);
	ret->file = upload->file;
}

static void describe_handout(const struct upload *upload, struct cmd_handout_offer *ret)
{
	const struct upload_ask *ask = &upload->ticket.ask;
	TEXT_COPY(ret->handout, ask->handout);
	TEXT_COPY(ret->title, ask->title);
	ret->has_sites = ask->n_sites > 0;
	ret->n_sites = ask->n_sites;
	memcpy(ret->sites, ask->sites, sizeof(ret->sites));
	ret->file = upload->file;
}

static void record(struct uploads *uploads, struct upload *upload)
{
	static struct command body; /* of the loop's thread; large */
	memset(&body, 0, sizeof(body));
	if (upload->ticket.ask.has_document) {
		body.name = CMD_DOCUMENT_RECEIVE;
		describe_document(upload, &body.document_receive);
	} else {
		body.name = CMD_HANDOUT_OFFER;
		describe_handout(upload, &body.handout_offer);
	}
	enum refusal refusal = engine_submit_brought(
		uploads->engine, &body, &upload->ticket.by, &upload->recorded);
	if (refusal != REFUSAL_UNSET) {
		answer_refusal(uploads, upload, refusal);
		end_upload(uploads, upload);
		return;
	}
	upload->stage = UPLOAD_RECORDING;
	uploads->table.recording++;
}

/* ---- a piece ---- */

static bool ends_file(const struct keeping *keeping)
{
	return (uint64_t)keeping->offset + keeping->size == keeping->ticket.ask.size;
}

static void piece_run(struct worker_job *job)
{
	struct keeping *keeping = (struct keeping *)job;
	const struct paper_store *store = &keeping->uploads->store;
	if (keeping->size > 0) {
		keeping->fault = paper_append(store, keeping->ticket.upload, keeping->offset,
			keeping->bytes, keeping->size);
	}
	if (keeping->fault == 0 && ends_file(keeping) && !upload_is_programme(&keeping->ticket)) {
		keeping->fault = paper_keep(store, &keeping->ticket, &keeping->file);
	}
}

static void refuse_kind(struct uploads *uploads, struct upload *upload)
{
	char sentence[300];
	text_fill(sentence, sizeof(sentence), TEXT_UPLOAD_KIND, upload->language, NULL);
	respond_refused_with(
		uploads->responder, upload->exchange, REFUSAL_INVALID, "name", sentence);
	end_upload(uploads, upload);
}

static void piece_failed(struct keeping *keeping)
{
	if (keeping->fault == -EMEDIUMTYPE) {
		refuse_kind(keeping->uploads, keeping->upload);
		return;
	}
	tell_fault(keeping);
	answer_refusal(keeping->uploads, keeping->upload, REFUSAL_STORAGE);
}

static void piece_done(struct worker_job *job)
{
	struct keeping *keeping = (struct keeping *)job;
	struct upload *upload = keeping->upload;
	upload->busy = false;
	if (keeping->fault != 0) {
		piece_failed(keeping);
	} else {
		upload->offset = keeping->offset + (int64_t)keeping->size;
		upload->file = keeping->file;
		if (ends_file(keeping) && upload_is_programme(&keeping->ticket)) {
			upload->stage = UPLOAD_READY;
			upload_answer_state(keeping->uploads, upload, 200);
		} else if (ends_file(keeping)) {
			record(keeping->uploads, upload);
		} else {
			upload_answer_state(keeping->uploads, upload, 200);
		}
	}
	keeping_drop(job);
}

bool upload_work_piece(
	struct uploads *uploads, struct upload *upload, const void *bytes, size_t size)
{
	struct keeping wanted = {.job = {.run = piece_run, .done = piece_done},
		.offset = upload->offset,
		.size = size,
		.bytes = malloc(size + 1)};
	if (!wanted.bytes) {
		return false;
	}
	if (size > 0) {
		memcpy(wanted.bytes, bytes, size);
	}
	return give(uploads, upload, &wanted);
}

/* ---- the beginning ---- */

static void begin_run(struct worker_job *job)
{
	struct keeping *keeping = (struct keeping *)job;
	keeping->fault = paper_begin(&keeping->uploads->store, &keeping->ticket);
}

static void begin_done(struct worker_job *job)
{
	struct keeping *keeping = (struct keeping *)job;
	struct upload *upload = keeping->upload;
	upload->busy = false;
	if (keeping->fault != 0) {
		tell_fault(keeping);
		answer_refusal(keeping->uploads, upload, REFUSAL_STORAGE);
		end_upload(keeping->uploads, upload);
	} else {
		upload_answer_state(keeping->uploads, upload, 201);
	}
	keeping_drop(job);
}

bool upload_work_begin(struct uploads *uploads, struct upload *upload)
{
	return give(
		uploads, upload, &(struct keeping){.job = {.run = begin_run, .done = begin_done}});
}
