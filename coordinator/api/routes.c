#include "coordinator/api/routes.h"

#include <string.h>

#include "coordinator/api/display_links.h"
#include "coordinator/api/own_papers.h"
#include "coordinator/api/parameters.h"
#include "coordinator/api/registrations.h"
#include "coordinator/board/board_pages.h"
#include "coordinator/meeting/roster.h"
#include "http_msg.h"
#include "text_copy.h"

/* A request, and who asks: a session of a person, or a site by its join file's token. */
struct asked {
	uint64_t exchange;
	const struct http_request *request;
	struct session session; /* all zeroes: none */
	struct actor by; /* of routes for parties */
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
		/* Unauthenticated clients request it, many at a time, and read it slowly. */
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
	struct now now = engine_service_now(api->engine);
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
	struct http_response logged_out = {.status = 204};
	sessions_end(api->sessions, request->session);
	admission_logged_out(&api->peers->admission, asked->session.number);
	http_set_cookie(HTTP_COOKIE_SESSION, api->mark, request->caller.secure, "", 0,
		logged_out.cookies[HTTP_COOKIE_SESSION]);
	if (!session_store_then_answer(&api->store, asked->exchange, &logged_out)) {
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

static void answer_meetings(struct api *api, const struct asked *asked)
{
	records_meetings(&api->records, asked->exchange, asked->request, asked->session.role);
}

static void answer_file(struct api *api, const struct asked *asked)
{
	downloads_answer(&api->downloads, asked->exchange, asked->request, &asked->by);
}

static void answer_papers(struct api *api, const struct asked *asked)
{
	own_papers_answer(&api->responder, asked->exchange, asked->request, &asked->by);
}

static void answer_registrations(struct api *api, const struct asked *asked)
{
	registrations_answer(&api->responder, api->people, asked->exchange, asked->request,
		asked->session.role, engine_service_now(api->engine).wall);
}

static void ask_upload(struct api *api, const struct asked *asked)
{
	uploads_ask(&api->uploads, asked->exchange, asked->request, &asked->by);
}

static void tell_upload(struct api *api, const struct asked *asked)
{
	uploads_tell(&api->uploads, asked->exchange, asked->request, &asked->by);
}

static void take_piece(struct api *api, const struct asked *asked)
{
	uploads_piece(&api->uploads, asked->exchange, asked->request, &asked->by);
}

static void give_up_upload(struct api *api, const struct asked *asked)
{
	uploads_give_up(&api->uploads, asked->exchange, asked->request, &asked->by);
}

static void ask_import(struct api *api, const struct asked *asked)
{
	imports_ask(&api->imports, asked->exchange, asked->request, &asked->by);
}

static void answer_displays(struct api *api, const struct asked *asked)
{
	display_links_answer(&api->display_links, asked->exchange);
}

static void make_display(struct api *api, const struct asked *asked)
{
	display_links_make(
		&api->display_links, asked->exchange, asked->request, asked->session.account);
}

static void remove_display(struct api *api, const struct asked *asked)
{
	display_links_remove(&api->display_links, asked->exchange, asked->request);
}

enum audience {
	ANYBODY,
	PEOPLE, /* by a session */
	STAFF, /* the same without viewers; and this machine, with --open-metrics */
	CENTRE, /* operators and technicians by a session */
	PARTIES, /* staff by a session, and sites by the token of their join files */
};

/* A HEAD request is answered like GET. */
static const struct route {
	enum http_route route;
	enum http_method method;
	enum audience audience;
	void (*answer)(struct api *api, const struct asked *asked);
} routes[] = {
	{HTTP_PAGE, HTTP_GET, ANYBODY, answer_page},
	{HTTP_HEALTH, HTTP_GET, ANYBODY, answer_health},
	{HTTP_METRICS, HTTP_GET, STAFF, answer_metrics},
	{HTTP_SESSION, HTTP_POST, ANYBODY, log_in},
	{HTTP_SESSION, HTTP_GET, PEOPLE, answer_who},
	{HTTP_SESSION, HTTP_DELETE, PEOPLE, log_out},
	{HTTP_MEETING, HTTP_GET, PEOPLE, answer_meeting},
	{HTTP_JOURNAL, HTTP_GET, PEOPLE, answer_journal},
	{HTTP_MINUTES, HTTP_GET, PEOPLE, answer_minutes},
	{HTTP_MEETINGS, HTTP_GET, PEOPLE, answer_meetings},
	{HTTP_FILES, HTTP_GET, PARTIES, answer_file},
	{HTTP_PAPERS, HTTP_GET, PARTIES, answer_papers},
	{HTTP_REGISTRATIONS, HTTP_GET, PEOPLE, answer_registrations},
	{HTTP_DISPLAYS, HTTP_GET, CENTRE, answer_displays},
	{HTTP_DISPLAYS, HTTP_POST, CENTRE, make_display},
	{HTTP_DISPLAYS, HTTP_DELETE, CENTRE, remove_display},
	{HTTP_UPLOADS, HTTP_POST, PARTIES, ask_upload},
	{HTTP_UPLOADS, HTTP_GET, PARTIES, tell_upload},
	{HTTP_UPLOADS, HTTP_PATCH, PARTIES, take_piece},
	{HTTP_UPLOADS, HTTP_DELETE, PARTIES, give_up_upload},
	{HTTP_IMPORTS, HTTP_POST, PARTIES, ask_import},
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

/* A site says who it is by `as`, and proves it as it does in hello. */
static bool is_site(const struct api *api, struct asked *asked)
{
	const char *site = http_query_value(&asked->request->query, "as");
	struct credential credential;
	if (!site || !identity_verify_token(api->registry, ROLE_SITE, site, asked->request->session,
			     &credential)) {
		return false;
	}
	const struct site *known = mtg_site_by_id(engine_committed(api->engine), site);
	asked->by.role = ROLE_SITE;
	asked->by.has_site = true;
	TEXT_COPY(asked->by.site, site);
	return known && !known->removed;
}

/* What would change the meeting; who is signed in is none of its. */
static bool writes(const struct route *route)
{
	return route->method != HTTP_GET && route->route != HTTP_SESSION;
}

static enum refusal judge_party(const struct api *api, struct asked *asked, bool has_session)
{
	if (!has_session) {
		return is_site(api, asked) ? REFUSAL_UNSET : REFUSAL_UNAUTHORISED;
	}
	asked->by.role = asked->session.role;
	asked->by.has_account = true;
	TEXT_COPY(asked->by.account, asked->session.account);
	return asked->session.role == ROLE_VIEWER ? REFUSAL_FORBIDDEN : REFUSAL_UNSET;
}

static bool is_of(enum audience audience, enum role role)
{
	if (audience == CENTRE) {
		return role == ROLE_OPERATOR || role == ROLE_TECHNICIAN;
	}
	return audience != STAFF || role != ROLE_VIEWER;
}

/* Unset: it may be answered. A session decides, for requests from this machine too. */
static enum refusal judge(const struct api *api, const struct route *route, struct asked *asked)
{
	const struct http_request *request = asked->request;
	if (route->audience == ANYBODY) {
		return REFUSAL_UNSET;
	}
	if (engine_is_replay(api->engine) && writes(route)) {
		return REFUSAL_REPLAY;
	}
	bool found = sessions_find(api->sessions, request->session,
		engine_service_now(api->engine).at, &asked->session);
	if (route->audience == PARTIES) {
		return judge_party(api, asked, found);
	}
	if (route->audience == STAFF && !found && api->open_metrics && request->local) {
		return REFUSAL_UNSET;
	}
	if (!found) {
		return REFUSAL_UNAUTHORISED;
	}
	return is_of(route->audience, asked->session.role) ? REFUSAL_UNSET : REFUSAL_FORBIDDEN;
}

void routes_answer(struct api *api, uint64_t exchange, const struct http_request *request)
{
	struct asked asked = {.exchange = exchange, .request = request};
	const struct route *route = find_route(request);
	if (!route) {
		refuse(api, &asked, REFUSAL_NOT_FOUND);
		return;
	}
	if (!parameters_fit(&api->responder, exchange, request)) {
		return;
	}
	enum refusal refusal = judge(api, route, &asked);
	if (refusal != REFUSAL_UNSET) {
		refuse(api, &asked, refusal);
		return;
	}
	route->answer(api, &asked);
}

bool routes_admit(struct api *api, const struct http_request *request)
{
	struct asked asked = {.request = request};
	const struct route *route = find_route(request);
	return route && judge(api, route, &asked) == REFUSAL_UNSET &&
	       uploads_admit(&api->uploads, request, &asked.by);
}
