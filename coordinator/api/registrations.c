#include "coordinator/api/registrations.h"

#include <stdlib.h>
#include <string.h>

#include "coordinator/meeting/rights.h"
#include "coordinator/meeting/roster.h"
#include "coordinator/people/registration_list.h"
#include "http_msg.h"
#include "proto/gen/tables.h"
#include "proto/system/memory.h"
#include "text_copy.h"

/* A list's `user` is no constant; these are only read. */
struct people_reading {
	const struct people *people;
};

static void people_at(void *user, int site, struct site_people *ret)
{
	people_of(((struct people_reading *)user)->people, site, ret);
}

/* ---- one site, for the board ---- */

static void answer_site(const struct responder *responder, const struct people *people,
	uint64_t exchange, const struct http_request *request, const char *id)
{
	const struct meeting *meeting = engine_committed(responder->engine);
	const struct site *site = mtg_site_by_id(meeting, id);
	static struct registered_people answer; /* of the loop's thread */
	if (!site) {
		respond_refused(responder, exchange, request, REFUSAL_NOT_FOUND);
		return;
	}
	memset(&answer, 0, sizeof(answer));
	TEXT_COPY(answer.site, id);
	people_of(people, mtg_site_index(meeting, site), &answer.people);
	answer.has_forgotten = people_are_forgotten(people, &answer.forgotten);
	respond_value(responder, exchange, &msg_registered_people, &answer);
	memory_wipe(&answer, sizeof(answer));
}

/* ---- all of them, for an office ---- */

static int make_list(const struct responder *responder, const struct people *people,
	enum language language, struct stamp now, struct registration_list **ret_list)
{
	struct people_reading reading = {people};
	struct registration_list_source source = {.meeting = engine_committed(responder->engine),
		.people_of = people_at,
		.user = &reading,
		.now = now,
		.language = language};
	source.forgotten = people_are_forgotten(people, &source.forgotten_wall);
	return registration_list_make(&source, ret_list);
}

static void answer_file(const struct responder *responder, const struct people *people,
	uint64_t exchange, const struct http_request *request, struct stamp now)
{
	struct registration_list *list = NULL;
	char *bytes = NULL;
	size_t size = 0;
	const char *format = http_query_value(&request->query, "format");
	bool workbook = format && strcmp(format, "xlsx") == 0;
	int r = make_list(responder, people, respond_language(request), now, &list);
	r = r == 0 ? (workbook ? registration_list_xlsx : registration_list_csv)(
			     list, &bytes, &size)
		   : r;
	registration_list_destroy(list);
	if (r != 0) {
		respond_refused(responder, exchange, request, REFUSAL_BUSY);
		return;
	}
	struct http_response answer = {.status = 200,
		.type = workbook ? "application/vnd.openxmlformats-officedocument.spreadsheetml."
				   "sheet"
				 : "text/csv; charset=utf-8",
		.body = shared_buf_copy(bytes, size, !workbook)};
	TEXT_COPY(answer.disposition, workbook ? "attachment; filename=\"registrations.xlsx\""
					       : "attachment; filename=\"registrations.csv\"");
	memory_wipe(bytes, size);
	free(bytes);
	respond(responder, exchange, &answer);
}

void registrations_answer(const struct responder *responder, const struct people *people,
	uint64_t exchange, const struct http_request *request, enum role role, struct stamp now)
{
	const char *site = http_query_value(&request->query, "site");
	bool both = http_query_value(&request->query, "format") != NULL && site != NULL;
	if (!mtg_role_sees(role, EV_SITE_CONTACT_GIVEN)) {
		respond_refused(responder, exchange, request, REFUSAL_FORBIDDEN);
	} else if (!site) {
		answer_file(responder, people, exchange, request, now);
	} else if (!both) {
		answer_site(responder, people, exchange, request, site);
	} else {
		respond_refused(responder, exchange, request, REFUSAL_INVALID);
	}
}
