#include "coordinator/api/uploads.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/api/recorded_files.h"
#include "coordinator/api/upload_work.h"
#include "coordinator/host/log.h"
#include "coordinator/identity/secret.h"
#include "coordinator/meeting/documents.h"
#include "coordinator/meeting/handouts.h"
#include "coordinator/papers/paper_sweep.h"
#include "proto/gen/tables.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { SENTENCE_SIZE = 300, MIB = 1024 * 1024 };

/* ---- at the start ---- */

struct opening {
	struct uploads *uploads;
	size_t lost; /* files that the record knows and the folder has not */
};

static bool is_known(void *user, const char *digest)
{
	const struct opening *opening = user;
	return recorded_file_is_known(engine_committed(opening->uploads->engine), digest);
}

/* Whole, and the record says so: only what came was not dropped yet when the program ended. */
static bool is_recorded(
	const struct uploads *uploads, const struct upload_ticket *ticket, int64_t offset)
{
	char digest[CONTENT_DIGEST_SIZE];
	return (uint64_t)offset == ticket->ask.size &&
	       paper_digest(&uploads->store, ticket->upload, digest) == 0 &&
	       recorded_file_is_known(engine_committed(uploads->engine), digest);
}

/* What was whole and not recorded goes on at the offset of its end, when its sender asks again. */
static bool comes(void *user, const struct upload_ticket *ticket, int64_t offset)
{
	const struct opening *opening = user;
	struct uploads *uploads = opening->uploads;
	int64_t age = engine_service_now(uploads->engine).wall.ms - ticket->wall.ms;
	if (age > (int64_t)UPLOAD_KEPT_DAYS * 24 * 3600 * 1000 ||
		(uint64_t)offset > ticket->ask.size || is_recorded(uploads, ticket, offset)) {
		return false;
	}
	struct upload *upload = upload_enter(&uploads->table, ticket);
	if (upload) {
		bool whole = (uint64_t)offset == ticket->ask.size;
		upload->offset = offset;
		upload->stage = whole && upload_is_programme(ticket) ? UPLOAD_READY : UPLOAD_COMING;
	}
	return upload != NULL;
}

static void look_for(void *user, const struct meeting_file *file)
{
	struct opening *opening = user;
	if (!paper_is_there(&opening->uploads->store, file)) {
		opening->lost++;
		log_line(LOG_LINE_ERROR, "%s is in the record and not in %s", file->digest,
			opening->uploads->store.folder);
	}
}

static void tell(const struct paper_sweep_counts *counts)
{
	if (counts->removed > 0) {
		log_line(LOG_LINE_NOTICE, "%zu files that the record does not know were removed",
			counts->removed);
	}
	if (counts->coming + counts->dropped > 0) {
		log_line(LOG_LINE_NOTICE, "%zu uploads go on, %zu were dropped", counts->coming,
			counts->dropped);
	}
}

int uploads_open(struct uploads *uploads, const char *folder)
{
	struct opening opening = {.uploads = uploads};
	struct paper_sweep sweep = {is_known, comes, &opening};
	struct paper_sweep_counts counts;
	int r = paper_store_init(&uploads->store, folder);
	if (r == 0) {
		r = paper_store_prepare(&uploads->store);
	}
	if (r == 0) {
		r = paper_sweep(&uploads->store, &sweep, &counts);
	}
	if (r == 0) {
		tell(&counts);
		recorded_files_each(engine_committed(uploads->engine), look_for, &opening);
	}
	return r;
}

int uploads_open_to_read(struct uploads *uploads, const char *folder)
{
	return paper_store_init(&uploads->store, folder);
}

/* ---- refusals ---- */

struct asking {
	struct uploads *uploads;
	uint64_t exchange;
	const struct http_request *request;
};

static void refuse(const struct asking *asking, enum refusal refusal)
{
	respond_refused(asking->uploads->responder, asking->exchange, asking->request, refusal);
}

static void refuse_with(const struct asking *asking, enum refusal refusal, const char *field,
	enum text_id text, int64_t most)
{
	char sentence[SENTENCE_SIZE];
	text_fill(sentence, sizeof(sentence), text, respond_language(asking->request),
		(const struct text_value[]){{.name = "most", .number = most}, {0}});
	respond_refused_with(
		asking->uploads->responder, asking->exchange, refusal, field, sentence);
}

/* ---- POST: a file is to come ---- */

static bool read_ask(const struct asking *asking, struct upload_ask *ret)
{
	const struct http_request *request = asking->request;
	struct msg_error error = {0};
	if (msg_decode(&msg_upload_ask, request->body ? request->body : "", request->body_size,
		    NULL, ret, &error) == 0) {
		return true;
	}
	respond_refused_with(asking->uploads->responder, asking->exchange, REFUSAL_BAD_MESSAGE,
		error.path, sentence_of_refusal(REFUSAL_BAD_MESSAGE, respond_language(request)));
	return false;
}

/* A site brings what it owes; an operator hands out, enters what others owe, brings programmes. */
static enum refusal judge_bearer(const struct actor *by, struct upload_ask *ask)
{
	if (by->role != ROLE_SITE) {
		return by->role == ROLE_OPERATOR ? REFUSAL_UNSET : REFUSAL_FORBIDDEN;
	}
	if (!ask->has_document || (ask->has_site && strcmp(ask->site, by->site) != 0)) {
		return REFUSAL_FORBIDDEN;
	}
	ask->has_site = true;
	TEXT_COPY(ask->site, by->site);
	return REFUSAL_UNSET;
}

static enum refusal judge_purpose(const struct uploads *uploads, const struct upload_ask *ask)
{
	const struct meeting *meeting = engine_pending(uploads->engine);
	if (ask->has_programme) {
		bool closed = mtg_about(meeting)->state == MEETING_STATE_CLOSED;
		return closed ? REFUSAL_WRONG_STATE : REFUSAL_UNSET;
	}
	return (enum refusal)(ask->has_document ? mtg_check_receive(meeting, ask->document,
							  ask->has_site ? ask->site : NULL)
						: mtg_check_offer(meeting, ask->handout));
}

/* By what it says of itself, before any of it has come. False: refused. */
static bool has_room(
	const struct asking *asking, const struct upload_ask *ask, const struct actor *by)
{
	const struct uploads *uploads = asking->uploads;
	int64_t bytes = recorded_file_bytes(engine_pending(uploads->engine)) +
			upload_bytes(&uploads->table) + (int64_t)ask->size;
	int64_t most = ask->has_programme ? OFFICE_FILE_MAX : PAPER_SIZE_MAX;
	if (ask->size > (uint64_t)most) {
		refuse_with(asking, REFUSAL_TOO_LARGE, "size", TEXT_UPLOAD_SIZE, most / MIB);
	} else if (bytes / MIB >= PAPERS_TOTAL_MAX_MIB) {
		refuse_with(asking, REFUSAL_LIMIT, "size", TEXT_UPLOAD_TOTAL, PAPERS_TOTAL_MAX_MIB);
	} else if (upload_count(&uploads->table, by) >= UPLOADS_OF_ONE_MAX) {
		refuse_with(asking, REFUSAL_LIMIT, NULL, TEXT_UPLOAD_TOO_MANY, UPLOADS_OF_ONE_MAX);
	} else {
		return true;
	}
	return false;
}

static bool is_for_one_thing(const struct upload_ask *ask)
{
	bool handed = ask->has_handout || ask->has_title || ask->n_sites > 0;
	if (ask->has_programme) {
		return ask->programme && !ask->has_document && !ask->has_site && !handed;
	}
	return ask->has_document ? !handed : ask->has_handout && ask->has_title && !ask->has_site;
}

static bool is_acceptable(
	const struct asking *asking, struct upload_ask *ask, const struct actor *by)
{
	if (!is_for_one_thing(ask)) {
		refuse_with(asking, REFUSAL_INVALID, NULL, TEXT_UPLOAD_WHAT, 0);
		return false;
	}
	enum refusal refusal = judge_bearer(by, ask);
	if (refusal == REFUSAL_UNSET) {
		refusal = judge_purpose(asking->uploads, ask);
	}
	if (refusal != REFUSAL_UNSET) {
		refuse(asking, refusal);
		return false;
	}
	return has_room(asking, ask, by);
}

static void draw_number(char ret[static INSTANCE_ID_SIZE])
{
	char secret[SECRET_TEXT_SIZE], digest[SECRET_DIGEST_SIZE];
	secret_make(secret);
	secret_digest(secret, digest);
	text_copy_part(ret, INSTANCE_ID_SIZE, digest, INSTANCE_ID_CHARS);
}

static void await_answer(struct upload *upload, const struct asking *asking)
{
	upload->exchange = asking->exchange;
	upload->language = respond_language(asking->request);
}

/* Whoever brings another programme is done with the one before. */
static void end_earlier_programme(struct uploads *uploads, const struct upload_ticket *ticket)
{
	struct upload *earlier = upload_is_programme(ticket)
					 ? upload_find_ready(&uploads->table, &ticket->by)
					 : NULL;
	if (earlier && !earlier->busy) {
		(void)upload_work_tidy(uploads, earlier);
	}
}

void uploads_ask(struct uploads *uploads, uint64_t exchange, const struct http_request *request,
	const struct actor *by)
{
	struct asking asking = {uploads, exchange, request};
	struct upload_ticket ticket;
	memset(&ticket, 0, sizeof(ticket));
	if (!read_ask(&asking, &ticket.ask) || !is_acceptable(&asking, &ticket.ask, by)) {
		return;
	}
	draw_number(ticket.upload);
	ticket.by = *by;
	ticket.wall = engine_service_now(uploads->engine).wall;
	end_earlier_programme(uploads, &ticket);
	struct upload *upload = upload_enter(&uploads->table, &ticket);
	if (!upload) {
		refuse(&asking, REFUSAL_BUSY);
		return;
	}
	await_answer(upload, &asking);
	if (!upload_work_begin(uploads, upload)) {
		upload->stage = UPLOAD_FREE;
		refuse(&asking, REFUSAL_BUSY);
	}
}

/* ---- the others ---- */

static struct upload *find(
	struct uploads *uploads, const struct http_request *request, const struct actor *by)
{
	const char *number = http_query_value(&request->query, "upload");
	return number ? upload_find(&uploads->table, number, by) : NULL;
}

void uploads_tell(struct uploads *uploads, uint64_t exchange, const struct http_request *request,
	const struct actor *by)
{
	const struct upload *upload = find(uploads, request, by);
	if (!upload) {
		respond_refused(uploads->responder, exchange, request, REFUSAL_NOT_FOUND);
		return;
	}
	struct upload asked = *upload;
	asked.exchange = exchange;
	upload_answer_state(uploads, &asked, 200);
}

/* Unset: the piece may come. */
static enum refusal judge_piece(
	const struct upload *upload, const struct http_request *request, size_t size)
{
	const char *text = http_query_value(&request->query, "offset");
	if (!upload) {
		return REFUSAL_NOT_FOUND;
	}
	if (!text || upload->stage != UPLOAD_COMING || upload->offset != strtoll(text, NULL, 10)) {
		return REFUSAL_CONFLICT;
	}
	if (upload->busy) {
		return REFUSAL_BUSY;
	}
	return (uint64_t)upload->offset + size > upload->ticket.ask.size ? REFUSAL_TOO_LARGE
									 : REFUSAL_UNSET;
}

bool uploads_admit(
	struct uploads *uploads, const struct http_request *request, const struct actor *by)
{
	return judge_piece(find(uploads, request, by), request, 0) == REFUSAL_UNSET;
}

void uploads_piece(struct uploads *uploads, uint64_t exchange, const struct http_request *request,
	const struct actor *by)
{
	struct asking asking = {uploads, exchange, request};
	struct upload *upload = find(uploads, request, by);
	enum refusal refusal = judge_piece(upload, request, request->body_size);
	if (refusal != REFUSAL_UNSET) {
		refuse(&asking, refusal);
		return;
	}
	await_answer(upload, &asking);
	if (!upload_work_piece(uploads, upload, request->body, request->body_size)) {
		refuse(&asking, REFUSAL_BUSY);
	}
}

void uploads_give_up(struct uploads *uploads, uint64_t exchange, const struct http_request *request,
	const struct actor *by)
{
	struct asking asking = {uploads, exchange, request};
	struct upload *upload = find(uploads, request, by);
	if (!upload || (upload->stage != UPLOAD_COMING && upload->stage != UPLOAD_READY)) {
		refuse(&asking, REFUSAL_NOT_FOUND);
		return;
	}
	if (!upload->busy) {
		await_answer(upload, &asking);
	}
	if (upload->busy || !upload_work_give_up(uploads, upload)) {
		refuse(&asking, REFUSAL_BUSY);
	}
}

/* What the worker has no time to tidy, the next start drops. */
static void finish(struct uploads *uploads, struct upload *upload)
{
	upload->stage = UPLOAD_DONE;
	uploads->table.recording--;
	upload_answer_state(uploads, upload, 200);
	(void)upload_work_tidy(uploads, upload);
}

void uploads_delivered(struct uploads *uploads)
{
	int64_t seq = uploads->table.recording > 0 ? engine_seq(uploads->engine) : 0;
	for (size_t i = 0; i < UPLOADS_MAX && uploads->table.recording > 0; i++) {
		struct upload *upload = &uploads->table.list[i];
		if (upload->stage == UPLOAD_RECORDING && upload->recorded <= seq) {
			finish(uploads, upload);
		}
	}
}
