#include "coordinator/api/display_links.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cleanup.h"
#include "coordinator/host/log.h"
#include "http_msg.h"
#include "proto/gen/tables.h"
#include "proto/gen/words.h"
#include "proto/system/memory.h"
#include "text_copy.h"

DEFINE_CLEANUP(struct identity_registry *, identity_destroy)

/* ---- the list ---- */

static void say(const struct display_links *links, const struct display *display,
	struct listed_display *ret)
{
	identity_display_id(display, ret->display);
	ARRAY_COPY(ret->name, display->name);
	ret->view = display->view;
	ret->made = display->made;
	ret->has_account = display->has_account;
	ARRAY_COPY(ret->account, display->account);
	ret->screens = (uint32_t)clients_of_display(links->admission->clients, display->digest);
	ret->has_seen = screens_seen_of(links->seen, display->digest, &ret->seen);
}

void display_links_answer(const struct display_links *links, uint64_t exchange)
{
	static struct listed_display listed[IDENTITY_DISPLAYS_MAX]; /* of the loop's thread */
	const struct display *display;
	size_t n = 0;
	memset(listed, 0, sizeof(listed));
	for (; (display = identity_display(links->registry, n)); n++) {
		say(links, display, &listed[n]);
	}
	struct displays_list answer = {.displays = listed, .n_displays = n};
	respond_value(links->responder, exchange, &msg_displays_list, &answer);
}

/* ---- changes ---- */

struct change {
	struct worker_job job;
	const struct display_links *links;
	uint64_t exchange;
	struct http_request request; /* without its body */
	struct display_ask ask; /* of a link to be made */
	char account[ACCOUNT_NAME_SIZE];
	struct stamp now;
	char token[SECRET_TEXT_SIZE]; /* made */
	char display[DISPLAY_ID_SIZE]; /* to be removed */
	int status;
};

static void dispose(struct worker_job *job)
{
	memory_wipe(job, sizeof(struct change));
	free(job);
}

static void make_run(struct worker_job *job)
{
	struct change *change = (struct change *)job;
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	change->status = identity_edit(change->links->dir, &registry);
	if (change->status == 0) {
		change->status = identity_display_add(registry,
			&(struct display_order){
				change->ask.name, change->ask.view, change->account, change->now},
			change->token);
	}
}

static void remove_run(struct worker_job *job)
{
	struct change *change = (struct change *)job;
	struct identity_registry *registry cleanup(identity_destroy) = NULL;
	change->status = identity_edit(change->links->dir, &registry);
	if (change->status == 0) {
		change->status = identity_display_remove(registry, change->display);
	}
}

static enum refusal refusal_of(int status)
{
	switch (status) {
	case IDENTITY_UNKNOWN:
		return REFUSAL_NOT_FOUND;
	case IDENTITY_EXISTS:
		return REFUSAL_EXISTS;
	case IDENTITY_BAD_DISPLAY_NAME:
		return REFUSAL_INVALID;
	case IDENTITY_FULL:
		return REFUSAL_LIMIT;
	default:
		return REFUSAL_BUSY;
	}
}

static void refuse(const struct change *change)
{
	if (change->status < 0) {
		log_line(LOG_LINE_WARNING, "display links cannot be changed: %s",
			strerror(-change->status));
	}
	respond_refused(change->links->responder, change->exchange, &change->request,
		refusal_of(change->status));
}

static void make_done(struct worker_job *job)
{
	struct change *change = (struct change *)job;
	const struct display *display;
	struct made_display answer;
	memset(&answer, 0, sizeof(answer));
	admission_review(change->links->admission);
	display = identity_display_of(change->links->registry, change->token);
	if (change->status == 0 && display) {
		identity_display_id(display, answer.display);
		answer.view = display->view;
		TEXT_COPY(answer.token, change->token);
		respond_value(
			change->links->responder, change->exchange, &msg_made_display, &answer);
		log_line(LOG_LINE_INFO, "%s has made the display link %s", change->account,
			answer.display);
	} else {
		refuse(change);
	}
	memory_wipe(&answer, sizeof(answer));
	dispose(job);
}

static void remove_done(struct worker_job *job)
{
	struct change *change = (struct change *)job;
	admission_review(change->links->admission);
	if (change->status == 0) {
		respond(change->links->responder, change->exchange,
			&(struct http_response){.status = 204});
	} else {
		refuse(change);
	}
	dispose(job);
}

static struct change *begin(
	const struct display_links *links, uint64_t exchange, const struct http_request *request)
{
	struct change *change = calloc(1, sizeof(*change));
	if (!change) {
		return NULL;
	}
	change->links = links;
	change->exchange = exchange;
	change->request = *request;
	change->request.body = NULL;
	change->now = engine_service_now(links->engine).wall;
	return change;
}

/* `change` may be NULL. */
static void give(const struct display_links *links, uint64_t exchange,
	const struct http_request *request, struct change *change)
{
	if (change && worker_give(links->worker, &change->job)) {
		return;
	}
	if (change) {
		dispose(&change->job);
	}
	respond_refused(links->responder, exchange, request, REFUSAL_BUSY);
}

void display_links_make(const struct display_links *links, uint64_t exchange,
	const struct http_request *request, const char *account)
{
	struct display_ask ask;
	struct msg_error error = {0};
	if (msg_decode(&msg_display_ask, request->body ? request->body : "", request->body_size,
		    NULL, &ask, &error) != 0) {
		respond_refused_with(links->responder, exchange, REFUSAL_BAD_MESSAGE, error.path,
			sentence_of_refusal(REFUSAL_BAD_MESSAGE, respond_language(request)));
		return;
	}
	struct change *change = begin(links, exchange, request);
	if (change) {
		change->job =
			(struct worker_job){.run = make_run, .done = make_done, .drop = dispose};
		change->ask = ask;
		TEXT_COPY(change->account, account);
	}
	give(links, exchange, request, change);
}

void display_links_remove(
	const struct display_links *links, uint64_t exchange, const struct http_request *request)
{
	const char *display = http_query_value(&request->query, "display");
	if (!display) {
		respond_refused(links->responder, exchange, request, REFUSAL_INVALID);
		return;
	}
	struct change *change = begin(links, exchange, request);
	if (change) {
		change->job = (struct worker_job){
			.run = remove_run, .done = remove_done, .drop = dispose};
		TEXT_COPY(change->display, display);
	}
	give(links, exchange, request, change);
}
