/* Which parameters each route takes, and with which values. */
#ifndef DIEMCAU_COORDINATOR_API_PARAMETERS_H
#define DIEMCAU_COORDINATOR_API_PARAMETERS_H

#include "coordinator/api/responder.h"

/*
 * May the route be asked with these parameters? Each is there once at most, is one of the route's
 * and has one of its values. False: refused, the sentence names what is allowed. The board's pages
 * take any, as links from elsewhere carry some.
 */
bool parameters_fit(
	const struct responder *responder, uint64_t exchange, const struct http_request *request);

#endif
