/* What is done for uploads on the worker of files, and what follows from it on the loop. */
#ifndef DIEMCAU_COORDINATOR_API_UPLOAD_WORK_H
#define DIEMCAU_COORDINATOR_API_UPLOAD_WORK_H

#include "coordinator/api/uploads.h"

/*
 * These make the upload busy until they are done, and answer its exchange then. False: the worker
 * has too much to do, or there is no memory; nothing is changed.
 */
bool upload_work_begin(struct uploads *uploads, struct upload *upload);
bool upload_work_piece(
	struct uploads *uploads, struct upload *upload, const void *bytes, size_t size);
bool upload_work_give_up(struct uploads *uploads, struct upload *upload);
/* What came is dropped: after it is recorded, when the file stays, or of a programme that nobody
 * looks at any more. Nobody is answered. */
bool upload_work_tidy(struct uploads *uploads, struct upload *upload);

void upload_answer_state(struct uploads *uploads, const struct upload *upload, int status);

#endif
