/*
 * Requests to the coordinator's HTTP interface with the token of a join file
 * (docs/protocol.md#http): one after the other, over HTTPS that trusts the CA of the join file and
 * no other. The addresses of the join file are tried in turn. Blocks; for a thread of its own.
 *
 * Results: the HTTP status, or a negative errno: -ECONNREFUSED (no trusted server answers),
 * -ECONNRESET (cut on the way), -ECANCELED (centre_http_cancel), -EIO (a local file), -ENOMEM.
 */
#ifndef DIEMCAU_ENDPOINT_PAPERS_CENTRE_HTTP_H
#define DIEMCAU_ENDPOINT_PAPERS_CENTRE_HTTP_H

#include <stdint.h>
#include <stdio.h>

#include "identity_msg.h"
#include "proto/codec/codec.h"

enum {
	CENTRE_HTTP_CONNECT_S = 5,
	CENTRE_HTTP_SILENCE_S = 20, /* without a byte: the line is gone */
};

/* Statuses of RFC 9110 that the interface answers with. */
enum {
	CENTRE_HTTP_OK = 200,
	CENTRE_HTTP_CREATED = 201,
	CENTRE_HTTP_PARTIAL = 206,
	CENTRE_HTTP_NOT_FOUND = 404,
	CENTRE_HTTP_CONFLICT = 409,
	CENTRE_HTTP_TOO_MANY = 429,
	CENTRE_HTTP_SERVER_FAULT = 500, /* and beyond */
};

struct centre_http;

/* A body that is sent: the next `size` bytes of a file. */
struct centre_http_body {
	const char *type; /* media type */
	FILE *file;
	uint64_t size;
};

/* Called while a file comes or goes: so many bytes of this request are there. */
struct centre_http_progress {
	void (*on_bytes)(void *user, uint64_t bytes);
	void *user;
};

/* join must outlive it. 0, -EINVAL (no usable address), -ENOMEM. Destroy takes NULL. */
int centre_http_create(const struct join *join, struct centre_http **ret_http);
void centre_http_destroy(struct centre_http *http);
/* Ends the request that runs and all that follow. From any thread. */
void centre_http_cancel(struct centre_http *http);

/*
 * path: from its "/", without the parameter that says who asks. The answer is appended to *answer,
 * at most MSG_BYTES_MAX of it.
 */
int centre_http_get(struct centre_http *http, const char *path, struct msg_text *answer);
int centre_http_post(
	struct centre_http *http, const char *path, const char *json, struct msg_text *answer);
int centre_http_patch(struct centre_http *http, const char *path,
	const struct centre_http_body *body, const struct centre_http_progress *progress,
	struct msg_text *answer);
/* The rest of a file from byte `from` on, written to `file`; of an error nothing is written. */
int centre_http_fetch(struct centre_http *http, const char *path, uint64_t from, FILE *file,
	const struct centre_http_progress *progress);

#endif
