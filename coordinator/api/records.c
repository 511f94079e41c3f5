#include "coordinator/api/records.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/host/log.h"
#include "coordinator/identity/login_backoff.h"
#include "coordinator/installation/held_meetings.h"
#include "coordinator/installation/outline.h"
#include "coordinator/installation/plan_words.h"
#include "coordinator/journal/record.h"
#include "coordinator/meeting/rights.h"
#include "coordinator/minutes/html_page.h"
#include "coordinator/minutes/journal_minutes.h"
#include "coordinator/minutes/paper_kinds.h"
#include "coordinator/print/word_document.h"
#include "http_msg.h"
#include "text_copy.h"

enum { READING_RETRY_MS = 2000 };

enum answer_form { ANSWER_JSON, ANSWER_HTML, ANSWER_DOCX };

struct reading {
	struct worker_job job;
	struct fair_item waiting; /* for the reader, fair between accounts */
	struct records *records;
	uint64_t exchange;
	struct http_request request; /* without its body */
	enum role role;
	char journal[ATOMIC_FILE_PATH_MAX];
	char plan[ATOMIC_FILE_PATH_MAX]; /* the folder of what was planned */
	char served[MEETING_ID_SIZE]; /* for the list */
	int64_t from, last; /* of a page of the journal */
	enum answer_form form;
	enum paper_kind paper;
	char site[SITE_ID_SIZE]; /* whose copy; "": the whole */
	enum language language;
	char *text; /* the answer: of the codec if it is JSON, else of stdlib */
	size_t size;
	int fault;
};

static void reading_drop(struct worker_job *job)
{
	struct reading *reading = (struct reading *)job;
	if (reading->form == ANSWER_JSON) {
		msg_free(reading->text);
	} else {
		free(reading->text);
	}
	free(reading);
}

static void serve(struct records *records);

static void answer(const struct reading *reading)
{
	static const char *const types[] = {
		[ANSWER_JSON] = "application/json; charset=utf-8",
		[ANSWER_HTML] = "text/html; charset=utf-8",
		[ANSWER_DOCX] = ("application/"
				 "vnd.openxmlformats-officedocument.wordprocessingml.document"),
	};
	struct shared_buf *body = shared_buf_copy(reading->text, reading->size, false);
	struct http_response response = {.status = body ? 200 : 503,
		.type = types[reading->form],
		.styled = reading->form == ANSWER_HTML,
		.body = body};
	if (reading->form == ANSWER_DOCX) {
		snprintf(response.disposition, sizeof(response.disposition),
			"attachment; filename=\"%s%s%s.docx\"", paper_name(reading->paper),
			reading->site[0] ? "." : "", reading->site);
	}
	respond(reading->records->responder, reading->exchange, &response);
}

static void reading_done(struct worker_job *job)
{
	struct reading *reading = (struct reading *)job;
	struct records *records = reading->records;
	records->reading = false;
	if (reading->fault == -ENOENT) {
		respond_refused(records->responder, reading->exchange, &reading->request,
			REFUSAL_NOT_FOUND);
	} else if (reading->fault != 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be answered: %d", reading->request.path,
			reading->fault);
		respond_refused(
			records->responder, reading->exchange, &reading->request, REFUSAL_STORAGE);
	} else {
		answer(reading);
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
	bool found = sessions_find(records->sessions, request->session,
		engine_service_now(records->engine).at, &session);
	return login_backoff_hash(found ? session.account : "");
}

static bool is_of_served(const struct records *records, const struct http_request *request)
{
	const char *meeting = http_query_value(&request->query, "meeting");
	return !meeting ||
	       strcmp(meeting, mtg_about(engine_committed(records->engine))->meeting) == 0;
}

/* False: the installation holds no meeting of this id. */
static bool find_files(const struct records *records, const struct http_request *request,
	struct reading *ret_reading)
{
	const char *meeting = http_query_value(&request->query, "meeting");
	struct meeting_place place;
	if (is_of_served(records, request)) {
		return TEXT_COPY(ret_reading->journal, records->journal) &&
		       TEXT_COPY(ret_reading->plan, records->plan);
	}
	return held_meeting_exists(records->dir, meeting) &&
	       meeting_place_of(records->dir, meeting, &place) == 0 &&
	       TEXT_COPY(ret_reading->journal, place.journal) &&
	       TEXT_COPY(ret_reading->plan, place.plan);
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
	if (!find_files(records, request, reading)) {
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

/* Nobody is told what has not been delivered yet, or, of a replay, what is still to come. */
static size_t rows_wanted(const struct reading *reading)
{
	int64_t left = reading->last - reading->from + 1;
	return left < 0 ? 0 : left < JOURNAL_PAGE_ROWS_MAX ? (size_t)left : JOURNAL_PAGE_ROWS_MAX;
}

static int read_page(struct reading *reading, struct journal_reader *reader)
{
	struct page_reading page = {.role = reading->role};
	page.events = calloc(JOURNAL_PAGE_ROWS_MAX, sizeof(*page.events));
	if (!page.events) {
		return -ENOMEM;
	}
	int64_t next = reading->from;
	int r = journal_read(reader, reading->from, rows_wanted(reading), add_event, &page, &next);
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

static int64_t last_to_read(const struct records *records, const struct http_request *request)
{
	return is_of_served(records, request) ? engine_seq(records->engine) : INT64_MAX - 1;
}

void records_journal(struct records *records, uint64_t exchange, const struct http_request *request,
	enum role role)
{
	const char *text = http_query_value(&request->query, "from");
	int64_t from = text ? strtoll(text, NULL, 10) : 0;
	start(records, exchange, request,
		&(struct reading){.job.run = journal_run,
			.role = role,
			.from = from > 0 ? from : 1,
			.last = last_to_read(records, request)});
}

/* ---- minutes ---- */

/* What the plan says is read where a paper is asked for, not for figures. */
static int write_paper(struct reading *reading, const struct minutes *minutes)
{
	struct plan_words words;
	plan_words_read(reading->plan, &words);
	struct paper_wanted wanted = {.kind = reading->paper,
		.site = reading->site[0] ? reading->site : NULL,
		.words = words.words,
		.language = reading->language};
	int r = paper_html(minutes, &wanted, &reading->text, &reading->size);
	plan_words_finish(&words);
	return r;
}

static int write_document(struct reading *reading)
{
	char *page = reading->text;
	reading->text = NULL;
	int r = word_document(page, reading->size, &reading->text, &reading->size);
	free(page);
	return r;
}

static int write_minutes(struct reading *reading, const struct minutes_recorder *recorder)
{
	struct msg_arena arena = {0};
	struct minutes *minutes = calloc(1, sizeof(*minutes));
	int r = minutes ? minutes_recorder_compile(recorder, reading->role, &arena, minutes)
			: -ENOMEM;
	if (r == 0 && reading->form != ANSWER_JSON) {
		r = write_paper(reading, minutes);
		r = r == 0 && reading->form == ANSWER_DOCX ? write_document(reading) : r;
	} else if (r == 0) {
		r = msg_encode(&msg_minutes, minutes, &reading->text, &reading->size);
	}
	msg_arena_finish(&arena);
	free(minutes);
	return r;
}

static void minutes_run(struct worker_job *job)
{
	struct reading *reading = (struct reading *)job;
	struct minutes_recorder *recorder = NULL;
	int r = journal_minutes_read(reading->journal, &recorder);
	reading->fault = r == -ENOENT ? -EIO : r; /* only a site may be not found */
	if (reading->fault == 0) {
		reading->fault = write_minutes(reading, recorder);
		minutes_recorder_destroy(recorder);
	}
}

/* HTML to browsers; JSON where it is asked for by name, by format or by Accept. */
static enum answer_form form_wanted(const struct http_request *request)
{
	const char *format = http_query_value(&request->query, "format");
	if (format) {
		return strcmp(format, "html") == 0   ? ANSWER_HTML
		       : strcmp(format, "docx") == 0 ? ANSWER_DOCX
						     : ANSWER_JSON;
	}
	bool page = strstr(request->path, ".json") == NULL &&
		    strstr(request->accept, "text/html") != NULL;
	return page ? ANSWER_HTML : ANSWER_JSON;
}

/* The facts as JSON are those of all papers; a page is of one. */
void records_minutes(struct records *records, uint64_t exchange, const struct http_request *request,
	enum role role)
{
	const char *paper = http_query_value(&request->query, "paper");
	const char *site = http_query_value(&request->query, "site");
	struct reading wanted = {.job.run = minutes_run,
		.role = role,
		.form = form_wanted(request),
		.paper = paper ? paper_kind_of_name(paper) : PAPER_KIND_MINUTES,
		.language = respond_language(request)};
	if (site && !paper_has_copies(wanted.paper)) {
		respond_refused(records->responder, exchange, request, REFUSAL_NOT_FOUND);
		return;
	}
	TEXT_COPY(wanted.site, site ? site : "");
	start(records, exchange, request, &wanted);
}

/* ---- all meetings ---- */

/* False: its journal cannot be read, which is logged. */
static bool list_one(const struct reading *reading, const char *meeting, struct held_meeting *ret)
{
	static struct about about; /* of the worker's thread, the only one that comes here */
	struct meeting_place place;
	bool served = strcmp(meeting, reading->served) == 0;
	int r = meeting_place_of(reading->records->dir, meeting, &place);
	r = r == 0 ? outline_read(served ? reading->journal : place.journal, &about) : r;
	if (r != 0 || about.state == MEETING_STATE_UNSET) {
		log_line(LOG_LINE_WARNING, "meeting %s cannot be listed: %d", meeting, r);
		return false;
	}
	TEXT_COPY(ret->meeting, meeting);
	TEXT_COPY(ret->name, about.name);
	TEXT_COPY(ret->date, about.date);
	ret->state = about.state;
	ret->served = served;
	ret->has_opened = mtg_was_ever_opened(&about);
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
