/* Journal pages and minutes: both read the journal, on a worker, by their own connection. */
#ifndef DIEMCAU_COORDINATOR_API_RECORDS_H
#define DIEMCAU_COORDINATOR_API_RECORDS_H

#include "coordinator/api/fair_queue.h"
#include "coordinator/api/responder.h"
#include "coordinator/host/worker.h"
#include "coordinator/identity/sessions.h"

struct records {
	struct ws *ws; /* borrowed, like the members that follow */
	struct engine *engine; /* for the time */
	struct sessions *sessions;
	struct worker *reader; /* minutes of a long day take seconds */
	const struct responder *responder;
	const char *journal; /* its file */
	struct fair_queue queue;
	bool reading; /* the reader is busy */
};

void records_journal(struct records *records, uint64_t exchange, const struct http_request *request,
	enum role role);
void records_minutes(struct records *records, uint64_t exchange, const struct http_request *request,
	enum role role);
/* Drop those that wait, at the end; after the reader. */
void records_finish(struct records *records);

#endif
