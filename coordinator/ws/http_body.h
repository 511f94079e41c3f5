/*
 * How long a request's body is, by what its headers say of it (RFC 9112 6.3). Pure.
 *
 * A body is taken where one belongs (POST), of a length that is told before it, and nowhere else:
 * what a server does not read it may take for the next request.
 */
#ifndef DIEMCAU_COORDINATOR_WS_HTTP_BODY_H
#define DIEMCAU_COORDINATOR_WS_HTTP_BODY_H

#include <stdbool.h>
#include <stddef.h>

enum { HTTP_BODY_LENGTH_SIZE = 32, HTTP_BODY_EXPECT_SIZE = 32 };

/* Strings are "" where the header was missing. */
struct http_body {
	bool takes_body; /* by its method */
	bool has_length, has_encoding; /* Content-Length, Transfer-Encoding */
	char length[HTTP_BODY_LENGTH_SIZE];
	char expect[HTTP_BODY_EXPECT_SIZE];
};

/*
 * 0 and the size of the body; or the status to answer with: 400 (a body where none belongs, a
 * length that is no number), 411 (a POST that does not tell its length), 413 (beyond
 * HTTP_BODY_MAX), 417 (an expectation we do not know).
 */
int http_body_check(const struct http_body *http_body, size_t *ret_size);

/* The client waits for "100 Continue" before it sends the body. */
bool http_body_expects_continue(const struct http_body *http_body);

#endif
