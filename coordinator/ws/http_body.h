/*
 * The length of a request's body by its headers (RFC 9112 6.3). Pure.
 *
 * A body is accepted only with POST, PATCH and Content-Length: a body left unread could be taken
 * for the next request (request smuggling).
 */
#ifndef DIEMCAU_COORDINATOR_WS_HTTP_BODY_H
#define DIEMCAU_COORDINATOR_WS_HTTP_BODY_H

#include <stdbool.h>
#include <stddef.h>

enum { HTTP_BODY_LENGTH_SIZE = 32, HTTP_BODY_EXPECT_SIZE = 32 };

/* Strings are "" where the header was missing. */
struct http_body {
	bool takes_body; /* by its method */
	size_t most; /* then, as long as this */
	bool has_length, has_encoding; /* Content-Length, Transfer-Encoding */
	char length[HTTP_BODY_LENGTH_SIZE];
	char expect[HTTP_BODY_EXPECT_SIZE];
};

/*
 * 0 and the size of the body; or the status to answer with: 400 (an unexpected body, a malformed
 * length), 411 (one that is expected, without a length), 413 (beyond the most), 417 (an unknown
 * expectation).
 */
int http_body_check(const struct http_body *http_body, size_t *ret_size);

/* The client waits for "100 Continue" before it sends the body. */
bool http_body_expects_continue(const struct http_body *http_body);

#endif
