/*
 * Display links over HTTP, for operators and technicians: listed, made, removed. The registry is
 * changed on the worker, under the lock that command lines take too, and then read again at once: a
 * screen whose link was removed is closed before that is answered.
 */
#ifndef DIEMCAU_COORDINATOR_API_DISPLAY_LINKS_H
#define DIEMCAU_COORDINATOR_API_DISPLAY_LINKS_H

#include "coordinator/api/responder.h"
#include "coordinator/api/screens_seen.h"
#include "coordinator/peers/admission.h"

struct display_links {
	struct identity_registry *registry; /* borrowed, like all that follow */
	struct admission *admission;
	struct engine *engine;
	struct worker *worker;
	const struct responder *responder;
	const struct screens_seen *seen;
	const char *dir; /* of the installation */
};

void display_links_answer(const struct display_links *links, uint64_t exchange);
/* The body names screen and view; `account` is who asks. Answers with the token, this once. */
void display_links_make(const struct display_links *links, uint64_t exchange,
	const struct http_request *request, const char *account);
/* The query names the link. */
void display_links_remove(
	const struct display_links *links, uint64_t exchange, const struct http_request *request);

#endif
