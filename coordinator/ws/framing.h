/*
 * How long a request's body is, by what its headers say of it (RFC 9112 6.3). Pure.
 *
 * A body is taken where one belongs (POST), of a length that is told before it, and nowhere else:
 * what a server does not read it may take for the next request.
 */
#ifndef DIEMCAU_WS_FRAMING_H
#define DIEMCAU_WS_FRAMING_H

#include <stdbool.h>
#include <stddef.h>

enum { FRAMING_LENGTH_SIZE = 32, FRAMING_EXPECT_SIZE = 32 };

/* Strings are "" where the header was missing. */
struct framing {
	bool takes_body; /* by its method */
	bool has_length, has_encoding; /* Content-Length, Transfer-Encoding */
	char length[FRAMING_LENGTH_SIZE];
	char expect[FRAMING_EXPECT_SIZE];
};

/*
 * 0 and the size of the body; or the status to answer with: 400 (a body where none belongs, a
 * length that is no number), 411 (a POST that does not tell its length), 413 (beyond
 * HTTP_BODY_MAX), 417 (an expectation we do not know).
 */
int framing_judge(const struct framing *framing, size_t *ret_size);

/* The client waits for "100 Continue" before it sends the body. */
bool framing_waits(const struct framing *framing);

#endif
