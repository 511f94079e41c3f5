#include "coordinator/api/imports.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/host/own_program.h"
#include "coordinator/papers/paper_store.h"
#include "proto/codec/codec.h"
#include "proto/words/text_fill.h"
#include "text_copy.h"

enum { SENTENCE_SIZE = 600 };

/* Its input and its result. */
struct import_job {
	struct worker_job job;
	struct imports *imports;
	uint64_t exchange;
	enum language language;
	char folder[ATOMIC_FILE_PATH_MAX];
	char file[ATOMIC_FILE_PATH_MAX];
	char name[sizeof(((struct upload_ask *)NULL)->name)];
	char ask[HTTP_BODY_MAX];
	size_t ask_size;
	char *answer;
	size_t size;
	int fault;
};

static void previewing_drop(struct worker_job *job)
{
	struct import_job *previewing = (struct import_job *)job;
	free(previewing->answer);
	free(previewing);
}

static void previewing_run(struct worker_job *job)
{
	struct import_job *previewing = (struct import_job *)job;
	const char *const words[] = {"meeting", "preview", previewing->folder, previewing->file,
		"--name", previewing->name, "--language",
		previewing->language == LANGUAGE_EN ? "en" : "vi", NULL};
	const struct own_program program = {.words = words,
		.input = previewing->ask,
		.input_size = previewing->ask_size,
		.most = MSG_BYTES_MAX,
		.silence_ms = PREVIEW_SPAN_MS};
	previewing->fault = own_program_run(&program, &previewing->answer, &previewing->size);
}

/* What takes too much is said as of a file that is too large: less of it can be read. */
static void tell_fault(const struct import_job *previewing)
{
	const struct responder *responder = previewing->imports->responder;
	char sentence[SENTENCE_SIZE];
	log_line(LOG_LINE_WARNING, "a programme could not be looked at: %s",
		strerror(-previewing->fault));
	if (previewing->fault == -ETIMEDOUT || previewing->fault == -EFBIG) {
		text_fill(sentence, sizeof(sentence), TEXT_IMPORT_FAULT_TOO_LARGE,
			previewing->language,
			(const struct text_value[]){
				{.name = "name", .text = previewing->name}, {0}});
		respond_refused_with(
			responder, previewing->exchange, REFUSAL_TOO_LARGE, NULL, sentence);
		return;
	}
	respond_refused_with(responder, previewing->exchange, REFUSAL_STORAGE, NULL,
		sentence_of_refusal(REFUSAL_STORAGE, previewing->language));
}

static void previewing_done(struct worker_job *job)
{
	struct import_job *previewing = (struct import_job *)job;
	previewing->imports->waiting--;
	if (previewing->fault == 0) {
		respond_json(previewing->imports->responder, previewing->exchange,
			shared_buf_copy(previewing->answer, previewing->size, false));
	} else {
		tell_fault(previewing);
	}
	previewing_drop(job);
}

/* ---- asking ---- */

static bool is_sound(const struct http_request *request, struct msg_error *ret_error)
{
	struct msg_arena arena = {0};
	struct import_ask ask;
	int r = request->body ? msg_decode(&msg_import_ask, request->body, request->body_size,
					&arena, &ask, ret_error)
			      : MSG_NOT_JSON;
	msg_arena_finish(&arena);
	return r == 0;
}

static enum refusal judge(
	const struct imports *imports, const struct upload *upload, const struct actor *by)
{
	if (by->role != ROLE_OPERATOR) {
		return REFUSAL_FORBIDDEN;
	}
	if (!upload || upload->stage != UPLOAD_READY) {
		return REFUSAL_NOT_FOUND;
	}
	return imports->waiting < PREVIEWS_WAITING_MAX ? REFUSAL_UNSET : REFUSAL_BUSY;
}

static struct import_job *prepare(struct imports *imports, const struct upload *upload,
	uint64_t exchange, const struct http_request *request)
{
	struct import_job *previewing = calloc(1, sizeof(*previewing));
	if (!previewing) {
		return NULL;
	}
	previewing->job.run = previewing_run;
	previewing->job.done = previewing_done;
	previewing->job.drop = previewing_drop;
	previewing->imports = imports;
	previewing->exchange = exchange;
	previewing->language = respond_language(request);
	previewing->ask_size = request->body_size;
	memcpy(previewing->ask, request->body, request->body_size);
	TEXT_COPY(previewing->name, upload->ticket.ask.name);
	bool fits = TEXT_COPY(previewing->folder, imports->folder) &&
		    paper_path_coming(
			    &imports->uploads->store, upload->ticket.upload, previewing->file) == 0;
	if (fits) {
		return previewing;
	}
	free(previewing);
	return NULL;
}

void imports_ask(struct imports *imports, uint64_t exchange, const struct http_request *request,
	const struct actor *by)
{
	const char *number = http_query_value(&request->query, "upload");
	const struct upload *upload =
		number ? upload_find(&imports->uploads->table, number, by) : NULL;
	struct msg_error error = {0};
	enum refusal refusal = judge(imports, upload, by);
	if (refusal != REFUSAL_UNSET) {
		respond_refused(imports->responder, exchange, request, refusal);
		return;
	}
	if (!is_sound(request, &error)) {
		respond_refused_with(imports->responder, exchange, REFUSAL_BAD_MESSAGE, error.path,
			sentence_of_refusal(REFUSAL_BAD_MESSAGE, respond_language(request)));
		return;
	}
	struct import_job *previewing = prepare(imports, upload, exchange, request);
	if (previewing && worker_give(imports->reader, &previewing->job)) {
		imports->waiting++;
		return;
	}
	free(previewing);
	respond_refused(imports->responder, exchange, request, REFUSAL_BUSY);
}
