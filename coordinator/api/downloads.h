/*
 * Files of the meeting over HTTP, whole or from where a download was cut (Range, If-Range with the
 * digest as entity tag). Read by a worker, piece by piece. Staff get every file of the record, a
 * site what it has brought and what is handed out to it; others' files are not found.
 */
#ifndef DIEMCAU_COORDINATOR_API_DOWNLOADS_H
#define DIEMCAU_COORDINATOR_API_DOWNLOADS_H

#include "coordinator/api/responder.h"
#include "coordinator/host/worker.h"
#include "coordinator/papers/paper_store.h"

enum {
	DOWNLOADS_MAX = 64, /* at one time: every site fetches when something is handed out */
	DOWNLOAD_PIECE = 256 * 1024, /* read at one time, and held in memory */
};

struct downloads {
	struct ws *ws; /* borrowed, like the members that follow */
	struct engine *engine;
	struct worker *keeper; /* of files */
	const struct responder *responder;
	const struct paper_store *store;
	size_t open;
};

void downloads_answer(struct downloads *downloads, uint64_t exchange,
	const struct http_request *request, const struct actor *by);

#endif
