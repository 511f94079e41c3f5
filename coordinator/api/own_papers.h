/* What a site owes, has brought and is handed, as it is told to it alone. */
#ifndef DIEMCAU_COORDINATOR_API_OWN_PAPERS_H
#define DIEMCAU_COORDINATOR_API_OWN_PAPERS_H

#include "coordinator/api/responder.h"

/* To a site; anybody else is refused: people see all of it in their views. */
void own_papers_answer(const struct responder *responder, uint64_t exchange,
	const struct http_request *request, const struct actor *by);

#endif
