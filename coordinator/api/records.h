/*
 * Journal pages and minutes, of the meeting that is served or, by `meeting=ID`, of another one of
 * the installation, and the list of all meetings. All read files, on a worker.
 */
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
	const char *dir; /* of the installation: past meetings */
	const char *journal; /* of the meeting that is served */
	const char *plan; /* the folder of what was planned of it */
	struct fair_queue queue;
	bool reading; /* the reader is busy */
};

void records_journal(struct records *records, uint64_t exchange, const struct http_request *request,
	enum role role);
void records_minutes(struct records *records, uint64_t exchange, const struct http_request *request,
	enum role role);
void records_meetings(struct records *records, uint64_t exchange,
	const struct http_request *request, enum role role);
/* Drop those that wait, at the end; after the reader. */
void records_finish(struct records *records);

#endif
