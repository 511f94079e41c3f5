/*
 * Lines for the program's log: what a stranger can cause is said once in WARNING_SPAN_S, with how
 * often it was not said. The library's own words go the same way.
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

/* What the library says from now on is said by this one; NULL: by nobody. */
void warning_listen(struct ws *ws);

#endif
