#include "coordinator/api/api.h"

#include <stdio.h>
#include <string.h>

#include "coordinator/board/pages.h"
#include "coordinator/host/log.h"
#include "coordinator/peers/admission.h"
#include "coordinator/peers/publish.h"
#include "http_msg.h"
#include "proto/gen/words.h"

static const char json[] = "application/json; charset=utf-8";

static void answer(
	struct coordinator *coordinator, uint64_t exchange, const struct http_response *answer)
{
	ws_respond(atomic_load(&coordinator->ws), exchange, answer);
}

void api_answer_text(struct coordinator *coordinator, uint64_t exchange, const char *type,
	const void *text, size_t size)
{
	struct shared_buf *body = shared_buf_copy(text, size, false);
	answer(coordinator, exchange,
		&(struct http_response){.status = body ? 200 : 503, .type = type, .body = body});
}

static struct http_response value_answer(int status, const struct msg_type *type, const void *value)
{
	struct shared_buf *body = NULL;
	int fault = shared_buf_encode(type, value, &body);
	if (fault < 0) {
		log_line(LOG_LINE_ERROR, "%s cannot be encoded: %s", type->name, strerror(-fault));
	}
	return (struct http_response){.status = body ? status : 500, .type = json, .body = body};
}

void api_answer_value(struct coordinator *coordinator, uint64_t exchange, int status,
	const struct msg_type *type, const void *value)
{
	struct http_response made = value_answer(status, type, value);
	answer(coordinator, exchange, &made);
}

enum language api_language(const struct http_request *request)
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
		[REFUSAL_TOO_LARGE] = 413,
		[REFUSAL_RATE_LIMITED] = 429,
		[REFUSAL_BUSY] = 503,
		[REFUSAL_STOPPING] = 503,
		[REFUSAL_STORAGE] = 500,
	};
	return statuses[code] ? statuses[code] : 400;
}

static struct http_response refusal_answer(const struct coordinator *coordinator, enum refusal code,
	const char *field, const char *sentence)
{
	struct wire_message message;
	memset(&message, 0, sizeof(message));
	message.type = WIRE_REFUSED;
	message.refused.code = code;
	message.refused.seq = (uint64_t)coordinator_seq(coordinator);
	message.refused.has_field = field != NULL;
	snprintf(message.refused.field, sizeof(message.refused.field), "%s", field ? field : "");
	snprintf(message.refused.text, sizeof(message.refused.text), "%s", sentence);
	return value_answer(status_of(code), &msg_wire_message, &message);
}

void api_refuse(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, enum refusal code)
{
	api_refuse_with(coordinator, exchange, code, NULL,
		sentence_of_refusal(code, api_language(request)));
}

void api_refuse_with(struct coordinator *coordinator, uint64_t exchange, enum refusal code,
	const char *field, const char *sentence)
{
	struct http_response made = refusal_answer(coordinator, code, field, sentence);
	answer(coordinator, exchange, &made);
}

void api_refuse_until(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, enum refusal code, struct span wait)
{
	struct http_response made = refusal_answer(
		coordinator, code, NULL, sentence_of_refusal(code, api_language(request)));
	made.retry_after = (uint32_t)((wait.ms + 999) / 1000);
	answer(coordinator, exchange, &made);
}

/* ---- routes ---- */

static void answer_health(struct coordinator *coordinator, uint64_t exchange)
{
	static const struct {
		int status;
		const char *text;
	} states[] = {
		[HEALTH_STARTING] = {503, "starting\n"},
		[HEALTH_SERVING] = {200, "serving\n"},
		[HEALTH_STOPPING] = {503, "stopping\n"},
		[HEALTH_BROKEN] = {500, "broken\n"},
	};
	const char *text = states[coordinator->health].text;
	answer(coordinator, exchange,
		&(struct http_response){.status = states[coordinator->health].status,
			.type = "text/plain",
			.body = shared_buf_copy(text, strlen(text), false)});
}

static void answer_page(
	struct coordinator *coordinator, uint64_t exchange, const struct http_request *request)
{
	const struct brd_page *page = brd_page_find(request->path);
	if (!page) {
		api_refuse(coordinator, exchange, request, REFUSAL_NOT_FOUND);
		return;
	}
	struct http_response found = {
		.status = 200, .type = page->type, .immutable = page->immutable};
	snprintf(found.tag, sizeof(found.tag), "%s", page->etag);
	if (http_tag_listed(request->tags, page->etag)) {
		found.status = 304;
	} else {
		/* Strangers ask for it, many at a time, and take it as slowly as they like. */
		found.body = shared_buf_static(page->bytes, page->size);
	}
	answer(coordinator, exchange, &found);
}

static void answer_meeting(struct coordinator *coordinator, uint64_t exchange, enum role role)
{
	struct shared_buf *body = publish_snapshot(coordinator, role);
	answer(coordinator, exchange,
		&(struct http_response){.status = body ? 200 : 503, .type = json, .body = body});
}

static void answer_who(
	struct coordinator *coordinator, uint64_t exchange, const struct session *session)
{
	struct now now = engine_now(coordinator->engine);
	struct who who;
	memset(&who, 0, sizeof(who));
	memcpy(who.account, session->account, sizeof(who.account));
	who.role = session->role;
	who.expires.ms = now.wall.ms + span_between(now.at, session->expires).ms;
	api_answer_value(coordinator, exchange, 200, &msg_who, &who);
}

static void log_out(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, const struct session *session)
{
	sessions_end(coordinator->sessions, request->session);
	admission_logged_out(coordinator, session->number);
	struct http_response gone = {.status = 204};
	http_set_cookie(HTTP_COOKIE_SESSION, coordinator->mark, request->caller.secure, "", 0,
		gone.cookies[HTTP_COOKIE_SESSION]);
	if (!session_store_then_answer(coordinator, exchange, &gone)) {
		api_refuse(coordinator, exchange, request, REFUSAL_BUSY);
	}
}

/* Whoever has a session is judged by it, from this machine too. */
static void answer_metrics(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, const struct session *session)
{
	if (session->role == ROLE_VIEWER) {
		api_refuse(coordinator, exchange, request, REFUSAL_FORBIDDEN);
	} else {
		api_metrics(coordinator, exchange);
	}
}

/* Routes for which it matters who asks. */
static void answer_known(struct coordinator *coordinator, uint64_t exchange,
	const struct http_request *request, const struct session *session)
{
	switch (request->route) {
	case HTTP_METRICS:
		answer_metrics(coordinator, exchange, request, session);
		break;
	case HTTP_SESSION:
		if (request->method == HTTP_DELETE) {
			log_out(coordinator, exchange, request, session);
		} else {
			answer_who(coordinator, exchange, session);
		}
		break;
	case HTTP_MEETING:
		answer_meeting(coordinator, exchange, session->role);
		break;
	case HTTP_JOURNAL:
		api_journal(coordinator, exchange, request, session->role);
		break;
	case HTTP_MINUTES:
		api_minutes(coordinator, exchange, request, session->role);
		break;
	case HTTP_ROUTE_UNSET:
	case HTTP_PAGE:
	case HTTP_HEALTH:
	case HTTP_ROUTES:
		api_refuse(coordinator, exchange, request, REFUSAL_NOT_FOUND);
		break;
	}
}

static bool is_logged_in(struct coordinator *coordinator, const struct http_request *request,
	struct session *ret_session)
{
	memset(ret_session, 0, sizeof(*ret_session));
	if (sessions_find(coordinator->sessions, request->session,
		    engine_now(coordinator->engine).at, ret_session)) {
		return true;
	}
	return request->route == HTTP_METRICS && coordinator->open_metrics && request->local;
}

void api_request(void *user, uint64_t exchange, const struct http_request *request)
{
	struct coordinator *coordinator = user;
	struct session session;
	if (request->route == HTTP_PAGE) {
		answer_page(coordinator, exchange, request);
	} else if (!api_parameters_fit(coordinator, exchange, request)) {
		return;
	} else if (request->route == HTTP_HEALTH) {
		answer_health(coordinator, exchange);
	} else if (request->method == HTTP_POST) {
		api_login(coordinator, exchange, request);
	} else if (!is_logged_in(coordinator, request, &session)) {
		api_refuse(coordinator, exchange, request, REFUSAL_UNAUTHORISED);
	} else {
		answer_known(coordinator, exchange, request, &session);
	}
}
