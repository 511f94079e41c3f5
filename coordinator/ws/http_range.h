/*
 * Which part of a file is asked for (RFC 9110 14.2), so that a download goes on where it was cut.
 * Pure; the texts are untrusted.
 */
#ifndef DIEMCAU_COORDINATOR_WS_HTTP_RANGE_H
#define DIEMCAU_COORDINATOR_WS_HTTP_RANGE_H

#include <stdint.h>

enum http_range_kind {
	HTTP_RANGE_WHOLE, /* none, several, or nothing that is understood: 200 */
	HTTP_RANGE_PART, /* 206 */
	HTTP_RANGE_BEYOND, /* 416 */
};

struct http_range {
	enum http_range_kind kind;
	uint64_t first, size; /* of what is sent; of a whole file all of it */
};

/*
 * Of a file of so many bytes, at least one, with this entity tag: the headers Range and If-Range,
 * "" where they were missing.
 */
struct http_range http_range_of(
	const char *range, const char *if_range, const char *tag, uint64_t size);

#endif
