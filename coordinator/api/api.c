#include "coordinator/api/api.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "coordinator/api/parameters.h"
#include "coordinator/board/board_pages.h"
#include "coordinator/peers/publish.h"
#include "http_msg.h"
#include "proto/system/memory.h"
#include "text_copy.h"

enum { REVIEW_MS = 2000 };

/* ---- making and taking apart ---- */

static void connect_parts(struct api *api, const struct api_config *config)
{
	struct peers *peers = config->peers;
	api->responder = (struct responder){config->ws, config->engine};
	api->store.engine = config->engine;
	api->store.sessions = config->sessions;
	api->store.registry = config->registry;
	api->store.worker = config->worker;
	api->store.responder = &api->responder;
	api->logins.ws = config->ws;
	api->logins.engine = config->engine;
	api->logins.registry = config->registry;
	api->logins.sessions = config->sessions;
	api->logins.worker = config->worker;
	api->logins.responder = &api->responder;
	api->logins.store = &api->store;
	api->logins.login_alerts = &peers->login_alerts;
	api->logins.mark = api->mark;
	api->logins.device_key = *config->device_key;
	api->records.ws = config->ws;
	api->records.engine = config->engine;
	api->records.sessions = config->sessions;
	api->records.reader = config->reader;
	api->records.responder = &api->responder;
	api->records.journal = api->journal;
	api->metrics = (struct metrics_sources){
		.ws = config->ws,
		.engine = config->engine,
		.clients = &peers->clients,
		.connection_log = &peers->connection_log,
		.login_alerts = &peers->login_alerts,
		.logins = &api->logins,
		.telemetry = peers->telemetry,
		.media_keys = config->media_keys,
	};
}

int api_create(const struct api_config *config, struct api **ret_api)
{
	struct api *api = calloc(1, sizeof(*api));
	if (!api) {
		return -ENOMEM;
	}
	api->engine = config->engine;
	api->sessions = config->sessions;
	api->peers = config->peers;
	api->open_metrics = config->open_metrics;
	TEXT_COPY(api->mark, config->mark);
	TEXT_COPY(api->journal, config->journal);
	TEXT_COPY(api->store.path, config->sessions_path);
	connect_parts(api, config);
	api->logins.queue.backoff = login_backoff_create(LOGIN_QUEUE_KEYS_MAX, config->seed);
	if (!api->logins.queue.backoff) {
		free(api);
		return -ENOMEM;
	}
	session_store_resume(&api->store);
	*ret_api = api;
	return 0;
}

void api_destroy(struct api *api)
{
	if (!api) {
		return;
	}
	logins_finish(&api->logins);
	records_finish(&api->records);
	session_store_finish(&api->store);
	login_backoff_destroy(api->logins.queue.backoff);
	memory_wipe(api, sizeof(*api)); /* the key of known browsers */
	free(api);
}

void api_tick(struct api *api)
{
	struct instant now = engine_now(api->engine).at;
	logins_serve(&api->logins);
	if (span_between(api->reviewed, now).ms >= REVIEW_MS) {
		api->reviewed = now;
		session_store_review(&api->store);
	}
}

/* ---- routes ---- */

/* A request, and by whose session it comes. */
struct asked {
	uint64_t exchange;
	const struct http_request *request;
	struct session session; /* all zeroes: by nobody's */
};

static void refuse(const struct api *api, const struct asked *asked, enum refusal code)
{
	respond_refused(&api->responder, asked->exchange, asked->request, code);
}

static void answer_health(struct api *api, const struct asked *asked)
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
	const char *text = states[api->health].text;
	respond(&api->responder, asked->exchange,
		&(struct http_response){.status = states[api->health].status,
			.type = "text/plain",
			.body = shared_buf_copy(text, strlen(text), false)});
}

static void answer_page(struct api *api, const struct asked *asked)
{
	const char *path = asked->request->path;
	const struct web_page *page = path[0] == '/' ? web_page_find(board_pages, path + 1) : NULL;
	if (!page) {
		refuse(api, asked, REFUSAL_NOT_FOUND);
		return;
	}
	struct http_response found = {
		.status = 200, .type = page->type, .immutable = page->immutable};
	TEXT_COPY(found.tag, page->etag);
	if (http_tag_listed(asked->request->tags, page->etag)) {
		found.status = 304;
	} else {
		/* Strangers ask for it, many at a time, and take it as slowly as they like. */
		found.body = shared_buf_static(page->bytes, page->size);
	}
	respond(&api->responder, asked->exchange, &found);
}

static void answer_metrics(struct api *api, const struct asked *asked)
{
	metrics_answer(&api->metrics, &api->responder, asked->exchange);
}

static void log_in(struct api *api, const struct asked *asked)
{
	logins_ask(&api->logins, asked->exchange, asked->request);
}

static void answer_who(struct api *api, const struct asked *asked)
{
	const struct session *session = &asked->session;
	struct now now = engine_now(api->engine);
	struct who who;
	memset(&who, 0, sizeof(who));
	memcpy(who.account, session->account, sizeof(who.account));
	who.role = session->role;
	who.expires.ms = now.wall.ms + span_between(now.at, session->expires).ms;
	respond_value(&api->responder, asked->exchange, &msg_who, &who);
}

static void log_out(struct api *api, const struct asked *asked)
{
	const struct http_request *request = asked->request;
	struct http_response gone = {.status = 204};
	sessions_end(api->sessions, request->session);
	admission_logged_out(&api->peers->admission, asked->session.number);
	http_set_cookie(HTTP_COOKIE_SESSION, api->mark, request->caller.secure, "", 0,
		gone.cookies[HTTP_COOKIE_SESSION]);
	if (!session_store_then_answer(&api->store, asked->exchange, &gone)) {
		refuse(api, asked, REFUSAL_BUSY);
	}
}

static void answer_meeting(struct api *api, const struct asked *asked)
{
	respond_json(&api->responder, asked->exchange,
		publish_snapshot(api->peers->publisher, asked->session.role));
}

static void answer_journal(struct api *api, const struct asked *asked)
{
	records_journal(&api->records, asked->exchange, asked->request, asked->session.role);
}

static void answer_minutes(struct api *api, const struct asked *asked)
{
	records_minutes(&api->records, asked->exchange, asked->request, asked->session.role);
}

enum audience {
	ANYBODY, /* parameters are not looked at either */
	STRANGERS, /* whoever has no session yet */
	PEOPLE, /* by a session */
	STAFF, /* the same but viewers; and this machine, where run was told so */
};

/* HEAD is answered like GET. */
static const struct route {
	enum http_route route;
	enum http_method method;
	enum audience audience;
	void (*answer)(struct api *api, const struct asked *asked);
} routes[] = {
	{HTTP_PAGE, HTTP_GET, ANYBODY, answer_page},
	{HTTP_HEALTH, HTTP_GET, STRANGERS, answer_health},
	{HTTP_METRICS, HTTP_GET, STAFF, answer_metrics},
	{HTTP_SESSION, HTTP_POST, STRANGERS, log_in},
	{HTTP_SESSION, HTTP_GET, PEOPLE, answer_who},
	{HTTP_SESSION, HTTP_DELETE, PEOPLE, log_out},
	{HTTP_MEETING, HTTP_GET, PEOPLE, answer_meeting},
	{HTTP_JOURNAL, HTTP_GET, PEOPLE, answer_journal},
	{HTTP_MINUTES, HTTP_GET, PEOPLE, answer_minutes},
};

static const struct route *find_route(const struct http_request *request)
{
	enum http_method method = request->method == HTTP_HEAD ? HTTP_GET : request->method;
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		if (routes[i].route == request->route && routes[i].method == method) {
			return &routes[i];
		}
	}
	return NULL;
}

/* Unset: it may be answered. Whoever has a session is judged by it, from this machine too. */
static enum refusal judge(const struct api *api, const struct route *route, struct asked *asked)
{
	const struct http_request *request = asked->request;
	if (route->audience == STRANGERS) {
		return REFUSAL_UNSET;
	}
	bool found = sessions_find(
		api->sessions, request->session, engine_now(api->engine).at, &asked->session);
	if (route->audience == STAFF && !found && api->open_metrics && request->local) {
		return REFUSAL_UNSET;
	}
	if (!found) {
		return REFUSAL_UNAUTHORISED;
	}
	return route->audience == STAFF && asked->session.role == ROLE_VIEWER ? REFUSAL_FORBIDDEN
									      : REFUSAL_UNSET;
}

void api_request(struct api *api, uint64_t exchange, const struct http_request *request)
{
	struct asked asked = {.exchange = exchange, .request = request};
	const struct route *route = find_route(request);
	if (!route) {
		refuse(api, &asked, REFUSAL_NOT_FOUND);
		return;
	}
	if (route->audience != ANYBODY) {
		if (!parameters_fit(&api->responder, exchange, request)) {
			return;
		}
		enum refusal refusal = judge(api, route, &asked);
		if (refusal != REFUSAL_UNSET) {
			refuse(api, &asked, refusal);
			return;
		}
	}
	route->answer(api, &asked);
}
