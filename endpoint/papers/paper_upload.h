/*
 * A file is brought to the centre, piece by piece, from where the centre is with it
 * (docs/documents.md). Blocks; for the courier's thread.
 */
#ifndef DIEMCAU_ENDPOINT_PAPERS_PAPER_UPLOAD_H
#define DIEMCAU_ENDPOINT_PAPERS_PAPER_UPLOAD_H

#include <stdint.h>
#include <stdio.h>

#include "endpoint/papers/centre_http.h"
#include "panel_msg.h"

struct paper_upload {
	struct centre_http *http;
	struct kept_paper *paper; /* gets its number at the centre */
	/* It has its number. Not 0 ends the upload with that. */
	int (*on_number)(void *user, const struct kept_paper *paper);
	void (*on_sent)(void *user, uint64_t sent); /* bytes that have gone */
	void *user;
};

/* 0: the record has it. A negative errno: to be tried again. A refusal of the centre. */
int paper_upload_bring(const struct paper_upload *upload, FILE *file);

#endif
