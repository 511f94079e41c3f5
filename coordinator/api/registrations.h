/*
 * What sites have registered, with the people by name: for operators and technicians alone. All
 * sites as CSV or workbook, the people of one site as JSON.
 */
#ifndef DIEMCAU_COORDINATOR_API_REGISTRATIONS_H
#define DIEMCAU_COORDINATOR_API_REGISTRATIONS_H

#include "coordinator/api/responder.h"
#include "coordinator/people/people.h"

void registrations_answer(const struct responder *responder, const struct people *people,
	uint64_t exchange, const struct http_request *request, enum role role, struct stamp now);

#endif
