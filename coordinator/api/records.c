/* Journal pages and minutes: both read the journal, on the worker, by their own connection. */
#include "coordinator/api/records.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/identity/login_backoff.h"
#include "coordinator/journal/record.h"
#include "coordinator/meeting/rights.h"
#include "coordinator/minutes/html_page.h"
#include "coordinator/minutes/recorder.h"
#include "http_msg.h"

enum { READING_RETRY_MS = 2000 };

struct reading {
	struct worker_job job;
	struct fair_item waiting; /* for the reader, fair between accounts */
	struct records *records;
	uint64_t exchange;
	struct http_request request; /* without its body */
	enum role role;
	int64_t from;
	bool html;
	enum language language;
	char *text; /* the answer: of the codec, or of stdlib if it is html */
	size_t size;
	int fault;
};

static void reading_drop(struct worker_job *job)
{
	struct reading *reading = (struct reading *)job;
	if (reading->html) {
		free(reading->text);
	} else {
		msg_free(reading->text);
	}
	free(reading);
}

static void serve(struct records *records);

static void reading_done(struct worker_job *job)
{
	struct reading *reading = (struct reading *)job;
	struct records *records = reading->records;
	records->reading = false;
	if (reading->fault != 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be answered: %d", reading->request.path,
			reading->fault);
		respond_refused(
			records->responder, reading->exchange, &reading->request, REFUSAL_STORAGE);
	} else {
		struct shared_buf *body = shared_buf_copy(reading->text, reading->size, false);
		respond(records->responder, reading->exchange,
			&(struct http_response){.status = body ? 200 : 503,
				.type = reading->html ? "text/html; charset=utf-8"
						      : "application/json; charset=utf-8",
				.styled = reading->html,
				.body = body});
	}
	reading_drop(job);
	serve(records);
}

/* ---- waiting ---- */

static struct reading *reading_of(struct fair_item *item)
{
	return (struct reading *)((char *)item - offsetof(struct reading, waiting));
}

static void put_off(struct reading *reading)
{
	respond_refused_until(reading->records->responder, reading->exchange, &reading->request,
		REFUSAL_BUSY, (struct span){READING_RETRY_MS});
	reading_drop(&reading->job);
}

/* The next one whose client still waits. */
static struct reading *next_reading(struct records *records)
{
	struct fair_item *item;
	while ((item = fair_queue_next(&records->queue))) {
		struct reading *reading = reading_of(item);
		if (ws_exchange_is_open(records->ws, reading->exchange)) {
			return reading;
		}
		reading_drop(&reading->job);
	}
	return NULL;
}

static void serve(struct records *records)
{
	struct reading *reading = records->reading ? NULL : next_reading(records);
	if (reading) {
		records->reading = worker_give(records->reader, &reading->job);
		if (!records->reading) {
			put_off(reading);
		}
	}
}

static uint64_t account_of(struct records *records, const struct http_request *request)
{
	struct session session;
	bool found = sessions_find(
		records->sessions, request->session, engine_now(records->engine).at, &session);
	return login_backoff_hash(found ? session.account : "");
}

static void start(struct records *records, uint64_t exchange, const struct http_request *request,
	const struct reading *wanted)
{
	struct reading *reading = malloc(sizeof(*reading));
	if (!reading) {
		respond_refused(records->responder, exchange, request, REFUSAL_BUSY);
		return;
	}
	*reading = *wanted;
	reading->job.done = reading_done;
	reading->job.drop = reading_drop;
	reading->records = records;
	reading->exchange = exchange;
	reading->request = *request;
	reading->request.body = NULL;
	reading->waiting.owner = account_of(records, request);
	struct fair_item *displaced = fair_queue_enter(&records->queue, &reading->waiting);
	if (displaced) {
		put_off(reading_of(displaced));
	}
	serve(records);
}

void records_finish(struct records *records)
{
	struct fair_item *item;
	while ((item = fair_queue_next(&records->queue))) {
		reading_drop(&reading_of(item)->job);
	}
}

/* ---- journal ---- */

struct page_reading {
	enum role role;
	struct wire_event *events;
	size_t n;
};

static int add_event(void *user, const struct journal_entry *entry)
{
	struct page_reading *page = user;
	struct mtg_record record;
	struct msg_error error;
	int r = record_decode(entry, &record, &error);
	if (r != 0 || !mtg_is_visible(page->role, NULL, &record.event)) {
		return r;
	}
	struct wire_event *event = &page->events[page->n++];
	event->seq = (uint64_t)record.seq;
	event->at = record.at;
	event->wall = record.wall;
	event->by = record.by;
	event->body = record.event;
	return 0;
}

static int read_page(struct reading *reading, struct journal_reader *reader)
{
	struct page_reading page = {.role = reading->role};
	page.events = calloc(JOURNAL_PAGE_ROWS_MAX, sizeof(*page.events));
	if (!page.events) {
		return -ENOMEM;
	}
	int64_t next = reading->from;
	int r = journal_read(reader, reading->from, JOURNAL_PAGE_ROWS_MAX, add_event, &page, &next);
	if (r == 0) {
		struct journal_page answer = {
			.events = page.events, .n_events = page.n, .next = (uint64_t)next};
		r = msg_encode(&msg_journal_page, &answer, &reading->text, &reading->size);
	}
	free(page.events);
	return r;
}

static void journal_run(struct worker_job *job)
{
	struct reading *reading = (struct reading *)job;
	struct journal_reader *reader;
	reading->fault = journal_reader_create(reading->records->journal, &reader);
	if (reading->fault == 0) {
		reading->fault = read_page(reading, reader);
		journal_reader_destroy(reader);
	}
}

void records_journal(struct records *records, uint64_t exchange, const struct http_request *request,
	enum role role)
{
	const char *text = http_query_value(&request->query, "from");
	int64_t from = text ? strtoll(text, NULL, 10) : 0;
	start(records, exchange, request,
		&(struct reading){
			.job.run = journal_run, .role = role, .from = from > 0 ? from : 1});
}

/* ---- minutes ---- */

static int note(void *user, const struct journal_entry *entry, const struct mtg_record *record)
{
	(void)entry;
	minutes_recorder_add(user, record);
	return 0;
}

static int write_minutes(struct reading *reading, const struct minutes_recorder *recorder)
{
	struct msg_arena arena = {0};
	struct minutes *minutes = calloc(1, sizeof(*minutes));
	int r = minutes ? minutes_recorder_compile(recorder, reading->role, &arena, minutes)
			: -ENOMEM;
	if (r == 0 && reading->html) {
		r = minutes_html(minutes, reading->language, &reading->text, &reading->size);
	} else if (r == 0) {
		r = msg_encode(&msg_minutes, minutes, &reading->text, &reading->size);
	}
	msg_arena_finish(&arena);
	free(minutes);
	return r;
}

static int compile_minutes(struct reading *reading, struct journal_reader *reader)
{
	struct minutes_recorder *recorder = minutes_recorder_create();
	int64_t last;
	int r = recorder ? replay(reader, 1, note, recorder, &last) : -ENOMEM;
	if (r == 0) {
		r = write_minutes(reading, recorder);
	}
	minutes_recorder_destroy(recorder);
	return r;
}

static void minutes_run(struct worker_job *job)
{
	struct reading *reading = (struct reading *)job;
	struct journal_reader *reader;
	reading->fault = journal_reader_create(reading->records->journal, &reader);
	if (reading->fault == 0) {
		reading->fault = compile_minutes(reading, reader);
		journal_reader_destroy(reader);
	}
}

/* HTML to browsers; JSON where it is asked for by name, by format or by Accept. */
static bool wants_html(const struct http_request *request)
{
	const char *format = http_query_value(&request->query, "format");
	if (format) {
		return strcmp(format, "html") == 0;
	}
	return strstr(request->path, ".json") == NULL &&
	       strstr(request->accept, "text/html") != NULL;
}

void records_minutes(struct records *records, uint64_t exchange, const struct http_request *request,
	enum role role)
{
	start(records, exchange, request,
		&(struct reading){.job.run = minutes_run,
			.role = role,
			.html = wants_html(request),
			.language = respond_language(request)});
}
