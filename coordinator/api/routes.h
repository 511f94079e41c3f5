/* The routes of docs/protocol.md: method, access and handler of each. */
#ifndef DIEMCAU_COORDINATOR_API_ROUTES_H
#define DIEMCAU_COORDINATOR_API_ROUTES_H

#include "coordinator/api/api.h"

/* Answers the exchange, now or when a worker has done its part. */
void routes_answer(struct api *api, uint64_t exchange, const struct http_request *request);

/* Before a piece of a file is read. */
bool routes_admit(struct api *api, const struct http_request *request);

#endif
