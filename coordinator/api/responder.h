/* Answers to HTTP requests: a value, a text, or a refusal in the reader's language. */
#ifndef DIEMCAU_COORDINATOR_API_RESPONDER_H
#define DIEMCAU_COORDINATOR_API_RESPONDER_H

#include "coordinator/engine/engine.h"
#include "coordinator/ws/http.h"
#include "coordinator/ws/ws.h"

struct responder {
	struct ws *ws; /* borrowed, like the next */
	const struct engine *engine; /* every refusal carries the last event number */
};

/* The server takes over the body of an answer. */
void respond(
	const struct responder *responder, uint64_t exchange, const struct http_response *answer);
/* With a value as JSON, or with any text. */
void respond_value(const struct responder *responder, uint64_t exchange,
	const struct msg_type *type, const void *value);
void respond_value_as(const struct responder *responder, uint64_t exchange, int status,
	const struct msg_type *type, const void *value);
void respond_text(const struct responder *responder, uint64_t exchange, const char *type,
	const void *text, size_t size);
/* With JSON that is encoded already; NULL: there was no memory for it. */
void respond_json(const struct responder *responder, uint64_t exchange, struct shared_buf *body);

/* A `refused`, under the status that fits its code. */
void respond_refused(const struct responder *responder, uint64_t exchange,
	const struct http_request *request, enum refusal code);
/* The same, with the time to retry. */
void respond_refused_until(const struct responder *responder, uint64_t exchange,
	const struct http_request *request, enum refusal code, struct span wait);
/* The same with its own sentence, and the name of the invalid field (NULL: none). */
void respond_refused_with(const struct responder *responder, uint64_t exchange, enum refusal code,
	const char *field, const char *sentence);

/* The language of the sentences, as the request asks for it. */
enum language respond_language(const struct http_request *request);

#endif
