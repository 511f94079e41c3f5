/*
 * Rate-limited log lines: a line that an unauthenticated client can cause is logged once in
 * WARNING_SPAN_S, with the number of lines left out. The library's own log lines take the same
 * path.
 */
#ifndef DIEMCAU_COORDINATOR_WS_WARNING_H
#define DIEMCAU_COORDINATOR_WS_WARNING_H

#include <stdint.h>

struct ws;

enum { WARNING_SPAN_S = 60, WARNING_SIZE = 320 };

enum ws_warning { WS_WARN_LIBRARY, WS_WARN_DESCRIPTORS, WS_WARN_KINDS };

struct warnings {
	struct {
		int64_t said_us; /* 0: never */
		uint64_t unsaid;
	} of[WS_WARN_KINDS];
};

void ws_warn(struct ws *ws, enum ws_warning kind, const char *sentence);

/* Log the library's lines by this server from now on; NULL: drop them. */
void warning_listen(struct ws *ws);

#endif
