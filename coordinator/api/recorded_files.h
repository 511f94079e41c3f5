/* Which files the record knows, as documents that came in or as handouts. */
#ifndef DIEMCAU_COORDINATOR_API_RECORDED_FILES_H
#define DIEMCAU_COORDINATOR_API_RECORDED_FILES_H

#include "coordinator/meeting/meeting.h"

bool recorded_file_is_known(const struct meeting *meeting, const char *digest);
/*
 * The file of this digest that this site (NULL: staff) may read, borrowed until the record changes.
 * NULL: none. A site reads what it has brought and what is handed out to it.
 */
const struct meeting_file *recorded_file_for(
	const struct meeting *meeting, const char *digest, const char *site);
/* The bytes of all of them, each as often as it is named. */
int64_t recorded_file_bytes(const struct meeting *meeting);

typedef void recorded_file_visit(void *user, const struct meeting_file *file);
void recorded_files_each(const struct meeting *meeting, recorded_file_visit *visit, void *user);

#endif
