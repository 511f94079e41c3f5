#include "coordinator/api/records.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/identity/login_backoff.h"
#include "coordinator/installation/held_meetings.h"
#include "coordinator/installation/outline.h"
#include "coordinator/journal/hash_text.h"
#include "coordinator/journal/record.h"
#include "coordinator/meeting/rights.h"
#include "coordinator/minutes/html_page.h"
#include "coordinator/minutes/recorder.h"
#include "http_msg.h"
#include "text_copy.h"

enum { READING_RETRY_MS = 2000 };

struct reading {
	struct worker_job job;
	struct fair_item waiting; /* for the reader, fair between accounts */
	struct records *records;
	uint64_t exchange;
	struct http_request request; /* without its body */
	enum role role;
	char journal[ATOMIC_FILE_PATH_MAX];
	char served[MEETING_ID_SIZE]; /* for the list */
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

/* False: the installation holds no meeting of this id. */
static bool find_journal(const struct records *records, const struct http_request *request,
	char ret_journal[static ATOMIC_FILE_PATH_MAX])
{
	const char *meeting = http_query_value(&request->query, "meeting");
	struct meeting_place place;
	if (!meeting ||
		strcmp(meeting, mtg_about(engine_committed(records->engine))->meeting) == 0) {
		return text_copy(ret_journal, ATOMIC_FILE_PATH_MAX, records->journal);
	}
	return held_meeting_exists(records->dir, meeting) &&
	       meeting_place_of(records->dir, meeting, &place) == 0 &&
	       text_copy(ret_journal, ATOMIC_FILE_PATH_MAX, place.journal);
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
	if (!find_journal(records, request, reading->journal)) {
		free(reading);
		respond_refused(records->responder, exchange, request, REFUSAL_NOT_FOUND);
		return;
	}
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
	reading->fault = journal_reader_create(reading->journal, &reader);
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
	minutes_recorder_add(user, record);
	minutes_recorder_set_head(user, hash_text(entry->hash).text);
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
	reading->fault = journal_reader_create(reading->journal, &reader);
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

/* ---- all meetings ---- */

/* False: its journal cannot be read, which is logged. */
static bool list_one(const struct reading *reading, const char *meeting, struct held_meeting *ret)
{
	static struct about about; /* of the worker's thread, the only one that comes here */
	struct meeting_place place;
	int r = meeting_place_of(reading->records->dir, meeting, &place);
	r = r == 0 ? outline_read(place.journal, &about) : r;
	if (r != 0 || about.state == MEETING_STATE_UNSET) {
		log_line(LOG_LINE_WARNING, "meeting %s cannot be listed: %d", meeting, r);
		return false;
	}
	TEXT_COPY(ret->meeting, meeting);
	TEXT_COPY(ret->name, about.name);
	TEXT_COPY(ret->date, about.date);
	ret->state = about.state;
	ret->served = strcmp(meeting, reading->served) == 0;
	ret->has_opened = about.was_opened;
	ret->opened = about.opened_wall;
	ret->has_closed = about.was_closed;
	ret->closed = about.closed_wall;
	return true;
}

static int write_list(struct reading *reading, const struct held_meetings *held)
{
	struct held_meeting *list = calloc(held->n + 1, sizeof(*list));
	size_t n = 0;
	for (size_t i = 0; list && i < held->n; i++) {
		n += list_one(reading, held->ids[i], &list[n]);
	}
	struct held_meetings_list answer = {.meetings = list, .n_meetings = n};
	int r = list ? msg_encode(&msg_held_meetings_list, &answer, &reading->text, &reading->size)
		     : -ENOMEM;
	free(list);
	return r;
}

static void meetings_run(struct worker_job *job)
{
	struct reading *reading = (struct reading *)job;
	struct held_meetings held;
	reading->fault = held_meetings_list(reading->records->dir, &held);
	if (reading->fault == 0) {
		reading->fault = write_list(reading, &held);
		held_meetings_finish(&held);
	}
}

void records_meetings(struct records *records, uint64_t exchange,
	const struct http_request *request, enum role role)
{
	struct reading wanted = {.job.run = meetings_run, .role = role};
	TEXT_COPY(wanted.served, mtg_about(engine_committed(records->engine))->meeting);
	start(records, exchange, request, &wanted);
}
