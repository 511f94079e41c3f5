/*
 * Rate limit of joins by one join file. Each change of a link is an event in the journal and on
 * every board; a program that connects in a loop would flood both. Pure.
 *
 * The instance that was active last reconnects as soon as its line is up, and has its own limit:
 * other instances with the same file, however many, do not use it up.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_JOIN_RATE_H
#define DIEMCAU_COORDINATOR_PEERS_JOIN_RATE_H

#include <stdbool.h>

#include "coordinator/meeting/pace.h"
#include "domain_msg.h"

enum {
	JOIN_RATE_OWN_SPAN_MS = 1000, /* a client reconnects every second at most (proto/client) */
	JOIN_RATE_OWN_BURST = 20,
	JOIN_RATE_OTHERS_SPAN_MS = 5000, /* an endpoint that is restarted again and again */
	JOIN_RATE_OTHERS_BURST = 10,
};

/* Of one join file. All zeroes: no join yet. */
struct join_rate {
	char holder[INSTANCE_ID_SIZE]; /* the last */
	struct pace own;
	struct pace others;
};

/* Whether it may join now; counted if so. */
bool join_rate_take(struct join_rate *join_rate, const char *instance, struct instant now);
/* It is the active instance. */
void join_rate_admitted(struct join_rate *join_rate, const char *instance);

#endif
