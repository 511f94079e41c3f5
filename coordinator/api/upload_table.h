/*
 * Files that are being brought: who brings what, and how far it has come. The bytes are on disk
 * (coordinator/papers); a file that has come to its end is remembered as long as there is room, so
 * that a sender who lost the answer can ask again. On the loop's thread.
 */
#ifndef DIEMCAU_COORDINATOR_API_UPLOAD_TABLE_H
#define DIEMCAU_COORDINATOR_API_UPLOAD_TABLE_H

#include "bounds.h"
#include "http_msg.h"
#include "proto/gen/words.h"

enum upload_stage {
	UPLOAD_FREE,
	UPLOAD_COMING,
	UPLOAD_RECORDING, /* whole; the record is to say so */
	UPLOAD_READY, /* a whole programme, which is looked at and is not for the record */
	UPLOAD_DONE,
};

struct upload {
	enum upload_stage stage;
	bool busy; /* the worker has it */
	struct upload_ticket ticket;
	int64_t offset; /* bytes on disk */
	struct meeting_file file; /* once it is whole */
	int64_t recorded; /* the event that says so */
	uint64_t order; /* the later, the greater */
	uint64_t exchange; /* who waits for the answer, and in which language */
	enum language language;
};

struct upload_table {
	struct upload list[UPLOADS_MAX];
	uint64_t order;
	size_t recording;
};

/* It is looked at, and never a document of the meeting. */
bool upload_is_programme(const struct upload_ticket *ticket);
/* NULL: none, or somebody else's. */
struct upload *upload_find(struct upload_table *table, const char *number, const struct actor *by);
/* The programme of this one that has come whole. NULL: there is none. */
struct upload *upload_find_ready(struct upload_table *table, const struct actor *by);
/* How many are coming from this one, or have come and wait. */
size_t upload_count(const struct upload_table *table, const struct actor *by);
/* A place for one more: a free one, or that of the first that is done. NULL: there is none. */
struct upload *upload_enter(struct upload_table *table, const struct upload_ticket *ticket);
/* Bytes that have been announced and are not recorded yet. */
int64_t upload_bytes(const struct upload_table *table);

#endif
