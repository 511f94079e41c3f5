/*
 * The head of an answer: status line and headers, up to the empty line. Pure. Every answer that
 * leaves the program has these headers, whoever asked and whatever for.
 */
#ifndef DIEMCAU_COORDINATOR_WS_RESPONSE_HEAD_H
#define DIEMCAU_COORDINATOR_WS_RESPONSE_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/ws/http.h"

enum {
	HEAD_SIZE = 2048,
	/* Browsers that once came over TLS keep to it for half a year. */
	HEAD_STRICT_TRANSPORT_S = 180 * 24 * 3600,
};

/* For every answer; name without the colon. The last one is {NULL, NULL}. */
struct head_header {
	const char *name;
	const char *value;
};
extern const struct head_header head_security[];

/* The length of the text. The connection ends with the answer, and says so. */
size_t head_make(const struct http_response *answer, bool tls, char ret[HEAD_SIZE]);

#endif
