/* Which parameters each route takes, and with which values. */
#ifndef DIEMCAU_COORDINATOR_API_PARAMETERS_H
#define DIEMCAU_COORDINATOR_API_PARAMETERS_H

#include "coordinator/api/responder.h"

/*
 * Whether the route allows these parameters: each at most once, one of the route's, with one of its
 * values. False: refused, with a sentence that says what is allowed. The board's pages allow any,
 * as links from other sites carry some.
 */
bool parameters_fit(
	const struct responder *responder, uint64_t exchange, const struct http_request *request);

#endif
