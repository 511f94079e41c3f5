/*
 * The head of an answer: status line and headers, up to the empty line. Pure. Every answer of the
 * program has these headers.
 */
#ifndef DIEMCAU_COORDINATOR_WS_RESPONSE_HEAD_H
#define DIEMCAU_COORDINATOR_WS_RESPONSE_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "coordinator/ws/http.h"

enum {
	HEAD_SIZE = 4096,
	/* Browsers that connected over TLS use it for half a year (HSTS). */
	HEAD_STRICT_TRANSPORT_S = 180 * 24 * 3600,
};

/* The length of the text. The head announces that the connection closes with the answer. */
size_t head_make(const struct http_response *answer, bool tls, char ret[HEAD_SIZE]);

#endif
