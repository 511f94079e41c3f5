#include "coordinator/api/responder.h"

#include <string.h>

#include "coordinator/host/log.h"
#include "proto/gen/words.h"
#include "text_copy.h"
#include "wire_msg.h"

static const char json[] = "application/json; charset=utf-8";

void respond(
	const struct responder *responder, uint64_t exchange, const struct http_response *answer)
{
	ws_respond(responder->ws, exchange, answer);
}

void respond_text(const struct responder *responder, uint64_t exchange, const char *type,
	const void *text, size_t size)
{
	struct shared_buf *body = shared_buf_copy(text, size, false);
	respond(responder, exchange,
		&(struct http_response){.status = body ? 200 : 503, .type = type, .body = body});
}

void respond_json(const struct responder *responder, uint64_t exchange, struct shared_buf *body)
{
	respond(responder, exchange,
		&(struct http_response){.status = body ? 200 : 503, .type = json, .body = body});
}

static struct http_response value_answer(int status, const struct msg_type *type, const void *value)
{
	struct shared_buf *body = NULL;
	int r = shared_buf_encode(type, value, &body);
	if (r < 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be encoded: %s", type->name, strerror(-r));
	}
	return (struct http_response){.status = body ? status : 500, .type = json, .body = body};
}

void respond_value(const struct responder *responder, uint64_t exchange,
	const struct msg_type *type, const void *value)
{
	respond_value_as(responder, exchange, 200, type, value);
}

void respond_value_as(const struct responder *responder, uint64_t exchange, int status,
	const struct msg_type *type, const void *value)
{
	struct http_response made = value_answer(status, type, value);
	respond(responder, exchange, &made);
}

enum language respond_language(const struct http_request *request)
{
	const char *language = http_query_value(&request->query, "lang");
	return language && strcmp(language, "en") == 0 ? LANGUAGE_EN : LANGUAGE_VI;
}

static int status_of(enum refusal code)
{
	static const short statuses[REFUSAL_END] = {
		[REFUSAL_UNAUTHORISED] = 401,
		[REFUSAL_FORBIDDEN] = 403,
		[REFUSAL_NOT_FOUND] = 404,
		[REFUSAL_CONFLICT] = 409,
		[REFUSAL_REPLAY] = 409,
		[REFUSAL_TOO_LARGE] = 413,
		[REFUSAL_RATE_LIMITED] = 429,
		[REFUSAL_BUSY] = 503,
		[REFUSAL_STOPPING] = 503,
		[REFUSAL_STORAGE] = 500,
	};
	return statuses[code] ? statuses[code] : 400;
}

static struct http_response refusal_answer(const struct responder *responder, enum refusal code,
	const char *field, const char *sentence)
{
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_REFUSED;
	message.refused.code = code;
	message.refused.seq = (uint64_t)engine_seq(responder->engine);
	message.refused.has_field = field != NULL;
	TEXT_COPY(message.refused.field, field ? field : "");
	TEXT_COPY(message.refused.text, sentence);
	return value_answer(status_of(code), &msg_wire_message, &message);
}

void respond_refused(const struct responder *responder, uint64_t exchange,
	const struct http_request *request, enum refusal code)
{
	respond_refused_with(responder, exchange, code, NULL,
		sentence_of_refusal(code, respond_language(request)));
}

void respond_refused_with(const struct responder *responder, uint64_t exchange, enum refusal code,
	const char *field, const char *sentence)
{
	struct http_response made = refusal_answer(responder, code, field, sentence);
	respond(responder, exchange, &made);
}

void respond_refused_until(const struct responder *responder, uint64_t exchange,
	const struct http_request *request, enum refusal code, struct span wait)
{
	struct http_response made = refusal_answer(
		responder, code, NULL, sentence_of_refusal(code, respond_language(request)));
	made.retry_after = (uint32_t)((wait.ms + 999) / 1000);
	respond(responder, exchange, &made);
}
