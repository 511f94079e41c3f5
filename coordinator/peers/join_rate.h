/*
 * How often one join file may come in. Each coming and going of a site or relay is an event of the
 * record, and on every board; a program that connects in a loop would fill both. Pure.
 *
 * The instance that held the seat last comes back as soon as its line does, and has a pace of its
 * own: whoever else comes with the same file, in whatever number, takes nothing of it.
 */
#ifndef DIEMCAU_COORDINATOR_PEERS_JOIN_RATE_H
#define DIEMCAU_COORDINATOR_PEERS_JOIN_RATE_H

#include <stdbool.h>

#include "coordinator/meeting/pace.h"
#include "domain_msg.h"

enum {
	JOIN_RATE_OWN_SPAN_MS =
		1000, /* a bad line comes back every second at most (proto/client) */
	JOIN_RATE_OWN_BURST = 20,
	JOIN_RATE_OTHERS_SPAN_MS = 5000, /* somebody starts an endpoint again and again */
	JOIN_RATE_OTHERS_BURST = 10,
};

/* Of one join file. All zeroes: nobody has come yet. */
struct join_rate {
	char holder[INSTANCE_ID_SIZE]; /* the last */
	struct pace own;
	struct pace others;
};

/* May it come in now? It is noted if so. */
bool join_rate_take(struct join_rate *join_rate, const char *instance, struct instant now);
/* It holds the seat. */
void join_rate_admitted(struct join_rate *join_rate, const char *instance);

#endif
