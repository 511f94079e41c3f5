/*
 * HTTP: the routes of docs/protocol.md. What takes time (a password, the journal, minutes) goes to
 * the worker and is answered when it is done.
 *
 * Who may read what: pages and /healthz anybody; /metrics people but viewers, and where run was
 * told so (--open-metrics) whoever comes from this machine without a session; the rest wants a
 * session. Each role is shown what comes of the events that it would be told of, and nothing else.
 */
#ifndef DIEMCAU_COORDINATOR_API_API_H
#define DIEMCAU_COORDINATOR_API_API_H

#include "coordinator/coordinator.h"

/* struct ws_callbacks.request; user is the struct coordinator. */
void api_request(void *user, uint64_t exchange, const struct http_request *request);

/* See to the logins that wait. Call now and then. */
void api_logins_serve(struct coordinator *coordinator);
/* Forget them, at the end; after the worker. */
void api_logins_finish(struct coordinator *coordinator);

/* ---- between the files of the API ---- */

/* An answer with a value as JSON, or with any text. */
void api_answer_value(struct coordinator *coordinator, uint64_t exchange, int status,
	const struct msg_type *type, const void *value);
void api_answer_text(struct coordinator *coordinator, uint64_t exchange, const char *type,
	const void *text, size_t size);
/* A `refused` in the reader's language, under the status that fits its code. */
void api_refuse(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, enum refusal code);
/* The same, and when to come again. */
void api_refuse_until(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, enum refusal code, struct span wait);
/* The same with a sentence of its own, and the name of what is wrong (NULL: none). */
void api_refuse_with(struct coordinator *coordinator, uint64_t exchange, enum refusal code,
	const char *field, const char *sentence);
enum language api_language(const struct http_request *request);

/*
 * parameters.c: may the route be asked with these parameters? Each is there once at most, is one of
 * the route's and has one of its values. False: refused, the sentence names what is allowed. The
 * board's pages take any, as links from elsewhere carry some.
 */
bool api_parameters_fit(
	struct coordinator *coordinator, uint64_t exchange, const struct http_request *request);

/* login.c: POST /api/v1/session. */
void api_login(
	struct coordinator *coordinator, uint64_t exchange, const struct http_request *request);
/* records.c: journal and minutes, read on the worker. */
void api_journal(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, enum role role);
/* What waits to be read is forgotten, at the end; after the reader. */
void api_readings_finish(struct coordinator *coordinator);
void api_minutes(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, enum role role);
/* metrics.c */
void api_metrics(struct coordinator *coordinator, uint64_t exchange);

#endif
