/*
 * What a programme of an office would change: POST asks it of a file that was brought (uploads.h),
 * and is answered by what was understood and what it asks of the meeting as it is. The server reads
 * nothing of the file: this program does in a process of its own (`meeting preview`), one at a
 * time, on a worker. Nothing is changed; whoever likes what is shown gives the commands.
 */
#ifndef DIEMCAU_COORDINATOR_API_IMPORTS_H
#define DIEMCAU_COORDINATOR_API_IMPORTS_H

#include "coordinator/api/uploads.h"

struct imports {
	struct worker *reader; /* of files of offices; borrowed, like the next three */
	struct uploads *uploads;
	const struct responder *responder;
	const char *folder; /* of the meeting that is served */
	size_t waiting; /* at most PREVIEWS_WAITING_MAX */
};

void imports_ask(struct imports *imports, uint64_t exchange, const struct http_request *request,
	const struct actor *by);

#endif
