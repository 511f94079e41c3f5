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

/* The length of the text. The connection ends with the answer, and says so. */
size_t head_make(const struct http_response *answer, bool tls, char ret[HEAD_SIZE]);

#endif
