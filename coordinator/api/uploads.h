/*
 * Bringing files over HTTP, in pieces that can be resumed: POST says what is to come, PATCH brings
 * the piece at an offset, GET tells the offset, DELETE gives it up (after the tus protocol,
 * tus.io). With the last piece the file is recognised, kept by content, and recorded; the answer to
 * that piece waits until the journal has it.
 *
 * Whatever waits for the disk is done by a worker. One piece of an upload is worked on at a time.
 */
#ifndef DIEMCAU_COORDINATOR_API_UPLOADS_H
#define DIEMCAU_COORDINATOR_API_UPLOADS_H

#include "coordinator/api/responder.h"
#include "coordinator/api/upload_table.h"
#include "coordinator/host/worker.h"
#include "coordinator/papers/paper_store.h"

struct uploads {
	struct engine *engine; /* borrowed, like the next two */
	struct worker *keeper; /* of files */
	const struct responder *responder;
	struct paper_store store;
	struct upload_table table;
};

/*
 * At the start: makes the folder, has it agree with the record (paper_sweep.h), logs what did not,
 * and goes on with what was coming. 0 or a negative errno.
 */
int uploads_open(struct uploads *uploads, const char *folder);

/* Of a meeting that is played: its files are read, and none comes. 0 or a negative errno. */
int uploads_open_to_read(struct uploads *uploads, const char *folder);

/* Is the piece at its right place of an upload of this one? Before its body is read. */
bool uploads_admit(
	struct uploads *uploads, const struct http_request *request, const struct actor *by);

void uploads_ask(struct uploads *uploads, uint64_t exchange, const struct http_request *request,
	const struct actor *by);
void uploads_tell(struct uploads *uploads, uint64_t exchange, const struct http_request *request,
	const struct actor *by);
void uploads_piece(struct uploads *uploads, uint64_t exchange, const struct http_request *request,
	const struct actor *by);
void uploads_give_up(struct uploads *uploads, uint64_t exchange, const struct http_request *request,
	const struct actor *by);

/* The journal has committed: answers those whose file is recorded now. */
void uploads_delivered(struct uploads *uploads);

#endif
