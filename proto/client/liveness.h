/*
 * Is the server still there? A machine of times: it is told of every sign of life, and says when to
 * ask for one (a websocket ping, RFC 6455 5.5.2) and when to give up. Pure.
 *
 * Whoever was kept from running must not take his own silence for the other's. So silence counts
 * from the question, not from the last sign, and before giving up there is a last look: time to
 * read what came meanwhile.
 */
#ifndef DIEMCAU_PROTO_CLIENT_LIVENESS_H
#define DIEMCAU_PROTO_CLIENT_LIVENESS_H

#include <stdbool.h>
#include <stdint.h>

enum { LIVENESS_GRACE_MS = 250 };

struct liveness {
	int64_t heard_us; /* last sign of life, monotonic clock */
	int64_t asked_us; /* when we asked, if we have since */
	bool asked, last_check;
};

enum liveness_step {
	LIVENESS_WAIT,
	LIVENESS_ASK,
	LIVENESS_DEAD,
};

/* A sign of life; opening is one. */
void liveness_heard(struct liveness *liveness, int64_t now_us);

/* What to do now, and (unless dead) after how many microseconds to call again. */
enum liveness_step liveness_due(struct liveness *liveness, int64_t now_us, int64_t *ret_wait_us);

#endif
