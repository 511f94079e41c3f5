/*
 * Detects a dead server: records every sign of life, and says when to send a ping (RFC 6455 5.5.2)
 * and when to give up. Pure.
 *
 * A process that was not scheduled must not take its own pause for the server's silence. So silence
 * counts from the ping, not from the last sign of life, and before giving up there is a grace
 * period to read what has arrived meanwhile.
 */
#ifndef DIEMCAU_PROTO_CLIENT_LIVENESS_H
#define DIEMCAU_PROTO_CLIENT_LIVENESS_H

#include <stdbool.h>
#include <stdint.h>

enum { LIVENESS_GRACE_MS = 250 };

struct liveness {
	int64_t received_us; /* latest sign of life, monotonic clock */
	int64_t pinged_us; /* time of the outstanding ping, if there is one */
	bool pinged, last_check;
};

enum liveness_step {
	LIVENESS_WAIT,
	LIVENESS_PING,
	LIVENESS_DEAD,
};

/* Records a sign of life; opening the connection is one. */
void liveness_received(struct liveness *liveness, int64_t now_us);

/* The next step, and (unless dead) the microseconds until the next call. */
enum liveness_step liveness_due(struct liveness *liveness, int64_t now_us, int64_t *ret_wait_us);

#endif
